"""What is written in documents filled in, reports and minutes is found by whoever may read it."""

import pytest
from django.urls import reverse
from tests import making
from tests.blanks import filling
from tests.meetings import meet
from tests.reports import reporting

from tospann.blanks import content
from tospann.budget.commands import FirstLine, start_budget
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.meetings import commands as meetings
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.reports import queries as reports
from tospann.reports import signing
from tospann.reports.drafting import autosave
from tospann.search import indexing, queries

pytestmark = pytest.mark.django_db


def found(actor, text):
    """What the search gives, and that each hit leads somewhere that is there."""
    carry_out_owed()
    hits = queries.found(actor, text)
    return [(hit.label, hit.title) for hit in hits]


def external(made):
    """Somebody from another house who takes part in the project."""
    person = making.person("Ekstern Elin", is_external=True)
    projects.appoint(SYSTEM, made.project, person=person.pk, role=Role.MEMBER)
    return actor_for(person)


def typed_in(form, document):
    """A document with a word in a plain text, one in a table, and one only the core may read."""
    plain = next(one for one in document if one.kind == "rich_text" and not one.restricted)
    secret = [one for one in document if one.restricted and one.kind == "table"]
    form[f"v:{plain.address}"] = "Vi bygger en *taubane* over fjorden"
    for one in secret:
        for name in list(form):
            if name.startswith(f"c:{one.address}:") and form[name] == filling.TYPED["text"]:
                form[name] = "Vrangvillighet"
    return bool(secret)


def test_a_document_is_found_by_what_was_typed_once_it_is_sent(client):
    made = filling.project()
    client.force_login(
        made.people[Role.COORDINATOR], "allauth.account.auth_backends.AuthenticationBackend"
    )
    lines = [FirstLine(code="100", name="Bygg")]
    start_budget(made.manager, made.project, id=new_id(), lines=lines)
    filled = filling.start(client, made)
    form = filling.full_form(filled)
    assert typed_in(form, content.now(filled, "nb").form), "nothing restricted to try it on"
    body = {"data": form.urlencode(), "content_type": "application/x-www-form-urlencoded"}
    client.post(filling.of("save_filled", filled), **body)
    assert found(made.manager, "taubanen") == []
    answer = client.post(filling.of("send_filled", filled))
    assert answer.status_code == 302
    hit = ("blanks.filled", filled.title)
    assert hit in found(made.member, "taubanen")
    assert hit in found(made.member, "tekst")
    assert found(made.actor(Role.GUEST), "taubanen") == []
    assert found(making.project().manager, "taubanen") == []
    for actor in (made.member, made.manager):
        assert hit not in found(actor, "vrangvillighet")
    assert "Vrangvillighet" in client.get(filling.of("filled", filled)).text, "it was typed"


def test_a_report_is_found_by_its_texts_from_when_it_is_sent(made_report):
    made, report = made_report
    assert found(made.manager, "telehiv") == []
    report = reports.report(made.project, report.number)
    signing.sign(made.manager, report)
    hit = ("reports.statusreport", "Status report 1")
    assert found(made.member, "telehiv") == [hit]
    assert found(made.actor(Role.GUEST), "telehiv") == []
    (one,) = queries.found(made.member, "telehiv")
    key, number = one.number.rpartition("-")[::2]
    assert reverse("report", args=[key, number]) == reporting.at(made, report.number)


@pytest.fixture
def made_report():
    made = reporting.project()
    report = reporting.draft(made)
    autosave.keep(made.coordinator, report, {"done": "Grunnen har telehiv"})
    report.refresh_from_db()
    return made, report


def test_minutes_are_found_item_by_item_and_private_ones_by_nobody_from_outside(client):
    made = making.project("Svømmehall")
    outside = external(made)
    meeting = meet.under_way(made, days=0)
    item, other = meet.item(meeting, "Fremdrift"), meet.item(meeting, "Forrige møte")
    meetings.save_item_text(made.coordinator, item, text="Betongen herder for sakte")
    values = {"title": other.title, "minutes": 5, "kind": other.kind, "private": True}
    meetings.change_item(made.coordinator, meet.again(other), **values)
    meetings.save_item_text(made.coordinator, meet.again(other), text="Entreprenøren er upålitelig")
    assert found(made.member, "betong") == [("meetings.agendaitem", "Fremdrift")]
    assert found(outside, "betong") == [("meetings.agendaitem", "Fremdrift")]
    assert found(made.member, "upålitelig") == [("meetings.agendaitem", "Forrige møte")]
    assert found(outside, "upålitelig") == []
    assert found(made.actor(Role.GUEST), "betong") == []
    client.force_login(made.people[Role.MEMBER])
    (hit,) = client.get("/api/v1/search?q=betong").json()
    assert client.get(hit["link"]).status_code == 200
    meetings.save_item_text(made.coordinator, meet.again(item), text="Alt går bra")
    assert found(made.member, "betong") == []


def test_the_index_made_again_is_the_one_that_followed(made_report):
    made, report = made_report
    signing.sign(made.manager, reports.report(made.project, report.number))
    carry_out_owed()
    done = indexing.rebuild()
    labels = ("blanks.filled", "reports.statusreport", "meetings.agendaitem")
    assert [done[label] for label in labels] == [0, 0, 0]
