"""The papers of a case as one file: numbered, bookmarked, made again when a paper changes, sent."""

import io
import sys
from datetime import timedelta

import pypdf
import pytest
from django.conf import settings
from django.utils import timezone
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from tests import making

from tospann.cases import binding, bundles, bundling, commands, confined_binding
from tospann.cases.jobs import bind_case, send_bundles
from tospann.cases.models import Bundle, BundleState
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.models import Document
from tospann.foundation.authority import SYSTEM
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import OutboxMail
from tospann.seals import marks
from tospann.seals.models import Seal
from tospann.seals.ring import Ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def case(made):
    return commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Velge leverandør",
        situation="To tilbud.\n\n- Alfa\n- Beta", recommendation="Alfa.",
        need_by=timezone.localdate() + timedelta(days=10),
    )  # fmt: skip


def pdf(*words, rotate=0):
    """A small PDF with as many pages as there are words, and a script nobody asked for."""
    writer = pypdf.PdfWriter()
    for _word in words:
        page = writer.add_blank_page(width=595, height=842)
        page.rotate(rotate)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hei')")}
    action = DictionaryObject({NameObject(name): value for name, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def paper(made, name, data, media_type="application/pdf"):
    blob = blobs.put_bytes(data)
    return documents.add_document(
        made.coordinator, made.project, id=new_id(), name=name, sha256=blob.sha256,
        size=blob.size, media_type=media_type,
    )  # fmt: skip


def append(made, case, *papers):
    for one in papers:
        commands.append_paper(made.coordinator, case, id=new_id(), document=one.pk)


def bundled(made, case, **more):
    bundle = commands.make_bundle(made.coordinator, case, id=new_id(), **more)
    bind_case.func(str(bundle.pk))
    return Bundle.objects.get(pk=bundle.pk)


def read(bundle):
    return pypdf.PdfReader(io.BytesIO(blobs.read(bundle.sha256)))


def test_one_file_with_every_page_numbered_and_a_bookmark_for_each_paper(made, case):
    append(
        made,
        case,
        paper(made, "Tilbud Alfa.pdf", pdf("a", "b", "c")),
        paper(made, "Tilbud Beta (liggende).pdf", pdf("a", rotate=90)),
        paper(made, "Hemmelig.zip", b"PK\x05\x06" + bytes(18), "application/zip"),
    )
    bundle = bundled(made, case)
    assert bundle.state == BundleState.READY
    file = read(bundle)
    front = bundle.page_count - 4
    assert len(file.pages) == bundle.page_count
    assert [one.title for one in file.outline] == [
        case.title, "Tilbud Alfa.pdf", "Tilbud Beta (liggende).pdf",
    ]  # fmt: skip
    starts = [file.get_destination_page_number(one) for one in file.outline]
    assert starts == [0, front, front + 3]
    assert [one["page"] for one in bundle.papers] == [front + 1, front + 4, 0]
    for number, page in enumerate(file.pages, 1):
        assert f"Side {number} av {bundle.page_count}" in page.extract_text()
    assert "Hemmelig.zip" in file.pages[0].extract_text()
    assert bundle.papers[2]["because"] == "none"
    assert b"JavaScript" not in blobs.read(bundle.sha256)
    assert "/OpenAction" not in file.trailer["/Root"]
    assert file.metadata.title == f"{made.project.key}-{case.number} {case.title}"


def test_the_file_is_sealed_on_every_page_and_one_changed_byte_breaks_the_seal(made, case):
    append(made, case, paper(made, "Tilbud.pdf", pdf("a", "b", rotate=90)))
    bundle = bundled(made, case)
    data, ring = blobs.read(bundle.sha256), Ring.of(settings.DATA_DIR)
    verdict = marks.check(data, ring)
    assert verdict.holds
    assert verdict.mark.title == f"{made.project.key}-{case.number} {case.title}"
    given = Seal.objects.get(code=verdict.mark.code)
    assert (given.subject, given.project_id) == (f"cases.bundle:{bundle.pk}", made.project.pk)
    for page in read(bundle).pages:
        assert marks.grouped(given.code) in page.extract_text()
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    assert not marks.check(bytes(changed), ring).holds


def test_binding_and_sealing_read_no_paper_in_this_process(made, case, monkeypatch):
    append(made, case, paper(made, "Tilbud.pdf", pdf("a", "b")))
    with monkeypatch.context() as barred:
        barred.setitem(sys.modules, "pypdf", None)
        bundle = bundled(made, case)
    assert bundle.state == BundleState.READY
    assert marks.check(blobs.read(bundle.sha256), Ring.of(settings.DATA_DIR)).holds


def test_a_paper_that_changes_while_the_file_is_made_is_told_and_the_file_made_again(
    made, case, monkeypatch
):
    one = paper(made, "Tilbud.pdf", pdf("a"))
    append(made, case, one)
    bind, turns = binding.bind, []

    def bind_slowly(*given):
        found = bind(*given)
        if not turns:
            blob = blobs.put_bytes(pdf("a", "b"))
            documents.add_version(
                made.coordinator, Document.objects.get(pk=one.pk), sha256=blob.sha256,
                size=blob.size, media_type="application/pdf",
            )  # fmt: skip
        turns.append(found.pages)
        return found

    monkeypatch.setattr(bundling.binding, "bind", bind_slowly)
    bundle = bundled(made, case)
    assert len(turns) == 2
    assert turns[1] == turns[0] + 1 == bundle.page_count
    assert bundle.changed == ["Tilbud.pdf"]
    assert bundles.changed_since(bundle) == []


def test_it_is_sent_on_its_day_to_those_who_decide_with_the_file_and_the_way_to_decide(made, case):
    append(made, case, paper(made, "Tilbud.pdf", pdf("a")))
    day = timezone.localdate() + timedelta(days=3)
    bundle = bundled(made, case, send_on=day, message="Les side 2.")
    commands.submit_case(made.coordinator, case)
    assert send_bundles.func() == 0
    Bundle.objects.get(pk=bundle.pk)
    making.inside(lambda: _move(bundle, -3), made.project)
    assert send_bundles.func() == 1
    assert send_bundles.func() == 0
    carry_out_owed()
    mails = OutboxMail.objects.filter(key__startswith="bundle:")
    assert [one.to for one in mails] == [made.people["manager"].email]
    mail = mails.get()
    assert f"/p/{made.project.key}/decisions/cases/{case.number}/decide" in mail.body
    assert "Les side 2." in mail.body
    assert mail.attached[0]["source"] == f"files:{Bundle.objects.get().sha256}"


def _move(bundle, days):
    found = Bundle.objects.get(pk=bundle.pk)
    found.send_on += timedelta(days=days)
    found.save()


def test_a_file_that_no_longer_matches_is_not_sent_but_made_again(made, case):
    one = paper(made, "Tilbud.pdf", pdf("a"))
    append(made, case, one)
    commands.submit_case(made.coordinator, case)
    bundle = bundled(made, case)
    blob = blobs.put_bytes(pdf("a", "b"))
    documents.add_version(
        made.coordinator, Document.objects.get(pk=one.pk), sha256=blob.sha256, size=blob.size,
        media_type="application/pdf",
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        commands.send_bundle(made.coordinator, bundle)
    assert "Tilbud.pdf" in refused.value.message
    assert bundles.changed_since(bundle) == ["Tilbud.pdf"]


def test_only_who_prepares_the_case_makes_and_sends_its_file(made, case):
    with pytest.raises(NotAllowed):
        commands.make_bundle(made.member, case, id=new_id())
    bundle = bundled(made, case)
    with pytest.raises(Invalid):  # nobody decides it yet
        commands.send_bundle(made.coordinator, bundle)
    file = bundles.file_of(bundle)
    assert bundles.may_open(made.manager, file.born_in)
    assert not bundles.may_open(made.guest, file.born_in)


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"%PDF-1.4\n" + b"x" * 2000])
def test_a_broken_paper_is_left_out_with_the_reason(made, case, data):
    append(made, case, paper(made, "Ødelagt.pdf", data))
    bundle = bundled(made, case)
    assert bundle.state == BundleState.READY
    assert bundle.papers[0]["because"] in {"failed", "heavy"}


def test_what_is_decided_says_which_file_was_sent(made, case):
    commands.submit_case(made.coordinator, case)
    bundle = bundled(made, case, send_on=timezone.localdate())
    decision = commands.decide(made.manager, case, alternative="A", reason="Ja.")
    assert decision.evidence["bundle"]["sha256"] == bundle.sha256


def test_what_is_packed_for_the_child_comes_out_of_it():
    packed = confined_binding.packed({"titles": ["a"], "footer": "", "title": ""}, [pdf("a")])
    told, parts = confined_binding._unpacked(packed)
    assert told["titles"] == ["a"]
    assert len(parts[0].pages) == 1


def test_the_system_may_make_a_file_that_nobody_waits_for(made, case):
    bundle = commands.make_bundle(SYSTEM, case, id=new_id())
    assert bundle.work is None


def test_the_case_shows_its_papers_and_the_link_of_the_mail_leads_to_the_form(made, case, client):
    append(made, case, paper(made, "Tilbud.pdf", pdf("a")))
    here = f"/p/{made.project.key}/decisions/cases/{case.number}"
    client.force_login(made.people["coordinator"])
    assert "Tilbud.pdf" in client.get(here).content.decode()
    client.post(f"{here}/bundle", {"send_on": "", "message": ""})
    bundle = Bundle.objects.get()
    bind_case.func(str(bundle.pk))
    commands.submit_case(made.coordinator, case)
    file = bundles.file_of(bundle=Bundle.objects.get())
    assert f"/files/{file.pk}" in client.get(here).content.decode()
    assert client.post(f"{here}/bundle/{bundle.pk}/send").status_code == 302
    client.force_login(made.people["manager"])
    form = client.get(f"{here}/decide").content.decode()
    assert 'name="alternative"' in form
    assert f"/files/{file.pk}" in form
    assert client.get(f"/p/{made.project.key}/files/{file.pk}").status_code == 200
    answer = client.post(f"{here}/decide", {"alternative": "A", "reason": "Ja."})
    assert answer.status_code == 302
    assert "Besluttet" in client.get(f"{here}/decide").content.decode()
