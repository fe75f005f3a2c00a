"""What gates may ask of the plan: how certain a date is, and milestones that are reached."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tospann.cases.rules import Given, Missing, Parameter, Rule, RuleResult, rules_come_from
from tospann.foundation.authority import Sentence
from tospann.planning import store
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.planning.projection import day_of
from tospann.planning.simulate import draws
from tospann.planning.simulate import events as uncertain
from tospann.planning.simulate.running import settings_of
from tospann.projects.models import Project

_NO_PLAN = gettext_noop("There is no plan any more.")
_NO_MILESTONE = gettext_noop("The milestone the rule is about is no longer in the plan.")
_CERTAIN = gettext_noop("%(what)s is %(share)s%% certain by %(day)s; the date to keep is %(by)s.")
_UNKNOWN = gettext_noop(
    "Nothing in the plan is estimated with three points, so nobody knows how certain %(by)s is."
)
_BUSY = gettext_noop("Too much is being computed just now. Try again in a moment.")
_REACHED = gettext_noop("%(name)s is reached.")
_NOT_REACHED = gettext_noop("%(name)s is not reached; it is planned for %(day)s.")
_ALL_REACHED = gettext_noop("All %(total)s milestones up to today are reached.")
_NONE_DUE = gettext_noop("No milestone is due yet.")
_LEFT = gettext_noop("%(left)s of %(total)s milestones up to today are not reached: %(names)s.")


def _head(project: Project) -> Plan:
    found = Plan.objects.filter(project=project).first()
    if found is None:
        raise Missing(Sentence(_NO_PLAN))
    return found


def _date_certain(project: Project, given: Given) -> RuleResult:
    head, link = _head(project), f"/p/{project.key}/plan/simulate"
    loaded = store.load(head)
    uid = int(given["milestone"]) if given["milestone"] else None
    if uid is not None and uid not in loaded.rows:
        raise Missing(Sentence(_NO_MILESTONE))
    by: date = given["by"] or project.finish
    events = list(uncertain.events(project.pk))
    if not events and not draws.is_uncertain(loaded.plan):
        return RuleResult(None, Sentence(_UNKNOWN, {"by": f"day:{by}"}), link)
    try:
        found = draws.simulate(loaded, settings_of(head, loaded, events, len(loaded.rows)))
    except draws.Busy:
        return RuleResult(None, Sentence(_BUSY), link)
    samples = found.finish if uid is None else found.finishes[uid]
    share = int(given["share"])
    day = day_of(samples.percentile(share))
    said = {
        "what": project.name if uid is None else loaded.rows[uid].name,
        "share": share,
        "day": f"day:{day}",
        "by": f"day:{by}",
    }
    return RuleResult(day is not None and day <= by, Sentence(_CERTAIN, said), link)


def _milestones_done(project: Project, given: Given) -> RuleResult:
    _head(project)
    rows = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    link = f"/p/{project.key}/plan/milestones"
    if given["milestone"]:
        one = rows.filter(uid=int(given["milestone"])).first()
        if one is None:
            raise Missing(Sentence(_NO_MILESTONE))
        if one.state == State.DONE:
            return RuleResult(True, Sentence(_REACHED, {"name": one.name}), link)
        said = {"name": one.name, "day": f"day:{one.finish}"}
        return RuleResult(False, Sentence(_NOT_REACHED, said), link)
    due = rows.filter(finish__lt=timezone.localdate() + timedelta(days=1)).order_by("finish", "pk")
    listed = list(due.values_list("name", "state"))
    left = [name for name, state in listed if state != State.DONE]
    if left:
        names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        values = {"left": len(left), "total": len(listed), "names": names}
        return RuleResult(False, Sentence(_LEFT, values), link)
    told = Sentence(_ALL_REACHED, {"total": len(listed)}) if listed else Sentence(_NONE_DUE)
    return RuleResult(True, told, link)


def _milestones(project: Project) -> list[tuple[str, str]]:
    rows = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    return [(str(uid), name) for uid, name in rows.order_by("position").values_list("uid", "name")]


_WHICH = Parameter("milestone", _("Milestone"), "choice", is_required=False, choices=_milestones)
rules_come_from(
    [
        Rule(
            "date_certain",
            _("The date is certain enough"),
            _date_certain,
            (
                Parameter("share", _("How certain, in per cent"), "percent", default="80"),
                Parameter(
                    "by", _("Date to keep"), "day", is_required=False,
                    help=_("Empty: the agreed end of the project."),
                ),
                _WHICH,
            ),
            _("Simulates the plan. Without a milestone: the end of the project."),
        ),
        Rule(
            "milestones_done",
            _("Milestones are reached"),
            _milestones_done,
            (_WHICH,),
            _("One milestone, or every milestone that is due."),
        ),
    ]
)  # fmt: skip
