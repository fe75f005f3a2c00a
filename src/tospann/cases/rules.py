"""Data rules of gates: what a criterion may ask of the project, answered from its registers.

A capability registers its rules in ``ready()``::

    rules_come_from([
        Rule(
            "no_open_faults",
            gettext_lazy("No open faults of grade A"),
            evaluate=_no_open_faults,
            parameters=(Parameter("grade", gettext_lazy("Grade"), "choice", default="A", …),),
        )
    ])

    def _no_open_faults(project: Project, given: Given) -> RuleResult:
        left = …
        said = Sentence(gettext_noop("%(n)s open faults"), {"n": left})
        return RuleResult(left == 0, said, f"/p/{project.key}/quality")

``given`` holds every parameter, checked and typed: number, amount and percent → Decimal, whole →
int, day → date, choice and text → str; None when it is left out and has no default. Raise
``Missing`` when what the rule is about is no longer there: it then counts as not met, and says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.ui import formats

Given = Mapping[str, Any]
CASE_DECIDED = "case_decided"
"""The rule of a criterion that is a decision."""
ParameterKind = Literal["number", "whole", "percent", "amount", "day", "choice", "text"]
Choices = Callable[[Project], Sequence[tuple[str, str]]]

_UNKNOWN = gettext_noop("The rule “%(rule)s” is no longer there. It counts as not met.")
_NOT_KNOWN = gettext_noop("The rule does not know this.")
_LACKS = gettext_noop("This rule lacks something it needs to be told.")
_NOT_READ = gettext_noop("This is not what the rule needs to be told.")


class Missing(Exception):
    """What the rule is about is no longer there; ``sentence`` says what."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


class Unfit(Exception):
    """A parameter that is not what the rule wants: which, and why."""

    def __init__(self, name: str, msgid: str) -> None:
        super().__init__(msgid)
        self.name, self.sentence = name, Sentence(msgid)


@dataclass(frozen=True)
class Parameter:
    """Something a rule wants to be told; ``choices`` are the project's, ``options`` are fixed."""

    name: str
    label: Promise | str
    kind: ParameterKind = "text"
    default: str = ""
    is_required: bool = True
    options: Sequence[tuple[str, Promise | str]] = ()
    choices: Choices | None = None
    help: Promise | str = ""

    def offered(self, project: Project) -> Sequence[tuple[str, Promise | str]]:
        return self.choices(project) if self.choices else self.options


@dataclass(frozen=True)
class RuleResult:
    """Whether a criterion is met. ``ok`` is None when it cannot be told: then it is not met.

    Values of the sentence may be ``day:2027-03-10`` and ``amount:1200:NOK``, as in all sentences.
    """

    ok: bool | None
    sentence: Sentence
    link: str = ""

    @property
    def is_met(self) -> bool:
        return self.ok is True

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return told(self.sentence)

    def to_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "sentence": self.sentence.to_json(), "link": self.link}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RuleResult":
        return cls(stored["ok"], Sentence.from_json(stored["sentence"]), stored.get("link", ""))


Evaluate = Callable[[Project, Given], RuleResult]


@dataclass(frozen=True)
class Rule:
    """A named rule; ``label`` is also the text of a criterion that has none of its own."""

    key: str
    label: Promise
    evaluate: Evaluate
    parameters: tuple[Parameter, ...] = ()
    help: Promise | str = ""
    feature: str = ""
    """The optional part of a project it belongs to; offered only where that is turned on."""


_rules: dict[str, Rule] = {}


def rules_come_from(rules: Iterable[Rule]) -> None:
    """Called once by each capability that has rules, when it starts."""
    _rules.update({rule.key: rule for rule in rules})


def all_rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: str(rule.label))


def known(key: str) -> Rule | None:
    return _rules.get(key)


def evaluate(project: Project, key: str, parameters: Mapping[str, Any]) -> RuleResult:
    """What the rule says of the project now. Never raises: what cannot be told is not met."""
    rule = _rules.get(key)
    if rule is None:
        return RuleResult(None, Sentence(_UNKNOWN, {"rule": key}))
    try:
        return rule.evaluate(project, typed(rule, parameters))
    except (Missing, Unfit) as said:
        return RuleResult(None, said.sentence)


def typed(rule: Rule, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Each parameter in its type; raises Unfit for what is not one."""
    names = {one.name for one in rule.parameters}
    for name in parameters:
        if name not in names:
            raise Unfit(name, _NOT_KNOWN)
    return {one.name: _typed(one, parameters.get(one.name)) for one in rule.parameters}


def _typed(one: Parameter, value: Any) -> Any:
    text = str(one.default if value is None or value == "" else value).strip()
    if not text:
        if one.is_required:
            raise Unfit(one.name, _LACKS)
        return None
    try:
        return _READ[one.kind](text)
    except (ValueError, InvalidOperation):
        raise Unfit(one.name, _NOT_READ) from None


def _number(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**31:
        raise ValueError(text)
    return value


def _percent(text: str) -> Decimal:
    value = _number(text)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def _text(text: str) -> str:
    if len(text) > 200 or "\0" in text:
        raise ValueError(text)
    return text


_READ: dict[ParameterKind, Callable[[str], Any]] = {
    "number": _number,
    "amount": _number,
    "whole": _whole,
    "percent": _percent,
    "day": date.fromisoformat,
    "choice": _text,
    "text": _text,
}


def told(sentence: Sentence) -> str:
    """A sentence in the reader's language, its days as days."""
    speech = get_language() or "nb"
    shown = {name: _day(value, speech) for name, value in sentence.values.items()}
    return str(Sentence(sentence.msgid, shown))


def _day(value: Any, speech: str) -> Any:
    if isinstance(value, str) and value.startswith("day:"):
        try:
            return formats.short_date(date.fromisoformat(value[4:]), speech)
        except ValueError:
            return value
    return value


def check(project: Project, key: str, parameters: Mapping[str, str]) -> None:
    """Refuse a rule that is none, or parameters it does not take (what criteria are checked by)."""
    rule = _rules.get(key)
    if rule is None:
        raise Invalid(gettext("There is no such rule."), "rule")
    try:
        typed(rule, parameters)
    except Unfit as unfit:
        raise Invalid(str(unfit.sentence), unfit.name) from None
