"""The smallest parts of a definition: texts in both languages, keys, roles."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Role = Literal[
    "coordinator",
    "manager",
    "owner",
    "steering",
    "benefit_responsible",
    "member",
    "guest",
    "portfolio_leader",
    "line_manager",
    "auditor",
]
Mode = Literal["any", "all"]
"""One of the roles is enough, or one holder of each; a role nobody holds is passed over."""


class Definition(BaseModel):
    """Base of every model here: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Definition):
    """A text that people read, always in bokmål and English."""

    nb: Words
    en: Words

    def in_language(self, language: str) -> str:
        """The text for a language code: Norwegian of any kind gives bokmål, all else English."""
        norwegian = language.replace("_", "-").split("-")[0].lower() in {"nb", "nn", "no"}
        return self.nb if norwegian else self.en


def repeated(keys: Iterable[str]) -> list[str]:
    """The keys that occur more than once, in order of appearance."""
    return [key for key, times in Counter(keys).items() if times > 1]


def refuse_repeated(what: str, keys: Iterable[str]) -> None:
    """Raise when a key that must be unique is not."""
    if twice := repeated(keys):
        raise ValueError(f"{what}: used more than once: {', '.join(twice)}")
