"""A whole pack, and the check that everything it mentions exists."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Self

from pydantic import Field as Bounds
from pydantic import StrictInt, model_validator

from tospann.packs.definition.authority import AuthorityRule, matrix_problems
from tospann.packs.definition.fields import ChoiceList
from tospann.packs.definition.parts import (
    BudgetLine,
    Folder,
    Function,
    Gate,
    GoalLevel,
    MeetingSeries,
    Phase,
    PlanItem,
    Register,
    RoleDefinition,
    StatusArea,
    Tolerance,
)
from tospann.packs.definition.risk import RiskMatrix
from tospann.packs.definition.settings import Settings
from tospann.packs.definition.words import Definition, Key, Role, Text, Words, repeated


class Pack(Definition):
    """Everything a project is started from. ``documents`` are keys in the document library."""

    key: Key
    version: Annotated[StrictInt, Bounds(ge=1)]
    name: Text
    description: Text
    sources: tuple[Words, ...]
    settings: Settings
    phases: Annotated[tuple[Phase, ...], Bounds(min_length=1)]
    gates: tuple[Gate, ...]
    registers: tuple[Register, ...]
    documents: tuple[Key, ...]
    folders: tuple[Folder, ...]
    roles: Annotated[tuple[RoleDefinition, ...], Bounds(min_length=1)]
    functions: tuple[Function, ...] = ()
    meetings: tuple[MeetingSeries, ...]
    plan: tuple[PlanItem, ...]
    tolerances: tuple[Tolerance, ...]
    choices: tuple[ChoiceList, ...]
    risk_matrix: RiskMatrix
    status_areas: Annotated[tuple[StatusArea, ...], Bounds(min_length=1)]
    goal_levels: Annotated[tuple[GoalLevel, ...], Bounds(min_length=1)]
    authority: tuple[AuthorityRule, ...]
    budget: tuple[BudgetLine, ...] = ()

    def phase(self, key: str) -> Phase:
        """The phase with this key; KeyError when there is none."""
        return {phase.key: phase for phase in self.phases}[key]

    def gate_after(self, phase: str) -> Gate | None:
        """The gate that ends the phase, if it has one."""
        return next((gate for gate in self.gates if gate.after == phase), None)

    def choice_list(self, key: str) -> ChoiceList:
        """The named list of values; KeyError when there is none."""
        return {choices.key: choices for choices in self.choices}[key]

    def role_label(self, role: Role) -> Text | None:
        """What the pack calls a role, or None when it leaves the portal's own word."""
        return next((known.label for known in self.roles if known.role == role), None)

    @model_validator(mode="after")
    def _everything_mentioned_exists(self) -> Self:
        problems = [
            *_repeated_keys(self),
            *_phase_problems(self),
            *_gate_problems(self),
            *_role_problems(self),
            *_reference_problems(self),
            *_plan_problems(self),
            *_matrix_size_problems(self),
            *matrix_problems(self.authority),
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _missing(place: str, wanted: Iterable[str | None], known: Iterable[str]) -> Iterator[str]:
    existing = set(known)
    unknown = [key for key in wanted if key is not None and key not in existing]
    if unknown:
        yield f"{place}: there is no {', '.join(unknown)}"


def _repeated_keys(pack: Pack) -> Iterator[str]:
    lists: dict[str, list[str]] = {
        "phases": [phase.key for phase in pack.phases],
        "gates": [gate.key for gate in pack.gates],
        "gate codes": [gate.code for gate in pack.gates],
        "registers": [register.key for register in pack.registers],
        "documents": list(pack.documents),
        "folders": [folder.number for folder in pack.folders],
        "roles": [role.role for role in pack.roles],
        "functions": [function.key for function in pack.functions],
        "meetings": [series.key for series in pack.meetings],
        "plan": [item.key for item in pack.plan],
        "tolerances": [tolerance.area for tolerance in pack.tolerances],
        "choices": [choices.key for choices in pack.choices],
        "status_areas": [area.key for area in pack.status_areas],
        "goal_levels": [level.key for level in pack.goal_levels],
        "budget": [line.code for line in pack.budget],
    }
    for name, keys in lists.items():
        if twice := repeated(keys):
            yield f"{name}: used more than once: {', '.join(twice)}"


def _phase_problems(pack: Pack) -> Iterator[str]:
    """Every phase but the first is reached by exactly one gate, or says that it opens freely."""
    for number, phase in enumerate(pack.phases):
        gates = [gate.code for gate in pack.gates if gate.leads_into == phase.key]
        ways = len(gates) + phase.opens_freely + (number == 0)
        if ways != 1:
            found = ", ".join(gates) or "none"
            yield f"phases.{phase.key}: needs exactly one way in (gates into it: {found})"
    for key in repeated(gate.after for gate in pack.gates):
        yield f"phases.{key}: is ended by more than one gate"


def _gate_problems(pack: Pack) -> Iterator[str]:
    order = {phase.key: number for number, phase in enumerate(pack.phases)}
    for gate in pack.gates:
        place = f"gates.{gate.code}"
        yield from _missing(f"{place}.after", [gate.after], order)
        yield from _missing(f"{place}.leads_into", [gate.leads_into], order)
        yield from _missing(f"{place}.documents", gate.documents, pack.documents)
        ends, opens = order.get(gate.after), order.get(gate.leads_into or "")
        if ends is not None and opens is not None and opens != ends + 1:
            yield f"{place}: leads from {gate.after} to {gate.leads_into}, which does not follow it"


def _role_problems(pack: Pack) -> Iterator[str]:
    known = [role.role for role in pack.roles]
    for gate in pack.gates:
        yield from _missing(f"gates.{gate.code}.deciders", gate.deciders, known)
    for series in pack.meetings:
        yield from _missing(f"meetings.{series.key}.participants", series.participants, known)
    for function in pack.functions:
        yield from _missing(f"functions.{function.key}.role", [function.role], known)
    for rule in pack.authority:
        yield from _missing(f"authority.{rule.kind}.deciders", rule.deciders, known)


def _reference_problems(pack: Pack) -> Iterator[str]:
    phases = [phase.key for phase in pack.phases]
    lists = [choices.key for choices in pack.choices]
    numbers = [folder.number for folder in pack.folders]
    matrix = pack.risk_matrix
    for folder in pack.folders:
        yield from _missing(f"folders.{folder.number}", [folder.parent], numbers)
        yield from _missing(f"folders.{folder.number}.phase", [folder.phase], phases)
    for line in pack.budget:
        yield from _missing(f"budget.{line.code}", [line.phase], phases)
    for series in pack.meetings:
        place = f"meetings.{series.key}"
        yield from _missing(f"{place}.phases", series.phases, phases)
        yield from _missing(f"{place}.minutes_template", [series.minutes_template], pack.documents)
    for register in pack.registers:
        wanted = [column.choice_list for column in register.columns]
        yield from _missing(f"registers.{register.key}.choice_list", wanted, lists)
    scales = [matrix.probability, matrix.threat_impact, matrix.opportunity_impact]
    yield from _missing("risk_matrix", scales, lists)


def _plan_problems(pack: Pack) -> Iterator[str]:
    items = {item.key: item for item in pack.plan}
    above: set[str] = set()
    for item in pack.plan:
        place = f"plan.{item.key}"
        yield from _missing(f"{place}.parent (above it)", [item.parent], above)
        if item.kind == "summary":
            above.add(item.key)
        before = [link.item for link in item.predecessors]
        leaves = (key for key, known in items.items() if known.kind != "summary")
        yield from _missing(f"{place}.predecessors", before, leaves)
    phases = [phase.key for phase in pack.phases]
    shown = [item.phase for item in pack.plan if item.phase]
    if shown != [phase for phase in phases if phase in shown]:
        yield f"plan: has summaries for {', '.join(shown)}, which are not phases in their order"
    marked = [item.gate for item in pack.plan if item.gate]
    if sorted(marked) != sorted(gate.key for gate in pack.gates):
        yield f"plan: gate milestones are {marked}; every gate needs exactly one"
    yield from _cycles(pack.plan)


def _cycles(plan: tuple[PlanItem, ...]) -> Iterator[str]:
    graph = {item.key: [link.item for link in item.predecessors] for item in plan}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"plan: links go in a circle: {' → '.join(error.args[1])}"


def _matrix_size_problems(pack: Pack) -> Iterator[str]:
    matrix = pack.risk_matrix
    sizes = {choices.key: len(choices.values) for choices in pack.choices}
    for name, cells, impact in (
        ("threats", matrix.threats, matrix.threat_impact),
        ("opportunities", matrix.opportunities, matrix.opportunity_impact),
    ):
        wanted = sizes.get(matrix.probability), sizes.get(impact)
        if None not in wanted and wanted != (len(cells), len(cells[0])):
            yield f"risk_matrix.{name}: {len(cells)} × {len(cells[0])} cells, scales are {wanted}"
