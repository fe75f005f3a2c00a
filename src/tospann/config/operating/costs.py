"""Costs from the command line: a file tried, then recorded, as the page does it."""

import argparse
from typing import Any

from tospann.config.operating.refusals import Refused, say


def import_costs(asked: argparse.Namespace) -> int:
    """Try the file; 1 with every cell that stands in the way, else record it (unless dry)."""
    import django

    django.setup()
    from tospann.config.operating import database
    from tospann.config.operating.plans import actor_of
    from tospann.foundation.errors import CommandError
    from tospann.projects.models import Project

    database.prepare()
    project = Project.objects.filter(key=asked.project.upper()).first()
    if project is None:
        raise Refused(f"There is no project {asked.project}.")
    if not asked.file.is_file():
        raise Refused(f"There is no file {asked.file}.")
    try:
        return _imported(actor_of(asked.email), project, asked)
    except CommandError as error:
        raise Refused(error.message) from error


def _imported(actor: Any, project: Any, asked: argparse.Namespace) -> int:
    from tospann.budget import jobs
    from tospann.budget.importing import staging

    with asked.file.open("rb") as file:
        staged = staging.stage(actor, project, file, asked.file.name)
    if asked.line:
        staged = staging.remap(staged, {**staged.mapping, "line": _line(project, asked.line)})
    report = staged.report
    if "missing" in report:
        raise Refused(report["missing"])
    for cell, why in report["problems"]:
        say(f"{cell}: {why}")
    say(
        f"{report['rows']} costs, {report['total']} NOK; {report['already']} recorded before; "
        f"{report['problem_count']} to put right."
    )
    if report["problem_count"] or asked.dry_run or not report["rows"]:
        say("Nothing was recorded.")
        return 1 if report["problem_count"] else 0
    batch = jobs.record(actor, staged)
    say(f"Recorded as batch {batch.number}.")
    return 0


def _line(project: Any, code: str) -> str:
    from tospann.budget.models import BudgetLine

    found = BudgetLine.objects.filter(project=project, code=code).first()
    if found is None:
        raise Refused(f"There is no budget line {code}.")
    return str(found.pk)
