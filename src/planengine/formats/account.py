"""The account of a file read or written: what was kept, what was not, and what was mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planengine.formats.wording import KEPT, LOST, MENDED
from planengine.model import Plan
from planengine.phrases import say

_MOST_WARNINGS = 1000


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A plan read from a file, and the account of it.

    `kept` counts by kind (`activity`, `link`, `calendar` …); `lost` lists what the plan has no
    place for; `warnings` what was mended on the way.
    """

    plan: Plan
    kept: Mapping[str, int]
    lost: tuple[Loss, ...]
    warnings: tuple[Repair, ...]

    def describe(self, language: str = "en") -> tuple[str, ...]:
        """The account in plain sentences in nb or en: kept, not kept, mended."""
        return tell(self.kept, self.lost, self.warnings, language)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something the plan has no place for: `count` times `what`, first seen at `where`."""

    kind: str
    where: str
    what: str
    count: int

    def sentence(self, language: str = "en") -> str:
        """The loss as a sentence in nb or en."""
        return say(LOST, self.kind, language, {"count": str(self.count), "names": self.what})


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that could not stand as it was and was mended: how (`code`), where and what."""

    code: str
    where: str
    detail: str = ""

    def sentence(self, language: str = "en") -> str:
        """What was mended, as a sentence in nb or en, beginning with the place."""
        return f"{self.where}: {say(MENDED, self.code, language, {'detail': self.detail})}"


class Account:
    """Counts while the file is read."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.warnings: list[Repair] = []
        self._first: dict[tuple[str, str], str] = {}
        self._count: dict[tuple[str, str], int] = {}

    def keep(self, kind: str, count: int = 1) -> None:
        """Count something kept."""
        if count:
            self.kept[kind] = self.kept.get(kind, 0) + count

    def lose(self, kind: str, where: str, what: str, count: int = 1) -> None:
        """Count something not kept."""
        if count:
            key = (kind, what)
            self._first.setdefault(key, where)
            self._count[key] = self._count.get(key, 0) + count

    def warn(self, code: str, where: str, detail: object = "") -> None:
        """Remember something mended; the first thousand."""
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(Repair(code, where, str(detail)))

    def losses(self) -> tuple[Loss, ...]:
        """What was lost, by kind and name."""
        return tuple(
            Loss(kind, self._first[kind, what], what, count)
            for (kind, what), count in sorted(self._count.items())
        )


def tell(
    kept: Mapping[str, int], lost: Iterable[Loss], warnings: Iterable[Repair], language: str
) -> tuple[str, ...]:
    """The whole account in sentences: what was kept, what was not, what was mended."""
    lines = [
        say(KEPT, kind, language, {"count": str(kept[kind])}) for kind in KEPT if kept.get(kind)
    ]
    counts: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for loss in lost:
        counts[loss.kind] = counts.get(loss.kind, 0) + loss.count
        names.setdefault(loss.kind, []).append(loss.what)
    not_kept = "Ikke beholdt" if language == "nb" else "Not kept"
    for kind, count in counts.items():
        shown = ", ".join(names[kind][:8]) + (" …" if len(names[kind]) > 8 else "")
        said = say(LOST, kind, language, {"count": str(count), "names": shown})
        lines.append(f"{not_kept} – {said}")
    lines.extend(warning.sentence(language) for warning in warnings)
    return tuple(lines)
