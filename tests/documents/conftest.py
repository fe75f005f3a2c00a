"""A project with folders, a place for bytes, and the two ways to put a document there."""

import hashlib

import pytest
from tests import making

from tospann.documents import commands, files
from tospann.documents.commands import FolderLine
from tospann.documents.models import Folder
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def folders(made):
    """01 Styring, 02 Avtaler (confidential) with 02.1 Kontrakter, by their numbers."""
    lines = [
        FolderLine(number="01", name="Styring"),
        FolderLine(number="02", name="Avtaler", classification="confidential"),
        FolderLine(number="02.1", name="Kontrakter", classification="confidential"),
    ]
    commands.add_folders(SYSTEM, made.project, folders=lines)
    return {one.number: one for one in Folder.objects.filter(project=made.project)}


def bytes_of(data=b"Innhold"):
    """The arguments that name these bytes, which are now on disk."""
    kept = files.keep(data, "x.txt")
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    return {"sha256": kept.sha256, "size": kept.size, "media_type": "text/plain"}


@pytest.fixture
def add(made):
    """``add("Notat.txt", folder, data, actor=…)`` → the document."""

    def added(name="Notat.txt", folder=None, data=b"Innhold", actor=None, **values):
        return commands.add_document(
            actor or made.coordinator,
            made.project,
            id=new_id(),
            name=name,
            folder=folder.pk if folder else None,
            **bytes_of(data),
            **values,
        )

    return added
