"""Contacts, notes and promises on their pages: quick to write, hard to get wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.mail import queue_mail
from tospann.stakeholders import commands
from tospann.stakeholders.models import Contact, Note, Promise

pytestmark = pytest.mark.django_db
CONTACTS_QUERIES = 9
CONTACT_QUERIES = 11
NOTES_QUERIES = 10
NOTE_QUERIES = 11
PROMISES_QUERIES = 10
PROMISE_QUERIES = 10
TODAY = timezone.localdate()


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


@pytest.fixture
def kari(made):
    return commands.add_contact(
        made.coordinator, made.project, id=new_id(), name="Kari <Nes>", organisation="Elkraft AS",
        email="kari@example.org", phone="900 00 000",
    )  # fmt: skip


def at(made, name, *more):
    return reverse(name, args=[made.project.key, *more])


def test_who_may_not_is_told_before_anything_is_typed(visit, made, kari):
    """Every form refuses on GET whom it refuses on POST."""
    note, promise = call(made, kari), None
    promise = Promise.objects.get()
    forms = {
        "new_note": (),
        "new_contact": (),
        "new_promise": (),
        "edit_note": (note.number,),
        "edit_contact": (kari.pk,),
        "remove_contact": (kari.pk,),
        "edit_promise": (promise.number,),
        "break_promise": (promise.number,),
        "withdraw_promise": (promise.number,),
        "hand_over_promise": (promise.number,),
    }
    for role in (Role.GUEST, Role.MEMBER, Role.OWNER):
        client = visit(role)
        for name, more in forms.items():
            shown = client.get(at(made, name, *more)).status_code
            refused = client.post(at(made, name, *more), {"name": "x", "text": "x", "reason": "x"})
            assert (shown == 403) is (refused.status_code == 403), (role, name)


def call(made, contact, promises=("Sende <tegninger>",)):
    due = TODAY - timedelta(days=1)
    return commands.note_call(
        made.member,
        made.project,
        id=new_id(),
        contact=contact.pk,
        text="Ringte <om> gjerdet",
        promises=[{"text": text, "due_on": due} for text in promises],
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_the_same_number_of_questions_however_long(
    visit, made, kari, rows, django_assert_num_queries
):
    for number in range(rows):
        call(made, kari)
        commands.add_contact(made.member, made.project, id=new_id(), name=f"Per {number}")
    client = visit(Role.MEMBER)
    for name, most, shown in (
        ("contacts", CONTACTS_QUERIES, ">Per "),
        ("notes", NOTES_QUERIES, ">Ringte &lt;om&gt; gjerdet</a>"),
        ("promises", PROMISES_QUERIES, ">Sende &lt;tegninger&gt;</a>"),
    ):
        client.get(at(made, name))
        with django_assert_num_queries(most):
            text = client.get(at(made, name)).text
        assert text.count(shown) == rows
        assert "<Nes>" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_of_one_ask_the_same_number_however_much_is_in_it(
    visit, made, kari, rows, django_assert_num_queries
):
    for _one in range(rows):
        note = call(made, kari, [f"Løfte {n}" for n in range(rows)])
    promise = Promise.objects.latest("number")
    client = visit(Role.MEMBER)
    for address, most in (
        (kari.get_absolute_url(), CONTACT_QUERIES),
        (note.get_absolute_url(), NOTE_QUERIES),
        (promise.get_absolute_url(), PROMISE_QUERIES),
    ):
        client.get(address)
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_in_both_languages(visit, made, kari, language):
    note = call(made, kari)
    promise = Promise.objects.get()
    client = visit(Role.OWNER)
    client.cookies["language"] = language
    for address in (
        *(at(made, name) for name in ("contacts", "notes", "promises")),
        *(at(made, name) for name in ("new_contact", "new_note", "new_promise")),
        *(one.get_absolute_url() for one in (kari, note, promise)),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text


def test_guests_and_strangers_find_nothing(visit, client, made, kari):
    note = call(made, kari)
    other = making.project()
    client.force_login(
        other.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    addresses = [at(made, "contacts"), at(made, "new_note"), kari.get_absolute_url()]
    addresses += [note.get_absolute_url(), Promise.objects.get().get_absolute_url()]
    for address in addresses:
        assert client.get(address).status_code == 404
    visit(Role.GUEST)
    for address in addresses:
        assert client.get(address).status_code == 404
    elsewhere = reverse("contact", args=[other.project.key, kari.pk])
    client.force_login(
        other.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(elsewhere).status_code == 404


def test_a_note_is_who_and_one_line(visit, made):
    typed = {"who": "Ola Berg (Fylket)", "promised": "Sende tegninger innen +3d", "by": "us"}
    sent = visit(Role.MEMBER).post(at(made, "new_note"), typed)
    assert sent.url == at(made, "notes")
    contact, promise = Contact.objects.get(), Promise.objects.get()
    assert (contact.name, contact.organisation) == ("Ola Berg", "Fylket")
    assert (promise.text, promise.due_on) == ("Sende tegninger", TODAY + timedelta(days=3))
    assert promise.by_person == made.people[Role.MEMBER]


@pytest.mark.parametrize(
    ("text", "what", "days"),
    [
        ("Svare innen +2d", "Svare", 2),
        ("Reply by +2d.", "Reply", 2),
        ("Svare innen lunsj", "Svare innen lunsj", None),
        ("Svare", "Svare", None),
    ],
)
def test_a_day_at_the_end_of_the_line_is_the_due_date(visit, made, text, what, days):
    visit(Role.MEMBER).post(at(made, "new_note"), {"who": "Ola", "promised": text, "by": "them"})
    promise = Promise.objects.get()
    due = None if days is None else TODAY + timedelta(days=days)
    assert (promise.text, promise.due_on) == (what, due)
    assert promise.by_contact.name == "Ola"


def test_a_suggestion_stands_for_the_contact(visit, made, kari):
    client = visit(Role.MEMBER)
    page = client.get(at(made, "new_note")).text
    assert '<option value="Kari &lt;Nes&gt; (Elkraft AS)">' in page
    typed = {"who": "Kari <Nes> (Elkraft AS)", "text": "Hei", "by": "us"}
    client.post(at(made, "new_note"), typed)
    assert Note.objects.get().contact == kari
    chosen = client.get(f"{at(made, 'new_note')}?who={kari.pk}").text
    assert 'value="Kari &lt;Nes&gt; (Elkraft AS)" list=' in chosen


def test_the_dialog_goes_back_to_where_one_was(visit, made):
    there = f"http://testserver{at(made, 'tasks')}"
    typed = {"who": "Ola", "text": "Hei", "by": "us"}
    headers = {"HX-Request": "true", "Referer": there}
    sent = visit(Role.MEMBER).post(at(made, "new_note"), typed, headers=headers)
    assert (sent.status_code, sent["HX-Redirect"]) == (204, at(made, "tasks"))


@pytest.mark.parametrize(
    "typed",
    [
        {"who": ""},
        {"who": "Ola"},
        {"who": "x" * 201, "text": "Hei"},
        {"who": "Ola", "text": "x\x00"},
        {"who": "Ola", "promised": "x", "due_on": "en gang"},
        {"who": "Ola", "text": "Hei", "by": "nobody"},
        {"who": "Ola", "text": "Hei", "id": "x"},
    ],
)
def test_bad_input_is_said_and_kept(visit, made, typed):
    sent = visit(Role.MEMBER).post(at(made, "new_note"), {"by": "us"} | typed)
    assert sent.status_code == 422
    assert not Note.objects.exists()
    assert not Contact.objects.exists()


def test_each_form_sent_twice_saves_once(visit, made):
    client, once = visit(Role.MEMBER), str(new_id())
    member = f"person:{made.people[Role.MEMBER].pk}"
    for name, typed in (
        ("new_note", {"who": "Ola", "text": "Hei", "by": "us"}),
        ("new_contact", {"name": "Per"}),
        ("new_promise", {"text": "Svare", "by": member, "to": "Fylket"}),
    ):
        for _time in range(2):
            assert client.post(at(made, name), typed | {"id": once}).status_code == 302
    assert (Note.objects.count(), Promise.objects.count()) == (1, 1)
    assert Contact.objects.filter(name="Per").count() == 1


def test_a_promise_to_a_contact_a_colleague_or_somebody_else(visit, made, kari):
    client, owner = visit(Role.MEMBER), made.people[Role.OWNER]
    member = f"person:{made.people[Role.MEMBER].pk}"
    for to in ("Kari <Nes>", owner.name, "Naboen"):
        typed = {"text": "Svare", "by": member, "to": to, "due_on": "+3d"}
        assert client.post(at(made, "new_promise"), typed).status_code == 302
    first, second, third = Promise.objects.order_by("number")
    assert (first.to_contact, second.to_person, third.to_name) == (kari, owner, "Naboen")
    typed = {"text": "Svare", "by": f"contact:{kari.pk}", "to": owner.name}
    client.post(at(made, "new_promise"), typed)
    assert Promise.objects.latest("number").by_contact == kari


def test_settling_a_promise_offers_undo_and_needs_a_reason_when_it_is_not_kept(visit, made, kari):
    call(made, kari)
    promise = Promise.objects.get()
    client = visit(Role.MEMBER)
    kept = client.post(at(made, "keep_promise", promise.number), follow=True)
    assert "/undo/" in kept.text
    client.post(at(made, "reopen_promise", promise.number))
    without = client.post(at(made, "break_promise", promise.number), {"reason": " "})
    assert without.status_code == 422
    client.post(at(made, "break_promise", promise.number), {"reason": "Ble for sent"})
    promise.refresh_from_db()
    assert (promise.state, promise.reason) == ("broken", "Ble for sent")
    assert client.get(at(made, "keep_promise", promise.number)).status_code == 405


def test_a_stale_form_is_refused_with_what_changed(visit, made, kari):
    call(made, kari)
    promise = Promise.objects.get()
    commands.change_promise(made.manager, promise, text="Først")
    client = visit(Role.MEMBER)
    typed = {"text": "Etter", "version": promise.version}
    assert client.post(at(made, "edit_promise", promise.number), typed).status_code == 409
    typed = {"name": "Kari", "version": kari.version}
    commands.change_contact(made.manager, kari, name="Kari N.")
    assert client.post(at(made, "edit_contact", kari.pk), typed).status_code == 409


def test_a_contact_with_open_promises_stays_and_the_form_says_why(visit, made, kari):
    call(made, kari)
    client = visit(Role.COORDINATOR)
    sent = client.post(at(made, "remove_contact", kari.pk), {})
    assert sent.status_code == 422
    assert "Kari &lt;Nes&gt;" in sent.text
    kari.refresh_from_db()
    assert kari.is_active
    client.post(at(made, "keep_promise", Promise.objects.get().number))
    assert client.post(at(made, "remove_contact", kari.pk), {}).status_code == 302
    assert ">Kari &lt;Nes&gt;</a>" not in client.get(at(made, "contacts")).text
    assert client.get(kari.get_absolute_url()).status_code == 200, "what was said is kept"


def test_the_card_shows_promised_sent_and_notes_of_this_project_only(visit, made, kari):
    call(made, kari)
    queue_mail("a", "Kari@example.org", "Referat <1>", "…", project=made.project.pk)
    queue_mail(
        "b", "kari@example.org", "Et annet prosjekt", "…", project=making.project().project.pk
    )
    queue_mail("c", "kari@example.org", "Nytt passord", "…")
    text = visit(Role.MEMBER).get(kari.get_absolute_url()).text
    for shown in ("Sende &lt;tegninger&gt;", "Ringte &lt;om&gt; gjerdet", "Referat &lt;1&gt;"):
        assert shown in text
    assert "Et annet prosjekt" not in text
    assert "Nytt passord" not in text


def test_lists_are_narrowed_and_taken_along_whatever_the_address_holds(visit, made, kari):
    call(made, kari)
    client = visit(Role.MEMBER)
    assert ">Sende" not in client.get(at(made, "promises") + "?theirs=1").text
    assert ">Sende" in client.get(at(made, "promises") + "?overdue=1&mine=1").text
    assert ">Sende" not in client.get(at(made, "promises") + "?state=kept").text
    assert ">Kari" in client.get(at(made, "contacts") + "?promises=1&q=elkraft").text
    for name in ("contacts", "notes", "promises"):
        for query in ("format=csv", "format=xlsx", "q=%00", "page=x", "sort=%27", "by=x", "who=x"):
            assert client.get(f"{at(made, name)}?{query}").status_code == 200


def test_what_was_said_is_found_by_searching(visit, made, kari):
    call(made, kari)
    carry_out_owed()
    client = visit(Role.MEMBER)
    for words, address in (
        ("elkraft", kari.get_absolute_url()),
        ("gjerdet", Note.objects.get().get_absolute_url()),
        ("tegninger", Promise.objects.get().get_absolute_url()),
    ):
        assert f'href="{address}"' in client.get(reverse("search"), {"q": words}).text
    assert "gjerdet</a>" not in visit(Role.GUEST).get(reverse("search"), {"q": "gjerdet"}).text
