"""The shipped packs and document templates: complete, bilingual, consistent, and safe to edit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from tospann.packs.definition import (
    AuthorityRule,
    DecisionKind,
    Document,
    Pack,
    Role,
    Text,
)
from tospann.packs.library import (
    PACKS,
    document,
    documents,
    pack,
    packs,
)

# phases, gates, criteria, documents, registers
COUNTS = {
    "public_sector": (6, 6, 54, 15, 11),
    "construction": (8, 6, 29, 15, 13),
    "it_delivery": (5, 5, 23, 12, 13),
    "small_general": (3, 2, 9, 5, 5),
}
# fields in sections, columns of their tables, fields in the head, logs
DOCUMENT_COUNTS = {
    "benefits_realisation_plan": (10, 43, 9, 2),
    "business_case": (13, 8, 9, 2),
    "change_request": (17, 0, 0, 0),
    "closure_recommendation": (6, 0, 9, 2),
    "concept_evaluation_report": (6, 5, 9, 2),
    "concept_phase_mandate": (14, 0, 9, 2),
    "defects_list": (9, 0, 0, 0),
    "end_report": (19, 19, 9, 2),
    "exception_report": (8, 3, 0, 0),
    "handover_protocol": (9, 0, 0, 0),
    "lessons_log": (9, 0, 0, 0),
    "minutes": (11, 7, 0, 0),
    "notice_of_change": (13, 0, 0, 0),
    "phase_plan": (11, 0, 0, 0),
    "project_brief": (9, 0, 0, 0),
    "project_initiation_document": (25, 40, 9, 2),
    "project_proposal": (22, 25, 9, 2),
    "quality_register": (9, 0, 0, 0),
    "site_minutes": (15, 7, 0, 0),
    "status_report": (32, 21, 0, 0),
}
KINDS = {
    "baseline": {
        "concept_phase_mandate",
        "project_proposal",
        "business_case",
        "project_initiation_document",
        "benefits_realisation_plan",
        "phase_plan",
        "project_brief",
    },
    "record": {
        "change_request",
        "lessons_log",
        "quality_register",
        "notice_of_change",
        "defects_list",
    },
    "report": {
        "status_report",
        "exception_report",
        "minutes",
        "site_minutes",
        "closure_recommendation",
        "end_report",
        "handover_protocol",
        "concept_evaluation_report",
    },
}
# Words that are the same in both languages.
SAME = {
    *("ID", "Status", "Plan", "Trend", "Person", "Start", "Test", "Tester", "Controller"),
    *("Problem", "Force majeure", "CPI, SPI, SPI(t)", "A Start"),
}
each_pack = pytest.mark.parametrize("key", PACKS)
each_document = pytest.mark.parametrize("key", sorted(DOCUMENT_COUNTS))


def texts(value: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a definition with where it stands."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts(item, f"{place}.{number}")


def rules(key: str, kind: DecisionKind) -> list[AuthorityRule]:
    return [rule for rule in pack(key).authority if rule.kind == kind]


def always(key: str, kind: DecisionKind) -> tuple[Role, ...]:
    """Who decides a kind when nothing computed goes beyond a limit."""
    [rule] = [rule for rule in rules(key, kind) if rule.measure is None]
    return rule.deciders


def limits(key: str, kind: DecisionKind, measure: str) -> list[tuple[int | None, tuple[Role, ...]]]:
    return [(rule.limit, rule.deciders) for rule in rules(key, kind) if rule.measure == measure]


def test_there_are_four_packs_and_twenty_documents() -> None:
    assert tuple(known.key for known in packs()) == PACKS
    assert {known.key for known in documents()} == set(DOCUMENT_COUNTS)
    assert sum(len(known.phases) for known in packs()) == 22
    assert sum(len(known.gates) for known in packs()) == 19
    assert sum(len(gate.criteria) for known in packs() for gate in known.gates) == 115


@each_pack
def test_pack_counts(key: str) -> None:
    known = pack(key)
    criteria = sum(len(gate.criteria) for gate in known.gates)
    counts = len(known.phases), len(known.gates), criteria, len(known.documents)
    assert (*counts, len(known.registers)) == COUNTS[key]


@each_document
def test_document_counts(key: str) -> None:
    known = document(key)
    columns = sum(len(field.columns) for field in known.fields)
    found = len(known.fields), columns, len(known.header), len(known.logs)
    assert found == DOCUMENT_COUNTS[key]


def test_documents_behave_as_baseline_record_or_report() -> None:
    for kind, keys in KINDS.items():
        assert {known.key for known in documents() if known.kind == kind} == keys


@each_pack
def test_a_pack_holds_everything_a_project_is_started_from(key: str) -> None:
    known = pack(key)
    assert len(known.folders) >= 5
    assert len(known.meetings) >= 3
    assert len(known.plan) >= 10
    assert {tolerance.area for tolerance in known.tolerances} == {
        *("time", "cost", "scope", "quality", "risk", "benefits")
    }
    assert {role.role for role in known.roles if role.required_at_start} == {"owner", "manager"}
    assert all(register.columns for register in known.registers)
    assert {rule.kind for rule in known.authority} == set(get_args(DecisionKind))


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(KeyError):
        pack("prince")
    with pytest.raises(KeyError):
        document("poem")


@pytest.mark.parametrize("known", [*packs(), *documents()], ids=lambda known: known.key)
def test_every_text_is_in_both_languages(known: Pack | Document) -> None:
    found = list(texts(known))
    assert len(found) > 10
    same = [f"{place}: {text.nb}" for place, text in found if text.nb == text.en]
    assert [line for line in same if line.split(": ", 1)[1] not in SAME] == []
    norwegian = [f"{place}: {text.en}" for place, text in found if set("æøåÆØÅ") & set(text.en)]
    assert [line for line in norwegian if "Ø1" not in line] == []


def test_a_text_is_given_in_the_language_asked_for() -> None:
    text = Text(nb="Fase", en="Phase")
    assert [text.in_language(code) for code in ("nb", "nn-NO", "no", "nb_NO")] == ["Fase"] * 4
    assert [text.in_language(code) for code in ("en", "en-GB", "de")] == ["Phase"] * 3


def test_public_sector_gates_end_and_open_the_right_phases() -> None:
    links = {gate.code: (gate.after, gate.leads_into) for gate in pack("public_sector").gates}
    assert links == {
        "BP1": ("idea", "concept"),
        "BP2": ("concept", "planning"),
        "BP3": ("planning", "execution"),
        "BP4": ("execution", "closing"),
        "BP5": ("closing", "realisation"),
        "BP6": ("realisation", None),
    }


def test_other_packs_gates_end_and_open_the_right_phases() -> None:
    found = {
        gate.code: (gate.after, gate.leads_into)
        for key in ("construction", "it_delivery", "small_general")
        for gate in pack(key).gates
    }
    assert found["S3"] == ("concept_refinement", "detailed_design")
    assert found["S4"] == ("detailed_design", "production")
    assert found["S5"] == ("production", "handover")
    assert found["S6"] == ("handover", "use")
    assert found["G3"] == ("delivery", "acceptance")
    assert found["G5"] == ("closing", None)
    assert (found["A"], found["B"]) == (("start", "do"), ("finish", None))


def test_only_the_small_pack_has_gates_that_do_not_bind() -> None:
    for known in packs():
        assert {gate.binding for gate in known.gates} == {known.key != "small_general"}


@each_pack
def test_nobody_but_the_owner_changes_the_limits_and_the_coordinator_publishes_nothing(
    key: str,
) -> None:
    assert always(key, "authority") == always(key, "tolerance") == ("owner",)
    for kind in ("report", "gate", "team", "contract", "closing"):
        assert "coordinator" not in always(key, kind), kind
    more = limits(key, "budget", "cumulative_cost_change") + limits(key, "budget", "cost_change")
    assert ("coordinator",) not in {deciders for _limit, deciders in more}
    assert min(limit for limit, _deciders in more) == 0, "the budget is not the coordinator's"
    assert limits(key, "budget", "owner_reserve_released")
    assert limits(key, "sharing", "external_sharing") == [(0, ("manager",))]


def test_public_sector_authority_is_that_of_prosjektveiviseren() -> None:
    key = "public_sector"
    assert always(key, "baseline") == always(key, "gate") == ("owner",)
    assert always(key, "report") == always(key, "resource") == ("manager",)
    assert always(key, "benefit_plan") == ("benefit_responsible",)
    assert always(key, "plan") == ("coordinator", "manager")
    assert limits(key, "plan", "finish_change_days") == [(0, ("manager",)), (10, ("owner",))]
    for kind in ("plan", "budget"):
        assert limits(key, kind, "cumulative_cost_change") == [(250_000, ("owner",))]
        assert limits(key, kind, "cost_change") == [(0, ("manager",))]
        assert limits(key, kind, "owner_reserve_released") == [(0, ("owner",))]
    jointly = [gate.code for gate in pack(key).gates if gate.mode == "all"]
    assert jointly == ["BP3", "BP4", "BP5"]
    assert {gate.deciders for gate in pack(key).gates if gate.code in jointly} == {
        ("owner", "steering")
    }


def test_the_small_pack_leaves_five_days_and_the_budget_to_the_coordinator() -> None:
    key = "small_general"
    assert always(key, "plan") == ("coordinator", "manager")
    assert limits(key, "plan", "finish_change_days") == [(5, ("manager",))]
    assert limits(key, "plan", "cumulative_cost_change") == [(0, ("manager",))]
    settings = pack(key).settings
    assert settings.menu == ("overview", "plan", "tasks", "meetings", "documents", "reports")
    assert settings.features == ()
    assert settings.progress_mode == "three_states"
    assert not settings.cases_for_decisions


def test_roles_carry_the_words_of_the_field() -> None:
    def word(key: str, role: Role) -> str | None:
        label = pack(key).role_label(role)
        return label.nb if label else None

    assert word("public_sector", "steering") == "Prosjektstyre"
    assert word("construction", "owner") == "Byggherre"
    assert word("it_delivery", "guest") == "Kunde"
    assert "guest" in always("it_delivery", "acceptance")
    assert word("small_general", "steering") is None


@each_pack
def test_the_risk_matrix_is_stored_cells(key: str) -> None:
    matrix = pack(key).risk_matrix
    assert [len(row) for row in matrix.threats] == [5] * 5
    assert (matrix.threats[1][1], matrix.threats[0][3]) == ("green", "yellow"), "both are 4"
    assert matrix.threats[4][4] == "red"
    assert matrix.opportunities[4][4] == "green_4"
    names = [choice.label.nb for choice in pack(key).choice_list(matrix.threat_impact).values]
    assert names == ["Ubetydelig", "Lav", "Moderat", "Alvorlig", "Svært alvorlig"]


@each_pack
def test_the_plan_skeleton_runs_from_gate_to_gate(key: str) -> None:
    """Each gate milestone comes after the one before it, however the links go."""
    known = pack(key)
    before = {item.key: [link.item for link in item.predecessors] for item in known.plan}

    def reaches(item: str, wanted: str) -> bool:
        return any(near == wanted or reaches(near, wanted) for near in before[item])

    gates = [item.key for item in known.plan if item.gate]
    assert len(gates) == len(known.gates)
    assert all(reaches(later, earlier) for earlier, later in pairwise(gates))
    open_starts = [i.key for i in known.plan if i.kind != "summary" and not i.predecessors]
    assert len(open_starts) == 1
