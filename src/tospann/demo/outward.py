"""What the demo's system project tells outwards: of its work, its report and its decisions."""

from datetime import timedelta

from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.reports import queries as reports
from tospann.reports.checkpoints import commands as checkpoints
from tospann.reports.checkpoints.queries import packages
from tospann.reports.editions import issuing, making
from tospann.rooms import commands as rooms
from tospann.sharing import commands as sharing

SUMMARY = (
    "Innføringen går etter planen. Opplæringen av superbrukerne er i gang, og vi gleder oss til "
    "at dere får prøve systemet selv."
)


def beside(cast: Cast, key: str) -> clock.Beside:
    """Lately: a checkpoint report, its answer, and what the supplier may read in the room."""
    if key != "NSS":
        return
    yield -2, 14
    project = Project.objects.get(key=key)
    manager, coordinator = actor_for(cast["kari.nordmann"]), actor_for(cast["ingrid.lund"])
    _report(project)
    yield -1, 10
    signed = reports.last_signed(project)
    if signed is None:
        return
    uids = [row["uid"] for row in making.offered_milestones(signed)]
    chosen = making.Chosen(
        title="Status til leverandøren",
        shows_state=True,
        milestones=uids,
        summary=SUMMARY,
        needs="Svar på feillisten fra kundetest 2.",
    )
    made = issuing.make(coordinator, signed, chosen)
    view = rooms.make_register_view(
        coordinator,
        project,
        id=new_id(),
        of="decisions",
        title="Beslutninger som gjelder leverandøren",
        columns=["number", "title", "decided", "outcome"],
    )
    for one in (made.result, view):  # type: ignore[union-attr]  # the coordinator decides it
        sharing.share_outside(
            manager,
            project,
            id=new_id(),
            reference=reference(one),
            kind="person",
            person=cast["erik.moen"].pk,
            expires_on=clock.today() + timedelta(days=60),
        )


def _report(project: Project) -> None:
    """From whoever answers for the first open task that is anybody's."""
    task: Activity | None = packages(project).filter(kind="task", responsible__isnull=False).first()
    if task is None:
        return
    person = Person.objects.get(pk=str(task.responsible_id))
    checkpoints.send_checkpoint(
        actor_for(person),
        project,
        id=new_id(),
        activity=task.uid,
        state="amber",
        done="Første gjennomgang er gjort sammen med leverandøren.",
        next="Rette det vi fant, og prøve på nytt med superbrukerne.",
        problems="To av superbrukerne er bortreist neste uke.",
        needs="En avklaring om hvem som prøver i stedet.",
    )
