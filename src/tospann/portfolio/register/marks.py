"""What the lists across projects have in common: a row's project, and words that are marked."""

from typing import Any, Self

from django.urls import reverse


class Mark(str):
    """Words that are marked on the page and plain in a file."""

    __slots__ = ("html",)
    html: str

    @classmethod
    def of(cls, words: str, html: str) -> Self:
        made = cls(words)
        made.html = html
        return made

    def __html__(self) -> str:
        return self.html


def in_project(row: dict[str, Any]) -> str:
    return str(row["project__name"])


def project_address(row: dict[str, Any]) -> str:
    return reverse("overview", args=[row["project__key"]])
