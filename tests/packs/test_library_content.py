"""The shipped packs hold every Norwegian text and field of the content they were made from."""

import json
from pathlib import Path
from typing import Any

import pytest

from tospann.packs.definition import Column, Document, Field
from tospann.packs.library import PACKS, document, documents, pack

TEMPLATES = Path(__file__).parents[3] / "shared" / "domain" / "templates.json"
CONTENT: dict[str, Any] = json.loads(TEMPLATES.read_text("utf-8")) if TEMPLATES.exists() else {}
needs_content = pytest.mark.skipif(not CONTENT, reason="the content the packs were made from")
# Labels that held a list, a formula or a numbering rule, which is now choices, rows and so on.
CLEANED = {
    "Nivå (virksomhets-, effekt-, resultatmål)": "Nivå",
    "Konkurranse, metode, kvalitet, innføring, usikkerhet, konfigurasjon, test": "Strategi",
    "Tid, kostnad, omfang, kvalitet, usikkerhet, gevinster": "Område",
    "Hvor gevinsten oppstår (egen, stat, kommune, næringsliv, innbyggere)": (
        "Hvor gevinsten oppstår"
    ),
    "Budsjettreduksjon, kvalitet, tjenesteutvikling, kompetanse, annet": "Anvendelse",
    "Viktighet (lav, moderat, høy)": "Viktighet",
    "Risikoprofil (lav, moderat, høy)": "Risikoprofil",
    "Nullpunkt, midtveis, slutt": "Måletidspunkt",
    "Linje (P, D, B, netto)": "Linje",
    "Linje (P, D, B, B-P-D)": "Linje",
    "P, BH, FG, netto": "Linje",
    "Usikkerhetsjustert = (MO+3*MS+MP)/5": "Usikkerhetsjustert",
    "ID (Ø1..)": "ID",
    "ID (V1..)": "ID",
    "ID (K1..)": "ID",
    "Saksnr. (løpenummer/år)": "Saksnr.",
}
DECIDER = {"executive": "owner", "project_owner": "owner", "client": "owner", "line": "owner"}
LABEL = {
    "executive": "Virksomhetsledelsen",
    "project_owner": "Prosjekteier",
    "client": "Byggherre",
    "line": "Linjen",
    "parties": "Partene",
    "line_manager": "Linjeleder",
    "concept_lead": "Leder av konseptfasen",
    "project_manager": "Prosjektleder",
    "project_coordinator": "Prosjektkoordinator",
    "construction_manager": "Byggeleder",
    "contractor": "Entreprenør",
    "benefit_responsible": "Gevinstansvarlig",
    "meeting_chair": "Møteleder",
    "anyone": "Hvem som helst i prosjektet",
    "by_authority_limit": "Den som har fullmakt etter fullmaktsmatrisen",
}

each_pack = pytest.mark.parametrize("key", PACKS)
each_document = pytest.mark.parametrize("key", [known.key for known in documents()])


@needs_content
@each_pack
def test_phases_gates_and_criteria_are_those_of_the_content(key: str) -> None:
    [given] = [entry for entry in CONTENT["templates"] if entry["id"] == key]
    known = pack(key)
    assert (known.name.nb, known.name.en) == (given["nb"], given["en"])
    assert [(p.key, p.name.nb) for p in known.phases] == [
        (p["id"], p["nb"]) for p in given["phases"]
    ]
    for phase, source in zip(known.phases, given["phases"], strict=True):
        assert (phase.key, phase.name.nb) == (source["id"], source["nb"])
        assert phase.repeatable_stages is source.get("repeatable_stages", False)
        assert phase.owner == source.get("owner", phase.owner)
    for gate, source in zip(known.gates, given["gates"], strict=True):
        assert (gate.code, gate.name.nb) == (source["id"], source["nb"])
        by_hand = [point.text.nb for point in gate.criteria if not point.rule]
        assert by_hand == source["checklist"], "what a rule tries comes besides"
        assert list(gate.documents) == source["required_documents"]
        assert list(gate.outcomes) == source["outcomes"]
        assert DECIDER[source["decider"]] in gate.deciders
        assert gate.decider_label.nb.startswith(LABEL[source["decider"]])


@needs_content
@each_pack
def test_registers_documents_and_status_areas_of_the_content_are_kept(key: str) -> None:
    [given] = [entry for entry in CONTENT["templates"] if entry["id"] == key]
    known = pack(key)
    assert list(known.documents) == given["documents"]
    extra = {"contract", "defect"} if key == "it_delivery" else set()
    assert {register.key for register in known.registers} == {*given["registers"], *extra}
    areas = {area.key for area in known.status_areas}
    assert set(given.get("status_areas_extra", [])) <= areas


@needs_content
@each_document
def test_every_field_of_the_content_is_kept(key: str) -> None:
    given, known = CONTENT["documents"][key], document(key)
    assert (known.name.nb, known.name.en, known.gate) == (given["nb"], given["en"], given["gate"])
    assert known.prepared_by.label.nb == LABEL[given["prepared_by"]]
    approver = given["approved_by"]
    assert (known.approved_by and known.approved_by.label.nb) == (approver and LABEL[approver])
    assert bool(known.note) == bool(given["note"])
    same_fields(known.fields, given["fields"], in_order=False)
    same_fields(known.header, given.get("header", []))
    same_fields(known.logs, given.get("logs", []))


def same_fields(
    known: tuple[Field | Column, ...], given: list[dict[str, Any]], *, in_order: bool = True
) -> None:
    assert {field.key for field in known} == {source["id"] for source in given}
    if in_order:
        assert [field.key for field in known] == [source["id"] for source in given]
    sources = {source["id"]: source for source in given}
    for field in known:
        source = sources[field.key]
        assert field.label.nb == CLEANED.get(source["nb"], source["nb"])
        assert field.kind == {"rich": "rich_text"}.get(source["type"], source["type"])
        if "choices" in source:
            assert [choice.label.nb for choice in field.choices] == source["choices"]
        if source.get("columns"):
            assert isinstance(field, Field)
            same_fields(field.columns, source["columns"])


def test_lists_inside_labels_became_choices_and_rows() -> None:
    plan, initiation = (
        document("benefits_realisation_plan"),
        document("project_initiation_document"),
    )

    def labels(known: Document, table: str, column: str) -> list[str]:
        [found] = [col for col in known.field(table).columns if col.key == column]
        return [choice.label.nb for choice in found.choices]

    assert labels(initiation, "goals", "level") == ["Virksomhetsmål", "Effektmål", "Resultatmål"]
    assert labels(plan, "measurements", "when") == ["Nullpunkt", "Midtveis", "Slutt"]
    assert len(labels(plan, "summary", "where")) == 5
    assert labels(plan, "measures", "risk") == ["Lav", "Moderat", "Høy"]
    assert [row.key for row in document("business_case").field("cost_benefit").rows] == [
        *("p", "d", "b", "net")
    ]
    [adjusted] = [c for c in document("business_case").field("cost_benefit").columns if c.formula]
    assert adjusted.formula == "(optimistic + 3 * most_likely + pessimistic) / 5"


def test_stakeholder_tables_warn_and_are_restricted() -> None:
    for key in ("project_initiation_document", "project_proposal"):
        field = document(key).field("stakeholders")
        assert field.restricted
        assert field.help is not None
        assert "personlige vurderinger" in field.help.nb
