"""Tests with several threads or processes commit, so the database is emptied after them."""

import pytest

from tospann.foundation import triggers


@pytest.fixture(autouse=True)
def emptied_afterwards(request):
    """The audit log refuses to be emptied while its triggers stand; emptying makes them anew."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    triggers.drop()
