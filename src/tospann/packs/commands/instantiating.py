"""Each part of a pack as the commands that make it in a project. Runs inside ``start_project``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import planengine as engine
from tospann.blanks import commands as blank_commands
from tospann.blanks.models import BlankKind
from tospann.budget import commands as money
from tospann.cases import commands as cases
from tospann.cases import rules
from tospann.documents import commands as document_commands
from tospann.documents.models import Classification
from tospann.foundation.authority import Actor, Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands as meeting_commands
from tospann.meetings.models import Cadence
from tospann.packs import queries
from tospann.packs.definition import Criterion, Document, Gate, Pack, Text
from tospann.packs.skeleton import Placed
from tospann.planning import commands as planning
from tospann.planning.skeleton import WORKING_DAY, PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import CriterionKind, GateOutcome, Phase, Project

LISTS = ("roles", "functions", "status_areas", "goal_levels")


@dataclass(frozen=True)
class Words:
    """Texts in the project's language."""

    language: str

    def __call__(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def all_of(self, value: Any) -> Any:
        """The same data with every pair of languages replaced by the one text."""
        if isinstance(value, dict):
            if set(value) == {"nb", "en"}:
                return self(Text(**value))
            return {key: self.all_of(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.all_of(part) for part in value]
        return value


def follow(actor: Actor, project: Project, pack: Pack, words: Words) -> Project:
    return projects.follow_pack(
        actor,
        project,
        key=pack.key,
        version=pack.version,
        modules=[*pack.settings.menu, *pack.settings.features],
        role_labels={Role(role.role): words(role.label) for role in pack.roles},
    )


def phases(
    actor: Actor, project: Project, pack: Pack, words: Words, placed: Sequence[Placed]
) -> dict[str, Phase]:
    spans = {one.item.phase: one for one in placed if one.item.phase}
    return {
        phase.key: projects.add_phase(
            actor,
            project,
            key=phase.key,
            name=words(phase.name),
            description=words(phase.description),
            owner=phase.owner,
            starts_on=spans[phase.key].start if phase.key in spans else None,
            ends_on=spans[phase.key].finish if phase.key in spans else None,
        )
        for phase in pack.phases
    }


def gates(
    actor: Actor,
    project: Project,
    pack: Pack,
    words: Words,
    made: dict[str, Phase],
    placed: Sequence[Placed],
) -> None:
    due: dict[str | None, date] = {one.item.gate: one.finish for one in placed}
    names = {template.key: words(template.name) for template in queries.templates_of(pack)}
    for gate in pack.gates:
        added = projects.add_gate(
            actor,
            project,
            code=gate.code,
            name=words(gate.name),
            ends=made[gate.after].pk,
            opens=made[gate.leads_into].pk if gate.leads_into else None,
            deciders=[Role(role) for role in gate.deciders],
            mode=gate.mode,
            decider_label=words(gate.decider_label),
            is_binding=gate.binding,
            outcomes=[GateOutcome(outcome) for outcome in gate.outcomes],
            due_on=due.get(gate.key),
        )
        projects.add_criteria(actor, added, points=list(_points(gate, names, words)))


def _points(gate: Gate, names: dict[str, str], words: Words) -> Iterable[projects.Point]:
    for criterion in gate.criteria:
        yield _point(criterion, words(criterion.text))
    for key in gate.documents:
        yield projects.Point(text=names[key], kind=CriterionKind.DOCUMENT, document_key=key)


def _point(criterion: Criterion, text: str) -> projects.Point:
    """What nobody here can answer by rule is ticked off by hand."""
    if criterion.rule is None or rules.known(criterion.rule) is None:
        return projects.Point(text=text)
    is_decision = criterion.rule == rules.CASE_DECIDED
    kind = CriterionKind.DECISION if is_decision else CriterionKind.RULE
    return projects.Point(
        text=text, kind=kind, rule=criterion.rule, parameters=dict(criterion.parameters)
    )


def registers_and_lists(actor: Actor, project: Project, pack: Pack, words: Words) -> None:
    lines = [
        projects.RegisterLine(
            key=register.key,
            title=words(register.title),
            columns=words.all_of([c.model_dump(mode="json") for c in register.columns]),
        )
        for register in pack.registers
    ]
    projects.keep_registers(actor, project, registers=lines)
    stored = pack.model_dump(mode="json")
    lists = {chosen["key"]: words.all_of(chosen["values"]) for chosen in stored["choices"]}
    lists |= {key: words.all_of(stored[key]) for key in LISTS if stored[key]}
    lists["risk_matrix"] = [words.all_of(stored["risk_matrix"])]
    lists["pack_settings"] = [{**words.all_of(stored["settings"]), "pack_name": words(pack.name)}]
    projects.set_choice_lists(actor, project, lists=lists)


def limits(actor: Actor, project: Project, pack: Pack, words: Words) -> None:
    for tolerance in pack.tolerances:
        projects.set_tolerance(
            actor,
            project,
            area=tolerance.area,
            allowed=words(tolerance.allowed),
            days=tolerance.days,
            percent=tolerance.percent,
        )
    for rule in pack.authority:
        cases.add_authority_rule(
            actor,
            project,
            kind=rule.kind,
            measure=rule.measure or "",
            operator=rule.operator,
            limit=None if rule.limit is None else Decimal(rule.limit),
            deciders=[Role(role) for role in rule.deciders],
            mode=rule.mode,
        )


def budget(
    actor: Actor, project: Project, pack: Pack, words: Words, made: dict[str, Phase]
) -> None:
    """The accounts, without amounts; a pack without any leaves the budget to be started later."""
    lines = [
        money.FirstLine(
            code=line.code,
            name=words(line.name),
            phase=made[line.phase].pk if line.phase else None,
            is_running=line.running,
        )
        for line in pack.budget
    ]
    if lines:
        money.start_budget(actor, project, id=new_id(), lines=lines)


def folders(actor: Actor, project: Project, pack: Pack, words: Words) -> None:
    lines = [
        document_commands.FolderLine(
            number=folder.number,
            name=words(folder.name),
            phase=folder.phase or "",
            classification=Classification(folder.classification),
        )
        for folder in pack.folders
    ]
    if lines:
        document_commands.add_folders(actor, project, folders=lines)


def blanks(actor: Actor, project: Project, pack: Pack, words: Words) -> None:
    lines = [_blank(template, words) for template in queries.templates_of(pack)]
    if lines:
        blank_commands.add_blanks(actor, project, blanks=lines)


def _blank(template: Document, words: Words) -> blank_commands.BlankLine:
    approves = template.approved_by
    return blank_commands.BlankLine(
        key=template.key,
        name=words(template.name),
        kind=BlankKind(template.kind),
        gate=template.gate,
        prepared_by=words(template.prepared_by.label),
        approved_by=words(approves.label) if approves else "",
        definition=template.model_dump(mode="json", exclude_defaults=True),
    )


def meetings(actor: Actor, project: Project, pack: Pack, words: Words) -> None:
    lines = [
        meeting_commands.SeriesLine(
            key=series.key,
            name=words(series.name),
            cadence=Cadence(series.cadence),
            duration_minutes=series.duration_minutes,
            participants=[Role(role) for role in series.participants],
            agenda=[words(item) for item in series.agenda],
            phases=list(series.phases),
            minutes_template=series.minutes_template,
        )
        for series in pack.meetings
    ]
    if lines:
        meeting_commands.add_series(actor, project, series=lines)


def plan(actor: Actor, project: Project, words: Words, placed: Sequence[Placed]) -> None:
    rows = [_row(one, words) for one in placed]
    uids = {one.item.key: uid for uid, one in enumerate(placed, 1)}
    links = [
        engine.AddLink(engine.Link(uids[before], uids[one.item.key], lag=lag * WORKING_DAY))
        for one in placed
        for before, lag in one.lags
    ]
    edits = [*outline_edits(rows), *(engine.edit_to_json(link) for link in links)]
    planning.start_plan(actor, project, edits=edits)


def _row(one: Placed, words: Words) -> PlannedRow:
    row = PlannedRow(
        name=words(one.item.name),
        level=one.level,
        start=one.start,
        finish=one.finish,
        milestone=one.item.kind == "milestone",
        held=not one.lags,
    )
    return replace(row, start=None, finish=None) if one.item.kind == "summary" else row
