"""A meeting under way, and somebody signed in to it."""

import pytest
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import Role


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def meeting(made):
    roles = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)
    return meet.under_way(made, items=("Forrige møte", "Fremdrift <ny>"), roles=roles)
