"""The forms of a pack's parts, declared field by field; texts are asked for in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.cases import rules
from tospann.cases.reading import MEASURE_LABELS
from tospann.documents.models import Classification
from tospann.packs import words
from tospann.packs.definition import DecisionKind, Measure, Pack, Unit
from tospann.packs.definition.authority import UNITS
from tospann.packs.definition.parts import ToleranceArea
from tospann.packs.queries import templates_of
from tospann.projects.models import Tolerance
from tospann.ui.forms import Form

Kind = Literal["text", "long", "line", "choice", "many", "flag", "number", "told"]
Choices = Callable[[Pack], Sequence[tuple[str, Any]]]


@dataclass(frozen=True)
class Asked:
    """One value of an entry: a text in two languages, a line, a choice, a number …"""

    key: str
    label: str | Promise
    kind: Kind = "text"
    choices: Choices | None = None
    required: bool = True
    only_new: bool = False


def _phases(pack: Pack) -> list[tuple[str, str]]:
    return [(phase.key, phase.name.nb) for phase in pack.phases]


def _roles(pack: Pack) -> list[tuple[str, str]]:
    return [(one.role, one.label.nb) for one in pack.roles]


def _documents(pack: Pack) -> list[tuple[str, str]]:
    return [(one.key, one.name.nb) for one in templates_of(pack)]


def _owners(pack: Pack) -> list[tuple[str, Any]]:
    return [("project", _("The project")), ("line", _("The line organisation"))]


_UNREAD = _("Write it as name=value.")
_BECAUSE = Asked("because", _("Because"), required=False)
SPECS: dict[str, tuple[Asked, ...]] = {
    "phases": (
        Asked("name", _("Name")),
        Asked("description", _("Description"), "long"),
        Asked("owner", _("Run by"), "choice", _owners),
        Asked("opens_freely", _("Begins without a gate"), "flag", required=False),
    ),
    "gates": (
        Asked("code", _("Code"), "line"),
        Asked("name", _("Name")),
        Asked("after", _("Ends the phase"), "choice", _phases),
        Asked("leads_into", _("Opens the phase"), "choice", _phases, required=False),
        Asked("deciders", _("Who decides"), "many", _roles),
        Asked("decider_label", _("What they are called")),
        Asked("binding", _("Stops the project until it is passed"), "flag", required=False),
        Asked("documents", _("Documents needed"), "many", _documents, required=False),
        Asked("first_point", _("First point of the checklist"), only_new=True),
    ),
    "criteria": (
        Asked("text", _("Checklist point"), "long"),
        Asked("rule", _("Answered by the rule"), "choice", lambda pack: _rules(), required=False),
        Asked("parameters", _("What the rule is told"), "told", required=False),
    ),
    "folders": (
        Asked("number", _("Number"), "line", only_new=True),
        Asked("name", _("Name")),
        Asked("phase", _("Phase"), "choice", _phases, required=False),
        Asked(
            "classification", _("Confidentiality"), "choice", lambda pack: Classification.choices
        ),
    ),
    "tolerances": (
        Asked("area", _("Area"), "choice", lambda pack: _areas(), only_new=True),
        Asked("allowed", _("What may deviate")),
        Asked("days", _("Working days"), "number", required=False),
        Asked("percent", _("Per cent"), "number", required=False),
    ),
    "roles": (
        Asked("label", _("Name")),
        Asked("description", _("Description"), "long"),
        Asked(
            "required_at_start", _("Somebody must have it from the start"), "flag", required=False
        ),
    ),
    "authority": (
        Asked("kind", _("Kind of decision"), "choice", lambda pack: _kinds()),
        Asked("measure", _("Measure"), "choice", lambda pack: _measures(), required=False),
        Asked("limit", _("Limit"), "number", required=False),
        Asked("deciders", _("Who decides"), "many", _roles),
        Asked("mode", _("How many"), "choice", lambda pack: _modes()),
        _BECAUSE,
    ),
    "budget": (
        Asked("code", _("Account or code"), "line", only_new=True),
        Asked("name", _("What it is for")),
        Asked("phase", _("Phase"), "choice", _phases, required=False),
        Asked("running", _("Grows with time"), "flag", required=False),
    ),
    "name": (Asked("name", _("Name")), Asked("description", _("Description"), "long")),
}
ADDABLE = frozenset({"phases", "gates", "criteria", "folders", "tolerances", "authority", "budget"})


def _rules() -> list[tuple[str, Any]]:
    return [(one.key, one.label) for one in rules.all_rules()]


def _areas() -> list[tuple[str, Any]]:
    return [(area, Tolerance.AREAS[area]) for area in get_args(ToleranceArea)]


def _kinds() -> list[tuple[str, Any]]:
    return [(kind, words.kind_label(kind)) for kind in get_args(DecisionKind)]


def _measures() -> list[tuple[str, Any]]:
    return [(measure, MEASURE_LABELS[measure]) for measure in get_args(Measure)]


def _modes() -> list[tuple[str, Any]]:
    return [("any", _("One of them is enough")), ("all", _("One of each must agree"))]


class PartForm(Form):
    """The form of one entry. ``value`` is the entry as the definition has it."""

    def __init__(self, *args: Any, part: str, pack: Pack, old: dict[str, Any] | None, **kw: Any):
        self.asked = [one for one in SPECS[part] if old is None or not one.only_new]
        self.part, self.pack = part, pack
        super().__init__(*args, initial=self._initial(old or {}), **kw)
        rows = [self._add(one) for one in self.asked]
        self.layout = tuple(row for row in rows if len(row) > 1)  # type: ignore[misc]  # of this form alone

    def _initial(self, old: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self.asked:
            value = old.get(one.key)
            if one.kind in {"text", "long"}:
                found |= {f"{one.key}_{code}": (value or {}).get(code, "") for code in ("nb", "en")}
            elif one.kind == "told":
                found[one.key] = "; ".join(f"{key}={told}" for key, told in (value or {}).items())
            else:
                found[one.key] = value
        return found

    def _add(self, one: Asked) -> tuple[str, ...]:
        if one.kind in {"text", "long"}:
            return self._add_text(one)
        choices = list(one.choices(self.pack)) if one.choices else []
        label, required = str(one.label), one.required
        field: forms.Field
        match one.kind:
            case "choice":
                offered = choices if required else [("", "–"), *choices]
                field = forms.ChoiceField(label=label, choices=offered, required=required)
            case "many":
                field = forms.MultipleChoiceField(
                    label=label,
                    choices=choices,
                    required=required,
                    widget=forms.CheckboxSelectMultiple,
                )
            case "told":
                field = forms.CharField(label=label, required=False, max_length=500)
                field.help_text = _("For example share=80; level=3. Empty: as is usual.")
            case "flag":
                field = forms.BooleanField(label=label, required=False)
            case "number":
                field = forms.IntegerField(label=label, required=required, min_value=0)
            case _:
                field = forms.CharField(label=label, required=required, max_length=40)
        self.fields[one.key] = field
        return (one.key,)

    def _add_text(self, one: Asked) -> tuple[str, ...]:
        widget = forms.Textarea(attrs={"rows": 3}) if one.kind == "long" else None
        for code, language in (("nb", _("bokmål")), ("en", _("English"))):
            self.fields[f"{one.key}_{code}"] = forms.CharField(
                label=_("%(field)s (%(language)s)") % {"field": one.label, "language": language},
                required=one.required,
                max_length=2000,
                widget=widget,
            )
        return (f"{one.key}_nb", f"{one.key}_en")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.part == "criteria" and typed.get("rule") and (of := rules.known(typed["rule"])):
            try:
                rules.typed(of, _told(typed.get("parameters", "")))
            except (rules.Unfit, ValueError) as unfit:
                names = ", ".join(f"{one.name} ({one.label})" for one in of.parameters)
                said = unfit.sentence if isinstance(unfit, rules.Unfit) else _UNREAD
                words = _("%(why)s It takes: %(names)s.") % {"why": said, "names": names or "–"}
                self.add_error("parameters", words)
        return typed

    def value(self) -> dict[str, Any]:
        """What was typed, in the definition's form."""
        typed = self.cleaned_data
        found = {one.key: self._of(one, typed) for one in self.asked}
        if self.part == "gates" and "first_point" in found:
            point = {"key": "first_point", "text": found.pop("first_point")}
            found |= {"criteria": [point], "outcomes": ["proceed", "rework", "hold", "stop"]}
        if self.part == "criteria":
            found["parameters"] = found["parameters"] if found["rule"] else {}
        if self.part == "authority":
            found |= _limits(found)
        return found

    def _of(self, one: Asked, typed: dict[str, Any]) -> Any:
        if one.kind in {"text", "long"}:
            text = {code: typed[f"{one.key}_{code}"] for code in ("nb", "en")}
            return text if any(text.values()) else None
        value = typed[one.key]
        if one.kind == "told":
            return _told(value)
        return value if value != "" else None


def _told(text: str) -> dict[str, str]:
    """``share=80; level=3`` as it is stored; ValueError for what has another form."""
    parts = [one.partition("=") for one in text.split(";") if one.strip()]
    if any(not middle for _name, middle, _value in parts):
        raise ValueError(text)
    return {name.strip(): value.strip() for name, _equals, value in parts}


def _limits(found: dict[str, Any]) -> dict[str, Any]:
    """The unit and the direction follow from the measure."""
    measure: Measure | None = found["measure"]
    unit: Unit | None = UNITS[measure] if measure else None
    return {"unit": unit, "operator": "<" if measure == "contingency_left_percent" else ">"}
