"""One paper of each kind the portal makes, with something in it."""

from datetime import timedelta

from django.utils import timezone
from tests import making
from tests.blanks import filling
from tests.meetings import meet
from tests.reports import reporting

from tospann.cases import commands as cases
from tospann.cases.jobs import bind_case
from tospann.cases.models import Bundle
from tospann.documents import blobs
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands, publishing
from tospann.reports import queries


def report(_client):
    return queries.pdf_of(reporting.signed(reporting.project(language="nb")))


def minutes(_client):
    made = making.project("Svømmehall <nord>")
    meeting = meet.under_way(made, days=0)
    text = "To uker foran <planen>\nSånn er det."
    commands.save_item_text(made.coordinator, meet.item(meeting, "Fremdrift"), text=text)
    due = timezone.localdate() + timedelta(days=5)
    out = publishing.publish(made.coordinator, meeting, due).result
    return blobs.read(out.pdf_sha256)


def filled(client):
    made = filling.project()
    who = made.people[Role.COORDINATOR]
    client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    one = filling.start(client, made)
    sent = filling.full_form(one).urlencode()
    kind = "application/x-www-form-urlencoded"
    assert client.post(filling.of("save_filled", one), sent, content_type=kind).status_code == 302
    return client.get(filling.of("filled_pdf", one)).content


def bundle(made):
    told = {"title": "Velge leverandør", "situation": "To tilbud.", "recommendation": "Alfa."}
    case = cases.open_case(made.coordinator, made.project, id=new_id(), **told)
    one = cases.make_bundle(made.coordinator, case, id=new_id())
    bind_case.func(str(one.pk))
    return blobs.read(Bundle.objects.get(pk=one.pk).sha256)
