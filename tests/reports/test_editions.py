"""An external edition holds what was chosen and what is published, and nothing else."""

import io
import json

import pypdf
import pytest
from tests.home import seeing
from tests.reports import reporting

from tospann.documents import blobs
from tospann.foundation.authority import Role
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.reports.editions import commands, issuing, making
from tospann.reports.editions.making import Chosen
from tospann.reports.models import ExternalEdition
from tospann.rooms import commands as rooms
from tospann.sharing import queries as sharing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return reporting.project(3, name="Svømmehall <nord>")


def publish(made, row):
    rooms.publish_item(
        made.manager,
        made.project,
        id=new_id(),
        kind="milestone",
        item=str(row["uid"]),
        title=row["name"],
    )


def test_only_published_milestones_are_offered_and_kept(made):
    signed = reporting.signed(made)
    first, second, *_rest = signed.content["facts"]["milestones"]
    publish(made, first)
    assert [row["uid"] for row in making.offered_milestones(signed)] == [first["uid"]]
    chosen = Chosen(title="Status", milestones=[first["uid"], second["uid"]], summary="Alt går")
    out = issuing.make(made.coordinator, signed, chosen).result
    assert [row["name"] for row in out.content["milestones"]] == [first["name"]]
    everything = json.dumps(out.content, ensure_ascii=False)
    pdf = pypdf.PdfReader(io.BytesIO(blobs.read(out.pdf_sha256)))
    printed = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Alt går" in printed
    assert first["name"] in printed
    for hidden in (second["name"], made.people[Role.MANAGER].name, "Forfalt"):
        assert hidden not in everything
        assert hidden not in printed


def test_the_state_of_an_area_is_a_word_without_its_reasons(made):
    signed = reporting.signed(made)
    areas = [one["area"] for one in making.offered_areas(signed)]
    out = issuing.make(made.manager, signed, Chosen(title="Status", areas=areas[:1], done="Ja"))
    for one in out.result.content["areas"]:
        assert set(one) == {"label", "light", "word"}
    assert "why" not in json.dumps(out.result.content)


def test_what_is_published_must_still_be_so_when_it_is_made(made):
    signed = reporting.signed(made)
    publish(made, signed.content["facts"]["milestones"][0])
    uid = signed.content["facts"]["milestones"][0]["uid"]
    chosen = Chosen(title="Status", milestones=[uid])
    content = making.content(signed, chosen)
    kept = making.keep_pdf(content, ("x",))
    rooms.withdraw_item(made.manager, made.project.room_items.get())
    with pytest.raises(CommandError):
        commands.make_edition(
            made.manager,
            signed,
            id=new_id(),
            chosen=chosen,
            content_hash=making.fingerprint(content),
            pdf_sha256=kept.sha256,
            pdf_size=kept.size,
        )
    assert not ExternalEdition.objects.exists()


def test_an_empty_edition_is_refused_in_the_form(client, made):
    reporting.signed(made)
    seeing.sign_in(client, made.people[Role.COORDINATOR])
    at = reporting.at(made, 1, "edition")
    assert client.get(at).status_code == 200
    assert client.post(at, {"title": "Status"}).status_code == 422
    answer = client.post(at, {"title": "Status", "summary": "Alt går"})
    assert answer.status_code == 302
    assert "Alt går" in client.get(answer["Location"]).text


def test_it_is_withdrawn_once_and_then_in_nobodys_reach(made):
    signed = reporting.signed(made)
    out = issuing.make(made.manager, signed, Chosen(title="Status", shows_state=True)).result
    reference = f"reports.externaledition:{out.pk}"
    assert not sharing.thing_for(made.manager, made.project, reference).is_trashed
    commands.withdraw_edition(made.manager, out, id=new_id(), reason="Feil dato")
    assert sharing.thing_for(made.manager, made.project, reference).is_trashed
    again = ExternalEdition.objects.get(pk=out.pk)
    with pytest.raises(Invalid):
        commands.withdraw_edition(made.manager, again, id=new_id(), reason="Igjen")
