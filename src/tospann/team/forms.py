"""The forms of working together."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tospann.team.commands import Step
from tospann.team.models import LessonPriority, Responsibility, ThoughtKind
from tospann.team.queries.holdings import GIVE, LET_GO, MOVE, Holding
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]
LEAVE, ON_A_DAY, LOOSE = "", "move", "let_go"
_LOOSE_WORDS = {
    "meeting": _("Say that nobody comes instead"),
    "document": _("Release the check-out"),
    "decision": _("Tell the others who may decide"),
}


class CoverForm(Form):
    """For each thing somebody holds: leave it, move it, give it to somebody, or let it go."""

    def __init__(
        self,
        data: Any = None,
        *,
        held: Sequence[Holding],
        team: Choices,
        burdens: dict[str, int],
        everything_to: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.held = held
        people = [(who, _burdened(name, burdens.get(who, 0))) for who, name in team]
        for one in held:
            first = everything_to if GIVE in one.ways else LOOSE if everything_to else LEAVE
            self.fields[f"to-{one.key}"] = forms.ChoiceField(
                label=_("What becomes of “%(title)s”?") % {"title": one.title},
                choices=_ways(one, people),
                initial=first,
                required=False,
            )
            if MOVE in one.ways:
                self.fields[f"on-{one.key}"] = DateField(
                    label=_("New day for “%(title)s”") % {"title": one.title}, required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.held:
            said, day = data.get(f"to-{one.key}", ""), data.get(f"on-{one.key}")
            if said == ON_A_DAY and day is None and f"on-{one.key}" not in self.errors:
                self.add_error(f"on-{one.key}", _("Say which day."))
        if not self.errors and not self.steps():
            raise forms.ValidationError(_("Choose what becomes of at least one thing."))
        return data

    def steps(self) -> list[Step]:
        """The arguments of the command: only what somebody decided something about."""
        return [step for one in self.held if (step := self._step(one)) is not None]

    def _step(self, one: Holding) -> Step | None:
        said = self.cleaned_data.get(f"to-{one.key}", "")
        day: date | None = self.cleaned_data.get(f"on-{one.key}")
        if said == LOOSE:
            return Step(kind=one.kind, ref=one.ref, let_go=True)  # type: ignore[arg-type]  # kinds are shared
        to = UUID(said) if said and said != ON_A_DAY else None
        if to is None and day is None:
            return None
        return Step(kind=one.kind, ref=one.ref, to=to, on=day)  # type: ignore[arg-type]  # as above

    def lines(self) -> list[tuple[Holding, Any, Any]]:
        """Each thing with its fields, as the page shows them."""
        return [
            (one, self[f"to-{one.key}"], self[f"on-{one.key}"] if MOVE in one.ways else None)
            for one in self.held
        ]


def _burdened(name: str, number: int) -> str:
    if not number:
        return name
    words = ngettext("%(name)s (has %(n)s this week)", "%(name)s (has %(n)s this week)", number)
    return words % {"name": name, "n": number}


def _ways(one: Holding, people: Choices) -> list[Any]:
    found: list[Any] = [(LEAVE, _("Leave it as it is"))]
    if MOVE in one.ways:
        found.append((ON_A_DAY, _("Move it to another day")))
    if LET_GO in one.ways:
        found.append((LOOSE, _LOOSE_WORDS[one.kind]))
    if GIVE in one.ways:
        found.append((_("Give it to"), people))
    return found


class WhoForm(Form):
    """Who takes over all of it, as a start."""

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=_("Suggest everything for"),
            choices=[("", _("Nobody in particular")), *team],
            required=False,
        )


class PeopleField(forms.TypedMultipleChoiceField):
    """Several of the team, ticked."""

    def __init__(self, *, team: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=team, coerce=UUID, **kwargs)


class ResponsibilityForm(Form):
    """A row: what it is about, the one who answers for it, and who else has a part."""

    def __init__(
        self, data: Any = None, *, team: Choices, tasks: Choices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if tasks:
            self.fields["task_uid"] = forms.TypedChoiceField(
                label=_("Task in the plan"),
                help_text=_("Or leave empty, and write what it is about below."),
                choices=[("", _("None of them")), *tasks],
                widget=Suggestion,
                required=False,
                coerce=int,
                empty_value=None,
            )
        self.fields["title"] = forms.CharField(
            label=_("What it is about"), max_length=200, required=not tasks
        )
        self.fields["accountable"] = forms.TypedChoiceField(
            label=_("Accountable (A)"),
            help_text=_("Exactly one person answers for it."),
            choices=[("", ""), *team],
            widget=Suggestion,
            coerce=UUID,
        )
        for name, label in (
            ("responsible", _("Responsible (R)")),
            ("consulted", _("Consulted (C)")),
            ("informed", _("Informed (I)")),
        ):
            self.fields[name] = PeopleField(label=label, team=team, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("title") and not data.get("task_uid") and "title" not in self.errors:
            self.add_error("title", _("Choose a task, or write what it is about."))
        return data

    @staticmethod
    def initial_of(row: Responsibility, duties: dict[str, list[UUID]]) -> dict[str, Any]:
        return {
            "title": row.title,
            "accountable": row.accountable_id,
            "responsible": [str(one) for one in duties["R"]],
            "consulted": [str(one) for one in duties["C"]],
            "informed": [str(one) for one in duties["I"]],
        }


class RetrospectiveForm(Form):
    """What is looked back at."""

    layout = (("phase", "closes_on"),)
    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, data: Any = None, *, phases: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["phase"] = forms.TypedChoiceField(
            label=_("Phase"),
            choices=[("", _("The whole project")), *phases],
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["closes_on"] = DateField(label=_("Thoughts by"), required=False)


class ThoughtForm(Form):
    """A thought, and whether it may carry her name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ThoughtKind.choices)
    text = forms.CharField(
        label=_("What do you want to say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    named = forms.BooleanField(
        label=_("Show my name"),
        required=False,
        help_text=_("Without the tick nobody can ever see who wrote it, not in the log either."),
    )


class LessonForm(Form):
    """What was learned, and what others should do."""

    text = forms.CharField(
        label=_("What was learned"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    recommendation = forms.CharField(
        label=_("Recommendation to others"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FullLessonForm(Form):
    """All that is written of a lesson: what happened, why, and what others should do."""

    FIELDS = (
        *("kind", "text", "cause", "effect", "early_warning", "was_risk"),
        *("recommendation", "priority"),
    )
    layout = (("kind", "priority"),)
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[
            (ThoughtKind.KEEP, _("Do it again")),
            (ThoughtKind.TRY, _("Do it better")),
            (ThoughtKind.STOP, _("Avoid it")),
        ],
    )
    priority = forms.ChoiceField(
        label=_("Priority"), choices=LessonPriority.choices, initial=LessonPriority.MEDIUM
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=5000,
        help_text=_("Describe the event, not the person."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    recommendation = forms.CharField(
        label=_("What should others do?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cause = forms.CharField(
        label=_("Cause"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    effect = forms.CharField(
        label=_("Effect"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    early_warning = forms.CharField(
        label=_("Early warning signs"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    was_risk = forms.BooleanField(label=_("It had been identified as a risk"), required=False)

    def __init__(self, data: Any = None, *, phases: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["phase"] = forms.TypedChoiceField(
            label=_("Phase"),
            choices=[("", _("The whole project")), *phases],
            required=False,
            coerce=UUID,
            empty_value=None,
        )


class ThoughtActionForm(Form):
    """The action a thought becomes."""

    layout = (("owner", "due_on"),)
    title = forms.CharField(label=_("What is to be done"), max_length=200)

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"] = forms.TypedChoiceField(
            label=_("Owner"),
            choices=[("", _("Nobody yet")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["due_on"] = DateField(label=_("Due date"), required=False)


class SendForm(Form):
    """A word from the manager, and who gets the list."""

    message = forms.CharField(
        label=_("A word from you"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        everybody = [who for who, _name in team]
        self.fields["people"] = PeopleField(label=_("Send to"), team=team, initial=everybody)


class MemoForm(Form):
    """Who hands over, who takes over, and what the lists do not say."""

    layout = (("person", "to"),)

    def __init__(self, data: Any = None, *, whose: Choices, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Hands over"), choices=whose, widget=Suggestion, coerce=UUID
        )
        self.fields["to"] = forms.TypedChoiceField(
            label=_("Takes over"),
            choices=[("", _("Nobody yet")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["note"] = forms.CharField(
            label=_("What the lists do not say"),
            help_text=_("Whom to call, what is fragile, what was promised by word of mouth."),
            max_length=20_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        )


class LeaveForm(Form):
    """Who takes over everything open, and whether a memo is written."""

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["hand_over_to"] = forms.TypedChoiceField(
            label=_("Hand everything open over to"),
            choices=[("", _("Leave it as it is")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["memo"] = forms.BooleanField(
            label=_("Write a hand-over memo"), required=False, initial=True
        )
