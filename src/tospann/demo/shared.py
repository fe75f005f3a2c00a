"""What the demo's projects share outside: a room for the supplier, a customer, and a colleague."""

from datetime import timedelta
from typing import Any

from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.documents.models import Document
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.actors import actor_for
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.rooms import commands as rooms
from tospann.sharing import commands, seeing
from tospann.sharing.models import Share

CUSTOMER = {"email": "bente.lie@example.org", "name": "Bente Lie", "kind": "guest"}
WELCOME = (
    "Her ligger det vi deler med dere om det nye saksbehandlingssystemet. "
    "Spør gjerne: vi svarer innen en uke."
)


def beside(cast: Cast, key: str) -> clock.Beside:
    """Lately: the supplier's own documents, one for the customer to accept, and a question."""
    if key != "NSS":
        return
    yield -3, 9
    manager, project = actor_for(cast["kari.nordmann"]), Project.objects.get(key=key)
    contact = cast["ingrid.lund"].pk
    rooms.set_room(manager, project, welcome=WELCOME, shows_status=True, contact=contact)
    marks = Activity.objects.filter(project=project, kind="milestone", is_active=True)
    for one in marks.order_by("finish")[:3]:
        item, title = str(one.uid), one.name[:200]
        rooms.publish_item(manager, project, id=new_id(), kind="milestone", item=item, title=title)
    supplier = {"kind": "person", "person": cast["erik.moen"].pk}
    _share(manager, project, "Avtale Saksflyt Systemer.docx", supplier, days=None)
    _share(manager, project, "Leveransenotat 1.docx", supplier, days=None)
    yield -2, 11
    note = _named(project, "Leveransenotat 1.docx")
    shared = _share(manager, project, note.name, CUSTOMER, days=45)
    rooms.ask_acceptance(
        actor_for(cast["ingrid.lund"]),
        project,
        id=new_id(),
        share=shared.pk,
        document=note.pk,
        title="Leveranse 1",
        text="Se på kjente feil bakerst. Vi trenger svaret før styringsgruppen møtes.",
        due_on=clock.today() + timedelta(days=6),
    )
    supplier_too = seeing.receiver(Share.objects.filter(person=cast["erik.moen"])[0])
    yield -1, 14
    rooms.ask_question(supplier_too, project, id=new_id(), text="Når får vi svar på kundetest 2?")


def _named(project: Project, name: str) -> Document:
    return Document.objects.get(project=project, name=name)


def _share(
    who: Any, project: Project, name: str, values: dict[str, Any], *, days: int | None
) -> Share:
    return commands.share_outside(
        who,
        project,
        id=new_id(),
        reference=reference(_named(project, name)),
        expires_on=None if days is None else clock.today() + timedelta(days=days),
        **values,
    )
