"""When plans, agreements or employment change, the load is computed anew; and who is told what."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction, to_changes_of
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.queries import holders
from tospann.resources import commands, line, load
from tospann.resources.models import Agreement, Employment, Offer, Request, Side

_EMPLOYMENT = "resources.employment:"


def compute_load(entry: AuditEntry) -> None:
    """Of the project whose plan or agreements changed."""
    load.refresh(entry.scope_id)


def compute_load_of_project(entry: AuditEntry) -> None:
    """A project that is closed wants nobody any more; one that is opened again does."""
    changes = (entry.detail.changes or {}).values()
    if any("state" in change.get("fields", {}) for change in changes):
        load.refresh(entry.scope_id)


def compute_load_of_people(entry: AuditEntry) -> None:
    """Of every project of those whose employment changed."""
    kept, people = set(), set()
    for ref, change in (entry.detail.changes or {}).items():
        if ref.startswith(_EMPLOYMENT):
            kept.add(ref.removeprefix(_EMPLOYMENT))
            people |= {UUID(pk) for pk in change["fields"].get("person_id", ()) if pk}
    people |= set(Employment.objects.filter(pk__in=kept).values_list("person_id", flat=True))
    for project in load.projects_of(people):
        load.refresh(project)


to_changes_of("planning.plan", compute_load)
to_changes_of("resources.agreement", compute_load)
to_changes_of("projects.project", compute_load_of_project)
to_changes_of("resources.employment", compute_load_of_people)

_ASKED = gettext_noop("%(who)s asks for %(role)s, %(percent)s %%, to %(project)s.")
_OFFERED = gettext_noop("%(who)s offers %(person)s, %(percent)s %%, as %(role)s.")
_COUNTERED = gettext_noop("%(who)s makes a counter-offer for %(person)s as %(role)s.")
_DECLINED = gettext_noop("%(who)s cannot give you %(role)s.")
_WITHDRAWN = gettext_noop("%(who)s no longer asks for %(role)s.")
_AGREED = gettext_noop("%(person)s is to work %(percent)s %% on %(project)s from %(day)s.")
_ENDED = gettext_noop("%(person)s works on %(project)s until %(day)s only.")


def _changed(entry: AuditEntry, label: str) -> list[str]:
    """The records of this kind the act made or changed (none when its detail is erased)."""
    refs = [entry.subject, *(entry.detail.changes or {})]
    return list(dict.fromkeys(r.partition(":")[2] for r in refs if r.startswith(f"{label}:")))


def _request(entry: AuditEntry) -> Request | None:
    found = Request.objects.select_related("project", "unit")
    return found.filter(pk__in=_changed(entry, "resources.request")).first()


def _to_line(request: Request) -> Iterable[UUID | None]:
    return [request.unit.manager_id] if request.unit else line.line_managers()


def _to_project(request: Request) -> Iterable[UUID | None]:
    return {request.asked_by_id, *holders(request.project_id, [Role.MANAGER])}


@reaction(commands.ask_for_people)
def tell_the_line_manager(entry: AuditEntry) -> None:
    if (request := _request(entry)) is None:
        return
    said = {"who": entry.detail.actor_name, "role": request.role}
    said |= {"percent": str(request.percent), "project": request.project.name}
    link = f"/line/requests/{request.pk}"
    tell(_to_line(request), Kind.ASKED, Sentence(_ASKED, said), link, entry)


@reaction(commands.make_offer, commands.counter_offer)
def tell_the_other_side(entry: AuditEntry) -> None:
    found = Offer.objects.filter(pk__in=_changed(entry, "resources.offer"))
    offer = found.select_related("person", "request__project").order_by("-created_at").first()
    if offer is None:
        return
    request = offer.request
    said = {"who": entry.detail.actor_name, "person": offer.person.name, "role": request.role}
    said |= {"percent": str(offer.percent)}
    if offer.side == Side.LINE:
        people, link = _to_project(request), request.get_absolute_url()
        tell(people, Kind.ASKED, Sentence(_OFFERED, said), link, entry, project=request.project)
    else:
        link = f"/line/requests/{request.pk}"
        tell(_to_line(request), Kind.ASKED, Sentence(_COUNTERED, said), link, entry)


@reaction(commands.decline_request)
def tell_that_nobody_comes(entry: AuditEntry) -> None:
    if (request := _request(entry)) is None:
        return
    said = Sentence(_DECLINED, {"who": entry.detail.actor_name, "role": request.role})
    link, project = request.get_absolute_url(), request.project
    tell(_to_project(request), Kind.OUTCOME, said, link, entry, project=project)


@reaction(commands.withdraw_request)
def tell_that_nobody_is_asked_for(entry: AuditEntry) -> None:
    if (request := _request(entry)) is None:
        return
    said = Sentence(_WITHDRAWN, {"who": entry.detail.actor_name, "role": request.role})
    tell(_to_line(request), Kind.NEWS, said, f"/line/requests/{request.pk}", entry)


@reaction(commands.accept_offer, commands.accept_counter_offer, commands.record_agreement)
def tell_what_is_agreed(entry: AuditEntry) -> None:
    _tell_all(entry, _AGREED, first=True)


@reaction(commands.end_agreement, commands.withdraw_person)
def tell_what_ends(entry: AuditEntry) -> None:
    _tell_all(entry, _ENDED, first=False)


def _tell_all(entry: AuditEntry, msgid: str, *, first: bool) -> None:
    """The person herself, her line manager and the project's managers."""
    found = Agreement.objects.filter(pk__in=_changed(entry, "resources.agreement"))
    agreement = found.select_related("person", "project").first()
    if agreement is None:
        return
    day = agreement.starts_on if first else agreement.ends_on
    said = {"person": agreement.person.name, "project": agreement.project.name}
    said |= {"percent": str(agreement.percent), "day": f"day:{day}"}
    inside = {agreement.person_id, *holders(agreement.project_id, [Role.MANAGER])}
    link = agreement.get_absolute_url()
    tell(inside, Kind.OUTCOME, Sentence(msgid, said), link, entry, project=agreement.project)
    others = line.managers_of([agreement.person_id]) - inside
    tell(others, Kind.OUTCOME, Sentence(msgid, said), "/line", entry)
