"""The project's contacts, as documents list their stakeholders."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Change, Register, Row
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.stakeholders import commands, queries
from tospann.stakeholders.models import Contact

COLUMNS = ("unit", "name", "relation")


def register() -> None:
    live.keeps(Register("stakeholders", _("the project's contacts"), COLUMNS, _rows, _write, _link))
    live.refers("stakeholder", lambda of: [name for _pk, name in queries.contact_names(of)])


def _link(of: Project) -> str:
    return reverse("contacts", args=[of.key])


def _rows(of: Project, language: str) -> list[Row]:
    return [
        {
            REF: reference(one),
            ID: f"c{one.pk.hex[-12:]}",
            "unit": one.organisation or None,
            "name": one.name,
            "relation": one.title or None,
        }
        for one in queries.contacts(of).order_by("name")
        if one.is_active
    ]


def _write(actor: Actor, of: Project, changes: Sequence[Change]) -> None:
    for change in changes:
        name, unit, title = (_text(change.row.get(column)) for column in ("name", *COLUMNS[::2]))
        if not name:
            continue
        there = Contact.objects.filter(project=of)
        found = there.filter(pk=UUID(change.ref.rpartition(":")[2])) if change.ref else None
        same = there.filter(is_active=True, name__iexact=name)
        kept = (found or same).order_by("pk").first()
        if kept is None:
            commands.add_contact(actor, of, id=new_id(), name=name, organisation=unit, title=title)
            continue
        commands.change_contact(
            actor,
            kept,
            name=name,
            organisation=unit,
            title=title,
            email=kept.email,
            phone=kept.phone,
            person=kept.person_id,
        )


def _text(value: object) -> str:
    return str(value or "").strip()[:200]
