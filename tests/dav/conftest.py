"""One portal with two web processes for all real programs; each test has a folder of its own."""

import pytest
from tests.dav.serving import served
from tests.operating.portal import Portal, empty_database


@pytest.fixture(scope="session")
def drive(tmp_path_factory):
    """The coordinator's drive."""
    with empty_database() as database:
        portal = Portal(tmp_path_factory.mktemp("drive") / "data", database).prepare()
        with served(portal) as found:
            yield found
