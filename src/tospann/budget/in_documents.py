"""What documents say of the money: the budget line by line, and its total."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tospann.blanks import live
from tospann.blanks.live import Drawn
from tospann.budget import queries
from tospann.projects.models import Project
from tospann.ui import formats


def register() -> None:
    live.draws("budget", _budget)
    live.suggests("budget.total", gettext_lazy("the total of the budget"), _total)


def _budget(of: Project, language: str) -> Drawn:
    found = queries.money(of)
    source, link = _("From the project's budget"), reverse("money", args=[of.key])
    if not found.has_budget:
        return Drawn(source, link)
    lines = [(f"{one.code} {one.name}".strip(), one.amount, one.approved) for one in found.lines]
    lines.append((_("The manager's reserve"), found.manager.left, None))
    lines.append((_("The owner's reserve"), found.owner.left, None))
    lines.append((_("Total"), found.total, found.approved))
    rows = tuple(
        (
            name,
            formats.money(amount, language),
            "–" if approved is None else formats.money(approved, language),
        )
        for name, amount, approved in lines
    )
    return Drawn(source, link, "", (_("Line"), _("Amount"), _("Approved")), rows, (1, 2))


def _total(of: Project, language: str) -> str:
    found = queries.money(of)
    return formats.number(found.total, language) if found.has_budget else ""
