"""Rules about the Python code that neither ruff, mypy nor import-linter can express."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
BANNED_NAMES = {
    "common", "helper", "helpers", "manager", "managers", "misc", "service", "services",
    "util", "utils",
}  # fmt: skip
WRITES_AND_RAW_READS = {
    "objects", "save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create",
}  # fmt: skip


def named(path):
    return str(path.relative_to(ROOT / "src"))


def every(paths):
    return pytest.mark.parametrize("path", paths, ids=named)


def of_kind(*kinds):
    """Modules called so or ending so (`gate_views`), and what lies in folders called so."""
    return [
        path
        for path in SOURCES
        if "tospann" in path.parts
        and ({path.stem, path.stem.rpartition("_")[2], *path.parts[:-1]} & set(kinds))
    ]


@cache
def tree(path):
    return ast.parse(path.read_text(), str(path))


def functions(path):
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(function):
    return function.end_lineno - function.lineno + 1


@every(SOURCES)
def test_a_file_is_one_room_and_a_function_one_thought(path):
    assert path.read_text().count("\n") <= 400, "make it a folder of the same name"
    assert [f"{f.name}: {length(f)} lines" for f in functions(path) if length(f) > 50] == []


def test_most_functions_are_short():
    lengths = sorted(length(f) for path in SOURCES for f in functions(path))
    assert lengths[int(len(lengths) * 0.95)] <= 35


@every(SOURCES)
def test_a_module_says_what_it_is_for_and_has_a_name_that_does(path):
    assert not BANNED_NAMES & set(path.relative_to(ROOT / "src").with_suffix("").parts)
    if path.stat().st_size:
        assert ast.get_docstring(tree(path)), "one or two sentences at the top"


@every(of_kind("views", "api"))
def test_pages_and_api_read_through_queries_and_write_through_commands(path):
    found = [
        f"line {node.lineno}: .{node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in WRITES_AND_RAW_READS
        and not (isinstance(node.value, ast.Name) and node.value.id in {"router", "api"})
    ]
    assert found == []


@every(of_kind("views"))
def test_a_view_is_short(path):
    views = [f for f in functions(path) if f.args.args and f.args.args[0].arg == "request"]
    long = [f"{v.name}: {v.end_lineno - v.body[0].lineno + 1} lines" for v in views
            if v.end_lineno - v.body[0].lineno >= 20]  # fmt: skip
    assert long == []


@every(of_kind("views", "api"))
def test_pages_and_api_ask_for_a_ruling_never_for_a_role(path):
    conditions = [
        node.test for node in ast.walk(tree(path)) if isinstance(node, ast.If | ast.IfExp)
    ]
    asked = [
        f"line {part.lineno}"
        for condition in conditions
        for part in ast.walk(condition)
        if getattr(part, "attr", getattr(part, "id", "")) in {"role", "roles", "is_superuser"}
    ]
    assert asked == []


@every(of_kind("commands", "queries", "models"))
def test_commands_queries_and_models_know_no_http(path):
    """But for one word: a query that finds nothing the actor may see says that it is not there."""
    imported = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    if "queries" in {path.stem, path.stem.rpartition("_")[2], path.parent.name}:
        imported.discard("django.http.Http404")
    assert not [name for name in imported if name.startswith(("django.http", "django.shortcuts"))]


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out
