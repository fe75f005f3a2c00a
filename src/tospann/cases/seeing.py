"""What somebody had read when she decided: the commands of each alternative, and its figures."""

from django.utils.translation import gettext

from tospann.cases.models import Alternative, Case, Waiver
from tospann.foundation.audit import canonical, digest

_LENGTH = 12
_WAIVED = "~"


def seen(case: Case) -> str:
    """What a reader of the case sees now, as a form carries it: ``A:<changes>:<figures>,B:…``."""
    listed = Alternative.objects.filter(case=case)
    parts = [f"{one.key}:{_changes(one)}:{_figures(one)}" for one in listed]
    return ",".join([*parts, f"{_WAIVED}:{_waived(case)}:"] if case.gate_id else parts)


def changed_since(case: Case, seen_then: str) -> list[str]:
    """Which alternatives are others than those that were read, in sentences."""
    then = dict(_part(text) for text in seen_then.split(","))
    waived = then.pop(_WAIVED, None)
    listed = list(Alternative.objects.filter(case=case))
    now = {one.key: one for one in listed}
    said = [
        gettext("“%(title)s” is new.") % {"title": now[key].title} for key in now if key not in then
    ]
    said += [
        gettext("“%(title)s” holds other changes than when you read it.") % {"title": one.title}
        for key, one in now.items()
        if key in then and then[key][0] != _changes(one)
    ]
    if waived is not None and waived[0] != _waived(case):
        said.append(gettext("Other points are waived than when you read it."))
    gone = [key for key in then if key not in now]
    return said + [gettext("Alternative %(key)s is no longer there.") % {"key": k} for k in gone]


def _part(text: str) -> tuple[str, tuple[str, str]]:
    key, _colon, rest = text.partition(":")
    changes, _colon, figures = rest.partition(":")
    return key, (changes, figures)


def _changes(one: Alternative) -> str:
    return digest(canonical(one.operations))[:_LENGTH]


def _figures(one: Alternative) -> str:
    return one.consequences_hash[:_LENGTH]


def _waived(case: Case) -> str:
    listed = Waiver.objects.filter(case=case).order_by("criterion_id")
    return digest(canonical([[one.criterion_id, one.reason] for one in listed]))[:_LENGTH]
