"""Portals for tests of the ``tospann`` command."""

import contextlib
import shutil

import pytest
from tests.operating.portal import Portal, empty_database


@pytest.fixture
def new_portal(tmp_path):
    """Makes portals on new folders and empty databases."""
    with contextlib.ExitStack() as stack:
        made = []

        def make(**environment):
            folder = tmp_path / f"data-{len(made)}"
            database = stack.enter_context(empty_database())
            made.append(Portal(folder, database, environment))
            return made[-1]

        yield make


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A portal that has been set up, only ever copied."""
    with empty_database() as database:
        yield Portal(tmp_path_factory.mktemp("prepared") / "data", database).prepare()


@pytest.fixture
def portal(prepared, tmp_path):
    """A portal with an administrator, never started yet."""
    folder = tmp_path / "data"
    shutil.copytree(prepared.folder, folder)
    with empty_database(like=prepared.database) as database:
        yield Portal(folder, database)
