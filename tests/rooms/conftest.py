"""An active project with documents, shared with somebody outside."""

import pytest
from tests import making

from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.foundation.ids import new_id
from tospann.sharing import commands, visiting


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    made = making.project("Svømmehall <nord>")
    made.project.state = "active"
    making.inside(made.project.save, made.project)
    return made


@pytest.fixture
def add(made):
    """Adds a document, by the manager unless another is named."""

    def added(name="Notat.txt", data=b"Innhold", by=None, **values):
        kept = blobs.put_bytes(data)
        values = {"media_type": "text/plain", "sha256": kept.sha256, "size": kept.size} | values
        actor = by or made.manager
        return documents.add_document(actor, made.project, id=new_id(), name=name, **values)

    return added


@pytest.fixture
def folder(made):
    return documents.add_folder(made.manager, made.project, id=new_id(), name="Til kunden")


@pytest.fixture
def share(made):
    """Shares a document or folder outside; gives the share and the token of its link."""

    def shared(what, kind="link", **values):
        reference = f"{what._meta.label_lower}:{what.pk}"
        if kind == "guest":
            values = {"email": "kari@kunde.no", "name": "Kari Kunde"} | values
        one = commands.share_outside(
            made.manager, made.project, id=new_id(), reference=reference, kind=kind, **values
        )
        token = visiting.new_secret()
        commands.renew_link(made.manager, one, token_hash=visiting.hashed(token))
        one.refresh_from_db()
        return one, token

    return shared


@pytest.fixture
def enter(client):
    """Opens a link as a browser does; gives the page it ends on."""

    def entered(token, browser=None):
        return (browser or client).get(f"/room/{token}", follow=True)

    return entered
