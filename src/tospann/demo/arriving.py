"""What reaches the demo's projects by mail, what they tell other programs, and a bound case."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.documents.models import Document
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.mailbox import commands as mailbox
from tospann.mailbox import letters
from tospann.mailbox.models import Message
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.webhooks import commands as webhooks

Mail = tuple[str, str, str, str]
SUPPLIER = "Erik Moen <erik.moen@saksflyt.example>"
NEIGHBOUR = "Randi Nes <randi.nes@nessetvel.example>"
MAILS: dict[str, Sequence[Mail]] = {
    "SVH": (
        (
            NEIGHBOUR,
            "Støy etter klokka 19",
            "Hei. Det ble pælet til over åtte i går kveld. Hva er avtalt, og hvem ringer vi?",
            "",
        ),
    ),
    "NSS": (
        (
            SUPPLIER,
            "Når kommer testdataene?",
            "Hei, vi venter på testdata til kundetest 2. Uten dem må vi flytte ytelsestesten.",
            "Testdata som mangler.txt",
        ),
        (
            "Bente Lie <bente.lie@example.org>",
            "Takk for omvisningen",
            "Fint å se skjemaet i bruk. Jeg ser gjennom det på nytt i rommet denne uken.",
            "",
        ),
    ),
}
ASIDE = "Takk for omvisningen"
HOOKS = {
    "NSS": (
        ("Saksarkivet", "https://arkiv.fjordvik.example/hook", ("cases", "documents")),
        ("Lystavla i gangen", "https://tavle.fjordvik.example/nytt", ("planning", "reports")),
    ),
}
BOUND = {"NSS": "Endre en budsjettpost"}


def beside(cast: Cast, key: str) -> clock.Beside:
    """Lately: mail that waits to be sorted, webhooks, and the papers of a case that waits."""
    if key not in MAILS:
        return
    yield -1, 14
    project = Project.objects.get(key=key)
    coordinator, manager = actor_for(cast["ingrid.lund"]), actor_for(cast["kari.nordmann"])
    mailbox.open_address(coordinator, project)
    for place, mail in enumerate(MAILS[key]):
        _arrives(coordinator, project, mail, place)
    for name, address, kinds in HOOKS.get(key, ()):
        made = webhooks.add_webhook(
            manager, project, id=new_id(), name=name, address=address, kinds=list(kinds)
        )
        webhooks.turn_off_webhook(manager, made.webhook)  # the demo reaches nobody outside
    if key in BOUND:
        _bind(coordinator, project, BOUND[key])


def _arrives(coordinator: Actor, project: Project, mail: Mail, place: int) -> None:
    """Dropped by the coordinator from her own mail program."""
    at = timezone.now() - timedelta(hours=3 + 20 * place)
    with letters.on_disk(_written(project, mail, at)) as file:
        letter = letters.kept(letters.read(file))
    message: Message = mailbox.bring_in(coordinator, project, id=new_id(), letter=letter)
    if message.subject == ASIDE:
        mailbox.set_aside(coordinator, message, reason="Trenger ikke svar.")


def _written(project: Project, mail: Mail, at: datetime) -> bytes:
    sender, subject, text, attached = mail
    written = EmailMessage()
    written["From"], written["To"] = sender, "prosjekt@fjordvik.example"
    written["Subject"], written["Date"] = subject, format_datetime(at)
    written["Message-ID"] = f"<{new_id()}@mail.example>"
    written.set_content(text)
    if attached:
        written.add_attachment("Saker fra 2019\nSaker med klage\n", filename=attached)
    return bytes(written)


def _bind(coordinator: Actor, project: Project, title: str) -> None:
    """The papers lie in one file, so that whoever decides reads them in the order meant."""
    waiting = Case.objects.filter(project=project, state=CaseState.SUBMITTED)
    case = waiting.filter(title__startswith=title).first()
    if case is None:
        return
    named = Document.objects.filter(project=project, name__startswith="Leveransenotat")
    for document in named.order_by("name"):
        cases.append_paper(coordinator, case, id=new_id(), document=document.pk)
    cases.make_bundle(
        coordinator, case, id=new_id(), message="Se særlig side 2 om hva som er prøvd."
    )
