"""What the pages of a filled-in template show, as the templates want it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from tospann.blanks import completeness, live, queries, values
from tospann.blanks.content import Content
from tospann.blanks.definition import Column, Field, Section
from tospann.blanks.models import Comment, Filled
from tospann.documents.models import Attachment
from tospann.projects import queries as projects


@dataclass(frozen=True)
class Told:
    """A section as it is shown: its fields, how far it has come, what was said of it."""

    section: Section
    progress: completeness.Progress
    comments: Sequence[Comment]

    @property
    def waiting(self) -> int:
        return sum(one.settled_at is None for one in self.comments)


@dataclass(frozen=True)
class Suggested:
    """What the portal would write in a field."""

    label: str | Promise
    text: str


class Shown:
    """Answers what the template of a form asks about a field."""

    currency = "kr"

    def __init__(self, filled: Filled, content: Content) -> None:
        self.filled, self.content, self.language = filled, content, content.language
        self._team: list[str] | None = None
        self._names: dict[str, list[str]] = {}
        self._files: dict[str, Attachment] | None = None

    def text(self, column: Column, value: Any) -> str:
        return values.shown(column, value, self.language)

    def words(self, field: Field, value: Any) -> str:
        """A whole field in words, a table row by row."""
        if field.kind != "table":
            return self.text(field, value)
        return "\n".join(
            " · ".join(self.text(c, row.get(c.key)) or "–" for c in field.columns)
            for row in live.visible(values.rows_of(value))
        )

    def part(self, value: Any, place: int, column: Column) -> str:
        """One amount of a row of periods."""
        if not isinstance(value, list) or place >= len(value):
            return ""
        return values.shown(Column(column.key, "", "money"), value[place], self.language)

    def value(self, field: Field) -> Any:
        return self.content.values.get(field.address)

    def number(self, field: Field) -> int:
        return self.content.numbers.get(field.address, 0)

    def wrong(self, column: Column, value: Any) -> str:
        return values.problem(column, value)

    def register(self, field: Field) -> live.Register | None:
        return live.register(field.source) if field.kind == "table" else None

    def is_new(self, field: Field, row: live.Row) -> bool:
        """Whether the row is not in its register yet, or says something else there."""
        register = self.register(field)
        if register is None or register.write is None:
            return False
        return bool(live.differences(register, [row])) and not values.is_empty(row)

    def suggested(self, field: Field) -> Suggested | None:
        known = live.suggester(field.source) if field.kind != "table" else None
        if known is None:
            return None
        label, suggest = known
        text = suggest(self.filled.project, self.language)
        return Suggested(label, text) if text and values.is_empty(self.value(field)) else None

    def team(self) -> list[str]:
        if self._team is None:
            self._team = [name for _pk, name in projects.team(self.filled.project)]
        return self._team

    def names(self, what: str) -> list[str]:
        if what not in self._names:
            self._names[what] = live.names_of(what, self.filled.project)
        return self._names[what]

    def pointed_at(self) -> list[str]:
        """Every kind of thing that a field of this template may point at."""
        columns = [c for one in self.content.form for c in (one, *one.columns)]
        return sorted({column.refers_to for column in columns if column.refers_to})

    def files(self, field: Field) -> list[Attachment]:
        if self._files is None:
            born = Attachment.objects.filter(born_in=f"blanks.filled:{self.filled.pk}")
            self._files = {str(one.pk): one for one in born.select_related("project")}
        kept = self.value(field)
        ids = kept if isinstance(kept, list) else [kept]
        return [self._files[str(pk)] for pk in ids if str(pk) in self._files]


def told(of: Filled, content: Content) -> list[Told]:
    said = queries.comments(of)
    return [
        Told(one, completeness.of_section(content, one), said.get(one.key, ()))
        for one in content.form.sections
    ]
