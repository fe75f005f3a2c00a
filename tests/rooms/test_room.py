"""From a link to the room, and what can be seen, fetched, answered and asked there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import making
from tests.documents import hostile

from tospann.cases.models import Decision
from tospann.config.log import cleaned
from tospann.documents import commands as documents
from tospann.documents import previews
from tospann.documents.models import Document
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import OutboxMail
from tospann.rooms import commands as rooms
from tospann.rooms.models import AcceptanceRequest, Question
from tospann.sharing import commands, visiting
from tospann.sharing.models import AccessLog, Share

pytestmark = pytest.mark.django_db


def room(made):
    return f"/rooms/{made.project.key}/"


def fetched(client, made, document):
    answer = client.get(f"{room(made)}documents/{document.pk}/file")
    got = answer.getvalue() if answer.status_code == 200 else b""
    assert got == (b"Innhold" if answer.status_code == 200 else b"")
    return answer.status_code


def test_a_link_becomes_a_cookie_and_its_address_no_longer_holds_it(made, add, share, client):
    _one, token = share(add())
    answer = client.get(f"/room/{token}")
    assert answer.status_code == 302
    assert answer["Location"] == room(made)
    assert answer["Cache-Control"] == "no-store"
    cookie = answer.cookies["room"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert token not in cookie.value
    assert Share.objects.filter(token_hash=token).count() == 0


def test_the_log_never_holds_the_link(made, add, share):
    _one, token = share(add())
    assert cleaned(f"/room/{token}") == "/room/…"
    assert cleaned(room(made)) == room(made)


def test_the_room_holds_what_is_shared_and_nothing_else(made, add, share, client, enter):
    seen, other = add("Tilbud.txt"), add("Internt <notat>.txt")
    _one, token = share(seen)
    page = enter(token).content.decode()
    assert "Tilbud.txt" in page
    assert "Internt" not in page
    assert fetched(client, made, seen) == 200
    assert fetched(client, made, other) == 404
    assert client.get(f"/p/{made.project.key}/documents").status_code in (302, 404)
    assert [row.what for row in AccessLog.objects.all()] == ["downloaded"]


def test_unknown_ended_and_stopped_links_look_the_same(made, add, share, client):
    one, token = share(add())
    unknown = client.get(f"/room/{visiting.new_secret()}")
    commands.stop_share(made.manager, one)
    stopped = client.get(f"/room/{token}")
    own = re.compile(r"/room/[^\"]+|[A-Za-z0-9]{64}")  # its address, and the form's token
    assert unknown.status_code == stopped.status_code == 404
    assert own.sub("", unknown.content.decode()) == own.sub("", stopped.content.decode())


def test_stopping_a_share_closes_every_path_for_who_is_inside_already(
    made, add, share, client, enter
):
    document = add()
    one, token = share(document)
    assert enter(token).status_code == 200
    commands.stop_share(made.manager, one)
    assert client.get(room(made)).status_code == 404
    assert fetched(client, made, document) == 404
    assert client.get(f"{room(made)}documents/{document.pk}").status_code == 404


def test_stopping_all_sharing_stops_every_link_and_guest(made, add, share, client, enter):
    first, second = add("A.txt"), add("B.txt")
    _one, token = share(first)
    _two, other = share(second, "guest", asks_code=False)
    browsers = [Client(), Client()]
    for browser, secret in zip(browsers, (token, other), strict=True):
        assert enter(secret, browser).status_code == 200
    commands.stop_all_sharing(made.manager, made.project, reason="Feil mottaker")
    assert [b.get(room(made)).status_code for b in browsers] == [404, 404]
    assert [client.get(f"/room/{t}").status_code for t in (token, other)] == [404, 404]


def test_a_guest_proves_her_address_with_a_code(made, add, share, client, enter):
    document = add()
    _one, token = share(document, "guest")
    page = enter(token).content.decode()
    assert "k…@kunde.no" in page
    assert "Notat.txt" not in page
    assert fetched(client, made, document) == 404
    client.post(f"{room(made)}code")
    (mail,) = OutboxMail.objects.filter(key__startswith="code:")
    assert mail.to == "kari@kunde.no"
    code = re.search(r"\d{6}", mail.body)[0]
    wrong = client.post(f"{room(made)}unlock", {"code": f"{(int(code) + 1) % 1_000_000:06d}"})
    assert wrong.status_code == 422
    stranger = Client()
    enter(token, stranger)
    assert stranger.post(f"{room(made)}unlock", {"code": code}).status_code == 422
    assert client.post(f"{room(made)}unlock", {"code": code}).status_code == 302
    assert "Notat.txt" in client.get(room(made)).content.decode()
    assert fetched(client, made, document) == 200


def test_an_invitation_by_mail_leads_into_the_room(made, add, client):
    document = add()
    reference = f"documents.document:{document.pk}"
    values = {"email": "KARI@kunde.no", "name": "Kari", "asks_code": False}
    commands.share_outside(
        made.manager, made.project, id=new_id(), reference=reference, kind="guest", **values
    )
    carry_out_owed()
    (mail,) = OutboxMail.objects.filter(key__startswith="shared:")
    address = re.search(r"/room/\S+", mail.body)[0]
    assert "Notat.txt" in client.get(address, follow=True).content.decode()


def test_a_password_is_asked_for_and_guessing_is_limited(made, add, share, client, enter):
    document = add()
    one, token = share(document, asks_password=True)
    assert client.get(f"/room/{token}").status_code == 404  # none is chosen yet
    one.refresh_from_db()
    visiting.set_password(one, "åpne dette nå")
    enter(token)
    with making.within_one_minute():
        for _try in range(visiting.TRIES):
            wrong = client.post(f"{room(made)}unlock", {"password": "gjettet feil"})
            assert wrong.status_code == 422
        right = client.post(f"{room(made)}unlock", {"password": "åpne dette nå"})
        assert right.status_code == 429
    later = timezone.now() + timedelta(seconds=visiting.WINDOW)
    with time_machine.travel(later, tick=False):
        right = client.post(f"{room(made)}unlock", {"password": "åpne dette nå"})
        assert right.status_code == 302
        assert fetched(client, made, document) == 200


@pytest.mark.once
def test_ten_thousand_guesses_at_a_password_never_get_in(made, add, share):
    """As the request does it, without what a page costs: the limit stands before the password."""
    one, _token = share(add(), asks_password=True)
    visiting.set_password(one, "0007")
    visit, _secret = visiting.enter(one, "")
    request = type("R", (), {"META": {"REMOTE_ADDR": "192.0.2.1"}, "headers": {}})()
    answers = {"in": 0, "wrong": 0, "refused": 0}
    with making.within_one_minute():
        for guess in range(10_000):
            try:
                is_in = visiting.open_by_password(request, visit, f"{guess:04d}")
            except visiting.ratelimit.TooMany:
                answers["refused"] += 1
            else:
                answers["in" if is_in else "wrong"] += 1
    assert answers == {"in": 0, "wrong": visiting.TRIES, "refused": 10_000 - visiting.TRIES}


def test_what_is_only_looked_at_is_not_fetched(made, add, share, client, enter):
    document = add()
    _one, token = share(document, may_download=False)
    page = enter(token).content.decode()
    assert f"{document.pk}/file" not in page
    assert fetched(client, made, document) == 403


def test_what_can_run_when_it_is_opened_stays_in_the_house(made, add, share, client, enter):
    files = {
        "Makro.docx": hostile.docx_with({"word/vbaProject.bin": "x"}),
        "Faktura.pdf": hostile.PROGRAM,
        "Notat.docx": hostile.docx(),
    }
    answers = {}
    for name, data in files.items():
        document = add(name, data)
        _one, token = share(document)
        enter(token)
        answers[name] = client.get(f"{room(made)}documents/{document.pk}/file").status_code
    assert answers == {"Makro.docx": 403, "Faktura.pdf": 403, "Notat.docx": 200}


def test_pages_are_shown_in_the_room_with_who_looks_at_them_written_across(
    made, add, share, client, enter
):
    document = add("Kontrakt.pdf", hostile.pdf())
    previews.jobs.draw.func(document.sha256, document.name)
    _one, token = share(document, may_download=False, has_watermark=True)
    enter(token)
    address = f"{room(made)}documents/{document.pk}"
    assert f'src="{address}/pages/1"' in client.get(address).text
    shown = client.get(f"{address}/pages/1")
    assert shown["Content-Type"] == "image/webp"
    assert shown["Cache-Control"] == "private, no-store"
    assert shown.content != previews.picture(document.sha256, 1)
    assert client.get(f"{address}/pages/2").status_code == 404


def test_downloads_are_counted_and_end(made, add, share, client, enter):
    document = add()
    one, token = share(document, download_limit=2)
    enter(token)
    assert [fetched(client, made, document) for _n in range(3)] == [200, 200, 403]
    one.refresh_from_db()
    assert one.downloads == 2
    assert client.get(room(made)).status_code == 200


def test_a_new_link_voids_the_old_one(made, add, share, client):
    one, token = share(add())
    new = visiting.new_secret()
    commands.renew_link(made.manager, one, token_hash=visiting.hashed(new))
    assert client.get(f"/room/{token}").status_code == 404
    assert client.get(f"/room/{new}").status_code == 302


def ask(made, document, one, **values):
    return rooms.ask_acceptance(
        made.coordinator,
        made.project,
        id=new_id(),
        share=one.pk,
        document=document.pk,
        title="Styringsdokument <1>",
        **values,
    )


def answering(client, made, asked, accepts="yes", **values):
    typed = {"name": "Kari Kunde", "answer": "", "accepts": accepts} | values
    return client.post(f"{room(made)}requests/{asked.pk}", typed)


def test_accepting_is_recorded_as_a_decision(made, add, share, client, enter):
    document = add()
    one, token = share(document)
    asked = ask(made, document, one)
    assert "Styringsdokument &lt;1&gt;" in enter(token).content.decode()
    assert answering(client, made, asked).status_code == 302
    decision = Decision.objects.get()
    assert decision.body.startswith("Kari Kunde (")
    assert decision.title.endswith("Styringsdokument <1>")
    assert AcceptanceRequest.objects.get().decision_number == decision.number
    assert answering(client, made, asked).status_code == 422
    assert Decision.objects.count() == 1


def test_declining_needs_a_reason_and_an_old_version_is_not_accepted(
    made, add, share, client, enter
):
    document = add()
    one, token = share(document)
    asked = ask(made, document, one)
    enter(token)
    assert answering(client, made, asked, accepts="no").status_code == 422
    kept = {"sha256": document.sha256, "size": document.size}
    documents.add_version(made.manager, document, **kept)
    assert answering(client, made, asked).status_code == 422
    assert not Decision.objects.exists()


def test_nobody_answers_what_somebody_else_was_asked(made, add, share, enter):
    document = add()
    one, _token = share(document)
    _two, other = share(document)
    asked, stranger = ask(made, document, one), Client()
    enter(other, stranger)
    assert answering(stranger, made, asked).status_code == 404
    assert AcceptanceRequest.objects.get().state == "open"


def test_a_question_is_asked_and_answered_in_the_room(made, add, share, client, enter):
    _one, token = share(add())
    enter(token)
    client.post(f"{room(made)}questions", {"text": "Når begynner dere?"})
    question = Question.objects.get()
    rooms.answer_question(made.coordinator, question, answer="På mandag.")
    assert "På mandag." in client.get(room(made)).content.decode()
    stranger = Client()
    enter(share(add("B.txt"))[1], stranger)
    assert "Når begynner" not in stranger.get(room(made)).content.decode()


def test_files_are_handed_in_where_asked_and_are_not_seen_there(made, folder, share, client, enter):
    _one, token = share(folder, role="upload")
    enter(token)
    sent = SimpleUploadedFile("Attest.pdf", b"%PDF-1.4")
    answer = client.post(f"{room(made)}folders/{folder.pk}", {"file": sent})
    assert answer.status_code == 302
    document = Document.objects.get()
    assert (document.name, document.folder_id) == ("Attest.pdf", folder.pk)
    assert f"{document.pk}" not in client.get(room(made)).content.decode()
    assert fetched(client, made, document) == 404
    elsewhere = documents.add_folder(made.manager, made.project, id=new_id(), name="Annet")
    sent = SimpleUploadedFile("Attest.pdf", b"%PDF-1.4")
    assert client.post(f"{room(made)}folders/{elsewhere.pk}", {"file": sent}).status_code == 404


def test_milestones_and_status_are_there_only_when_published(made, add, share, enter):
    _one, token = share(add())
    assert "Milepæler" not in enter(token).content.decode()


def test_see_as_guest_shows_the_room_and_counts_nothing(made, add, share, client):
    one, _token = share(add("Tilbud.txt"))
    add("Internt.txt")
    client.force_login(made.people["manager"])
    page = client.get(f"/p/{made.project.key}/room/as/{one.pk}").content.decode()
    assert "Tilbud.txt" in page
    assert "Internt.txt" not in page
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_asks_a_fixed_number_of_queries(
    made, add, folder, share, client, enter, django_assert_num_queries, rows
):
    for number in range(rows):
        add(f"{number}.txt", folder=folder.pk)
    _one, token = share(folder)
    enter(token)
    with django_assert_num_queries(15):
        assert client.get(room(made)).content.decode().count(".txt</a>") == rows
