"""A pack or document template with a mistake in it is refused, and the error says where."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tospann.packs.definition import Document, Field, Pack
from tospann.packs.library import PackError, documents, load_document, load_pack, pack, packs

LIBRARY = Path(sys.modules["tospann.packs.library"].__file__ or "").parent


@pytest.mark.parametrize("known", [*packs(), *documents()], ids=lambda known: known.key)
def test_json_round_trip(known: Pack | Document) -> None:
    stored = json.loads(json.dumps(known.model_dump(mode="json"), ensure_ascii=False))
    assert type(known).model_validate(stored) == known


def test_a_definition_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        pack("small_general").version = 2


def edited(key: str) -> dict[str, Any]:
    return pack(key).model_dump(mode="json")


BROKEN: list[tuple[str, Any, str]] = [
    ("documents", [], "gates.A.documents: there is no project_brief"),
    ("choices", [], "there is no"),
    ("meetings.0.participants", ["auditor"], "meetings.kickoff.participants: there is no auditor"),
    ("meetings.0.minutes_template", "poem", "minutes_template: there is no poem"),
    ("gates.0.after", "dream", "gates.A.after: there is no dream"),
    ("gates.0.leads_into", None, "phases.do: needs exactly one way in"),
    ("gates.0.leads_into", "finish", "does not follow it"),
    ("gates.0.deciders", ["steering"], "gates.A.deciders: there is no steering"),
    ("gates.1.code", "A", "gate codes: used more than once: A"),
    ("phases.2.opens_freely", False, "phases.finish: needs exactly one way in"),
    ("folders.0.number", "1.7", "folders.1.7: there is no 1"),
    ("folders.0.phase", "dream", "folders.01.phase: there is no dream"),
    ("plan.1.predecessors", [{"item": "b"}], "links go in a circle"),
    ("plan.1.predecessors", [{"item": "x"}], "plan.brief.predecessors: there is no x"),
    ("plan.3.gate", None, "every gate needs exactly one"),
    ("authority.0.kind", "goal", "no rule without a measure for plan"),
    ("risk_matrix.threats.4.4", "green", "milder"),
    ("name.en", " ", "name.en"),
    ("settings.menu", ["overview", "overview"], "used more than once"),
    ("colour", "blue", "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("path", "value", "message"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_pack_says_what_is_wrong(path: str, value: Any, message: str) -> None:
    raw = edited("small_general")
    *way, last = path.split(".")
    place: Any = raw
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    with pytest.raises(ValidationError) as error:
        Pack.model_validate(raw)
    assert message in str(error.value)


def test_an_organisation_may_edit_a_copy() -> None:
    raw = {**edited("small_general"), "key": "our_own", "version": 7}
    raw["authority"][1]["limit"] = 8
    raw["gates"][0]["binding"] = True
    ours = Pack.model_validate(raw)
    assert (ours.key, ours.authority[1].limit, ours.gates[0].binding) == ("our_own", 8, True)


def test_a_larger_change_never_needs_a_weaker_decider() -> None:
    raw = edited("public_sector")
    for rule in raw["authority"]:
        if rule["kind"] == "plan" and rule["limit"] == 10:
            rule["deciders"] = ["coordinator"]
    with pytest.raises(ValidationError, match="weaker decider"):
        Pack.model_validate(raw)


CHOICE = {"key": "a", "label": {"nb": "a", "en": "a"}}


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"kind": "choice"}, "needs either choices or a choice_list"),
        (
            {"kind": "text", "choices": [{"key": "a", "label": {"nb": "a", "en": "a"}}]},
            "no choices",
        ),
        ({"kind": "ref"}, "refers_to"),
        ({"kind": "calc"}, "formula or a source"),
        ({"kind": "calc", "formula": "__import__('os')"}, "more than arithmetic"),
        ({"kind": "calc", "formula": "a.b"}, "more than arithmetic"),
        ({"kind": "calc", "formula": "9 ** 9 ** 9"}, "more than arithmetic"),
        ({"kind": "calc", "formula": "exit(1)"}, "more than arithmetic"),
        ({"kind": "calc", "formula": "'a' * 9"}, "more than arithmetic"),
        ({"kind": "calc", "formula": "1 +"}, "cannot read the formula"),
        ({"kind": "calc", "formula": "cost * 2"}, "no column cost"),
        ({"kind": "money[]"}, "length"),
        ({"kind": "poem"}, "Input should be"),
    ],
)
def test_a_broken_column_says_what_is_wrong(field: dict[str, Any], message: str) -> None:
    column = {"key": "it", "label": {"nb": "Det", "en": "It"}, **field}
    table = {"key": "t", "label": {"nb": "T", "en": "T"}, "kind": "table", "columns": [column]}
    with pytest.raises(ValidationError, match=message):
        Field.model_validate(table)


def test_errors_name_file_and_place(tmp_path: Path) -> None:
    file = tmp_path / "small_general.toml"
    text = (LIBRARY / "small_general.toml").read_text("utf-8")

    file.write_text(text.replace('en = "The goal is clear"', 'en = ""'), "utf-8")
    with pytest.raises(PackError, match=r"small_general\.toml: gates\.A\.criteria\.goal_clear\."):
        load_pack(file)

    file.write_text(text.replace('"project_brief"', '"poem"'), "utf-8")
    with pytest.raises(PackError, match=r"small_general\.toml: documents: .*poem"):
        load_pack(file)

    file.write_text(text.replace('  "task",', '  "wish",'), "utf-8")
    with pytest.raises(PackError, match=r"registers: shared\.toml has no wish"):
        load_pack(file)

    file.write_text(text + "\nkey = = 1", "utf-8")
    with pytest.raises(PackError, match=r"small_general\.toml: .*line \d+"):
        load_pack(file)


def test_a_document_file_is_named_by_its_key(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text((LIBRARY / "documents" / "project_brief.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(PackError, match=r"other\.toml: key: the file holds project_brief"):
        load_document(file)


def test_packs_need_no_django() -> None:
    code = (
        "import sys; from tospann.packs.library import packs, documents; packs(); documents(); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
