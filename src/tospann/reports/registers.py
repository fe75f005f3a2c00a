"""What the registers say to a report: problems, risks that moved, deviations."""

from datetime import date
from typing import Any

from tospann.projects.models import Project
from tospann.risks import queries as risks

MOST = 12
TOP = 3
MANY = 200
CRITICAL = 4
"""The rank of the cells that nobody accepts without a decided response."""


def collect(project: Project, since: date) -> dict[str, Any]:
    """``problems``, ``risks`` (moved since), ``top_risks`` and ``deviations``, as plain data."""
    moved = [one for one in risks.moved_since(project, since) if one.kind != "deviation"]
    return {
        "problems": _open(risks.open_problems(project)),
        "deviations": _open(risks.open_deviations(project)),
        "risks": [
            {
                "kind": one.kind,
                "number": one.number,
                "title": one.title,
                "direction": one.direction,
                "link": one.link,
            }
            for one in moved
            if one.direction != "changed"
        ][: 2 * MOST],
        **_threats(project),
    }


def _threats(project: Project) -> dict[str, Any]:
    """The worst threats, and how many critical ones have a response and how many have none."""
    rows = risks.top_risks(project, MANY)
    worst = [row for row in rows if row["level"] and row["level"].rank >= CRITICAL]
    return {
        "top_risks": [
            {
                "number": row["number"],
                "title": row["title"],
                "who": row["owner_name"] or "",
                "level": row["level"].word if row["level"] else "",
                "rank": row["level"].rank if row["level"] else 0,
            }
            for row in rows[:TOP]
        ],
        "critical": len(worst),
        "critical_unanswered": sum(not row["strategy"] for row in worst),
    }


def _open(rows: Any) -> list[dict[str, Any]]:
    """The open rows of a register, the most urgent first."""
    shown = rows.values_list("number", "title", "due_on", "owner__name")[: 2 * MOST]
    return [
        {
            "number": number,
            "title": title,
            "due": due.isoformat() if due else None,
            "who": owner or "",
        }
        for number, title, due, owner in shown
    ]
