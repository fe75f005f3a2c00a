"""Reading the document templates of a project."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from tospann.blanks.models import Blank
from tospann.projects.models import Project


def blanks(of: Project) -> QuerySet[Blank]:
    return Blank.objects.filter(project=of).defer("definition").order_by("position")


def blank(of: Project, key: str) -> Blank:
    found = Blank.objects.filter(project=of, key=key).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Asked:
    """One field of a template as it is previewed."""

    label: str
    kind: str
    help: str
    required: bool
    parts: tuple[str, ...]
    """Columns of a table, or the values to choose from."""


@dataclass(frozen=True)
class Part:
    title: str
    help: str
    fields: tuple[Asked, ...]


def parts(of: Blank, language: str) -> list[Part]:
    """The sections of the template in one language, each with its fields."""
    return [
        Part(
            title=_text(section.get("title"), language),
            help=_text(section.get("help"), language),
            fields=tuple(_asked(field, language) for field in section.get("fields", ())),
        )
        for section in of.definition.get("sections", ())
    ]


def _asked(field: dict[str, Any], language: str) -> Asked:
    inside = field.get("columns") or field.get("choices") or ()
    return Asked(
        label=_text(field.get("label"), language),
        kind=str(field.get("kind", "")),
        help=_text(field.get("help"), language),
        required=bool(field.get("required")),
        parts=tuple(_text(one.get("label"), language) for one in inside),
    )


def _text(value: Any, language: str) -> str:
    if not isinstance(value, dict):
        return ""
    return str(value.get("nb" if language.startswith("n") else "en") or "")
