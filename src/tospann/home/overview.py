"""What the rows of a project's overview amount to: phase bar, figures, who is waited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases.models import DecisionOutcome
from tospann.foundation.authority import Actor, Power, Role, may_decide_for, roles_text, rule
from tospann.home.queries import changes
from tospann.home.queries import overview as queries
from tospann.planning.models import State
from tospann.projects.models import GateState, GoalLevel, PhaseState, Project, ProjectState
from tospann.ui import formats
from tospann.ui.jinja import language, maybe_url
from tospann.ui.round_trip import Lists, Row

_BAR = {PhaseState.DONE: "done", PhaseState.CURRENT: "now", PhaseState.FUTURE: "next"}
SOON = 14
MOST_CASES = 6


@dataclass(frozen=True)
class Overview:
    """One page about a project, ready to be shown."""

    project: Project
    lists: Lists
    actor: Actor

    @property
    def plan(self) -> Row:
        empty: Row = {"percent": 0, "late": 0, "finish": None, "tasks": 0, "milestones": 0}
        return (self.lists["plan"] or [empty])[0]

    @property
    def updated_at(self) -> Any:
        return self.lists["latest"][0]["at"] if self.lists["latest"] else self.project.created_at

    @property
    def phase_bar(self) -> list[dict[str, Any]]:
        ending = {gate["ends"]: gate for gate in reversed(self.lists["gates"])}
        return [_phase(self.project, row, ending.get(row["id"])) for row in self.lists["phases"]]

    @property
    def next_gate(self) -> Row | None:
        """The first gate that is not passed, with the share of its checklist that is settled."""
        for gate in self.lists["gates"]:
            if gate["state"] != GateState.PASSED:
                share = 100 * gate["settled"] // gate["total"] if gate["total"] else 100
                return {**gate, "percent": share, "decides": self._who(gate["deciders"])}
        return None

    @property
    def goals(self) -> list[dict[str, Any]]:
        return [
            {**goal, "level_label": str(GoalLevel(goal["level"]).label)}
            for goal in queries.goals(self.lists["goals"])
        ]

    @property
    def days_over(self) -> int:
        """By how many days the plan ends after the project's end date; negative when before."""
        finish = self.plan["finish"]
        return (finish - self.project.finish).days if finish else 0

    @property
    def decisions(self) -> list[dict[str, Any]]:
        found = [(row, DecisionOutcome(row["outcome"])) for row in self.lists["decisions"]]
        return [{**row, "label": str(said.label), "tone": said.tone} for row, said in found]

    @property
    def milestones(self) -> list[dict[str, Any]]:
        shown = [*reversed(self.lists["reached"]), *self.lists["ahead"]]
        return [{**row, **milestone_state(row["state"], row["finish"])} for row in shown]

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Open cases: what, by when, and for whom it waits."""
        return [*map(self._case, self.lists["cases"][:MOST_CASES]), *self._todo()]

    @property
    def waiting_count(self) -> int:
        return sum(row["state"] == "submitted" for row in self.lists["cases"])

    @property
    def changes(self) -> list[dict[str, Any]]:
        return changes.sentences(self.lists["changes"])

    def people(self, *roles: Role) -> list[str]:
        """Who holds one of these roles, by name."""
        wanted = {str(role) for role in roles}
        return list(dict.fromkeys(m["name"] for m in self.lists["members"] if m["role"] in wanted))

    @property
    def lead(self) -> str:
        """“Prosjektleder Kari · koordinator Ingrid”, leaving out what nobody holds."""
        named = (
            (_("Project manager %(name)s"), Role.MANAGER),
            (_("Coordinator %(name)s"), Role.COORDINATOR),
            (_("Project owner %(name)s"), Role.OWNER),
        )
        parts = [
            words % {"name": ", ".join(self.people(role))}
            for words, role in named
            if self.people(role)
        ]
        return " · ".join(parts)

    @property
    def accepts_founding(self) -> bool:
        return rule(self.actor, Power.ACCEPT_FOUNDING, self.project.pk).may_decide

    @property
    def founder(self) -> str:
        """Who must accept the founding: the owner by name, or the role nobody holds yet."""
        return self._who([Role.OWNER])

    @property
    def may_add_action(self) -> bool:
        return not rule(self.actor, Power.OWN_ACTIONS, self.project.pk).is_refused

    @property
    def keeps_project(self) -> bool:
        return rule(self.actor, Power.EDIT_PROJECT, self.project.pk).may_decide

    @property
    def first_steps(self) -> list[dict[str, Any]]:
        """The five first steps; empty when they are all done."""
        key, have = self.project.key, self.lists
        roles = {member["role"] for member in have["members"]}
        settled = any(gate["settled"] for gate in have["gates"]) or bool(have["cases"])
        steps = [
            (_("Write down the goals"), bool(have["goals"]), "goals"),
            (_("Set the milestones"), bool(self.plan["milestones"]), "plan"),
            (_("Put the team together"), {Role.MANAGER, Role.MEMBER} <= roles, "team"),
            (_("Make the plan"), self.plan["tasks"] > 0, "plan"),
            (_("Work through the first checklist"), settled or not have["gates"], "gates"),
        ]
        if all(done for _label, done, _page in steps):
            return []
        return [{"label": w, "done": done, "href": maybe_url(to, key)} for w, done, to in steps]

    @property
    def begins(self) -> bool:
        """Whether what others have learned still can be heeded: until the second phase."""
        states = [row["state"] for row in self.lists["phases"]]
        is_first = not states or states[0] != PhaseState.DONE
        return is_first and self.project.state != ProjectState.CLOSED

    @property
    def ends(self) -> bool:
        """Whether the last phase is under way, or everything is over."""
        states = [row["state"] for row in self.lists["phases"]]
        in_last = bool(states) and states[-1] != PhaseState.FUTURE
        return in_last or self.project.state == ProjectState.CLOSED

    def _case(self, row: Row) -> dict[str, Any]:
        deciders = [Role(role) for role in row["deciders"]]
        mine = may_decide_for(self.actor.roles_in(self.project.pk), deciders) is not None
        submitted = row["state"] == "submitted"
        waits = self._who(row["deciders"]) if submitted else row["prepared_by"]
        tag, tone = need_by(row["need_by"]) if submitted else (_case_state(row["state"]), "neutral")
        return {
            "label": row["title"],
            "href": reverse("case", args=[self.project.key, row["number"]]),
            "note": _("Waits for %(who)s") % {"who": _("you") if submitted and mine else waits},
            "tag": tag,
            "tone": tone,
        }

    def _todo(self) -> list[dict[str, Any]]:
        """The open actions as one line."""
        if not self.lists["actions"]:
            return []
        count, late = (self.lists["actions"][0][key] for key in ("open", "overdue"))
        return [
            {
                "label": ngettext("%(n)s open action", "%(n)s open actions", count) % {"n": count},
                "href": reverse("tasks", args=[self.project.key]),
                "tag": ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
                if late
                else "",
                "tone": "danger",
            }
        ]

    def _who(self, deciders: Sequence[str]) -> str:
        """The people who decide; their role where nobody holds it yet."""
        roles = [Role(role) for role in deciders]
        return ", ".join(self.people(*roles)) or roles_text(roles)


def _phase(project: Project, row: Row, gate: Row | None) -> dict[str, Any]:
    return {
        "name": row["name"],
        "state": _BAR[row["state"]],
        "progress": _phase_progress(row, gate),
        "note": _phase_note(row),
        "gate": _("Gate %(code)s") % {"code": gate["code"]} if gate else "",
        "gate_ready": _gate_note(gate) if gate else "",
        "href": reverse("gate", args=[project.key, gate["code"]]) if gate else None,
    }


def _phase_progress(row: Row, gate: Row | None) -> float:
    """Of the work in the plan; of the gate's checklist where the plan says nothing about it."""
    if row["state"] == PhaseState.DONE:
        return 100
    planned = row["heading"] if row["heading"] is not None else row["work"]
    if planned is not None:
        return round(float(planned))
    total = gate["total"] if gate else 0
    return 100 * gate["settled"] // total if gate and total else 0


def _phase_note(row: Row) -> str:
    speech = language()
    if row["state"] == PhaseState.DONE and row["finished_at"]:
        day = formats.short_date(timezone.localtime(row["finished_at"]).date(), speech)
        return _("Done %(day)s") % {"day": day}
    if row["state"] == PhaseState.CURRENT and row["ends_on"]:
        return _("Until %(day)s") % {"day": formats.short_date(row["ends_on"], speech)}
    if row["state"] == PhaseState.FUTURE and row["starts_on"]:
        return _("Starts %(day)s") % {"day": formats.short_date(row["starts_on"], speech)}
    return ""


def _gate_note(gate: Mapping[str, Any]) -> str:
    if gate["state"] == GateState.OPEN and gate["total"]:
        words = _("%(settled)s of %(total)s points")
        return words % {"settled": gate["settled"], "total": gate["total"]}
    return str(GateState(gate["state"]).label)


def milestone_state(state: str, finish: date | None) -> dict[str, str]:
    """Word and tone: done, late by so many days, soon, on time or without a date."""
    if state == State.DONE:
        return {"tag": _("Done"), "tone": "success"}
    if finish is None:
        return {"tag": _("No date"), "tone": "neutral"}
    days = (finish - timezone.localdate()).days
    if days < 0:
        late = ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
        return {"tag": late, "tone": "danger"}
    if days <= SOON:
        return {"tag": _("Today") if days == 0 else _in_days(days), "tone": "warning"}
    return {"tag": _("On time"), "tone": "info"}


def need_by(day: date | None) -> tuple[str, str]:
    """How soon a decision is needed, as the words and tone of a tag."""
    if day is None:
        return _("No date"), "neutral"
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}, "danger"
    if days == 0:
        return _("Due today"), "danger"
    return _in_days(days), "warning" if days <= 3 else "neutral"


def _in_days(days: int) -> str:
    return ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}


def _case_state(state: str) -> str:
    return _("Being prepared") if state == "draft" else _("Returned with a question")


def overview(actor: Actor, project: Project) -> Overview:
    """The overview of a project the actor may see."""
    return Overview(project, queries.lists(project), actor)
