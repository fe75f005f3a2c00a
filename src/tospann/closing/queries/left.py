"""What is left in a project: open things of every kind, each with where it is taken care of."""

from django.db.models import QuerySet
from django.utils import timezone

from tospann.cases import queries as cases
from tospann.cases.models import Alternative, Case, CaseKind
from tospann.closing.models import CarriedOn
from tospann.projects.models import Gate, Project
from tospann.resources.models import Agreement

CLOSE = "closing.close_project"


def agreements(project: Project) -> QuerySet[Agreement]:
    """Those on people's time that are not over."""
    found = Agreement.objects.filter(project=project, ends_on__gte=timezone.localdate())
    return found.select_related("person").order_by("ends_on", "number")


def last_gate(project: Project) -> Gate | None:
    """The gate that closes the project when it is passed, as long as it is not decided."""
    found = Gate.objects.filter(project=project, opens=None).exclude(
        state__in=("passed", "stopped")
    )
    return found.order_by("-position").first()


def closing_case(project: Project) -> Case | None:
    """The open case in which the closing itself is proposed."""
    for case in cases.open_cases(project).filter(kind=CaseKind.CHANGE).order_by("-number"):
        if _closes(case):
            return case
    return None


def _closes(case: Case) -> bool:
    stored = Alternative.objects.filter(case=case).values_list("operations", flat=True)
    return any(one.get("command") == CLOSE for listed in stored for one in listed)


def open_cases(project: Project) -> list[Case]:
    """All but the one about closing: that of the last gate, or of ``close_project``."""
    found = list(cases.open_cases(project).order_by("number"))
    gate = last_gate(project)
    closing = closing_case(project) if found else None
    mine = {closing.pk} if closing else set()
    return [one for one in found if one.pk not in mine and (not gate or one.gate_id != gate.pk)]


def carried_on(project: Project) -> QuerySet[CarriedOn]:
    return CarriedOn.objects.filter(project=project).select_related("case").order_by("case__number")


def cases_in_the_way(project: Project) -> list[Case]:
    """Open cases that nobody carries on."""
    carried = set(carried_on(project).values_list("case_id", flat=True))
    return [one for one in open_cases(project) if one.pk not in carried]
