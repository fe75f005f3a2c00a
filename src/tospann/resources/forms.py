"""Forms of requests, offers, agreements, absence, skills, units and rates."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.resources.models import AbsenceKind, SkillLevel
from tospann.ui.forms import DateField, Form, MoneyField, Suggestion

Choices = Sequence[tuple[str, str]]


class SentOnce(Form):
    """A form that carries the id of what it makes, so that sending it twice makes it once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    def clean_id(self) -> UUID:
        given: UUID | None = self.cleaned_data["id"]
        return given or new_id()


def _pick(label: Any, choices: Choices, nobody: Any = None, **kwargs: Any) -> forms.Field:
    """One of these, as its id; None for the first when nobody is a choice too."""
    shown = [("", nobody), *choices] if nobody is not None else list(choices)
    return forms.TypedChoiceField(
        label=label,
        choices=shown,
        coerce=UUID,
        empty_value=None,
        required=nobody is None,
        widget=Suggestion,
        **kwargs,
    )


def _percent(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=100, **kwargs)


class PeriodForm(SentOnce):
    """How much, and between which days."""

    percent = _percent(label=_("Per cent of full time"))
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))


class RequestForm(PeriodForm):
    """Who or what is needed, how much and when."""

    layout: ClassVar = (("person", "skill"), ("percent", "starts_on", "ends_on"))
    role = forms.CharField(
        label=_("What is the role?"),
        max_length=200,
        help_text=_("For example: tester, site manager, legal adviser"),
    )
    text = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Choices,
        skills: Choices,
        units: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = _pick(_("A certain person"), people, _("Anybody who can do it"))
        self.fields["skill"] = _pick(_("Who knows"), skills, _("No skill in particular"))
        self.fields["unit"] = _pick(
            _("Unit to ask"),
            units,
            _("All line managers"),
            help_text=_("With a certain person her own unit is asked."),
        )
        self.order_fields(["role", "person", "skill", "unit", *PeriodForm.base_fields, "text"])


class TermsForm(PeriodForm):
    """Who, how much, when, at what rate, and how it ends."""

    layout: ClassVar = (("percent", "starts_on", "ends_on"), ("rate", "notice_days"))
    rate = MoneyField(label=_("Rate an hour"), required=False, min_value=0)
    notice_days = forms.IntegerField(
        label=_("Days of notice"), min_value=0, max_value=365, initial=14
    )
    end_clause = forms.CharField(
        label=_("How it may end"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: ends when the pilot is approved, at the latest on the last day."),
    )

    def __init__(self, data: Any = None, *, with_rate: bool = True, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not with_rate:  # it would be part of a proposal, which more people read
            del self.fields["rate"]


class OfferForm(TermsForm):
    """The line manager's answer: one of hers."""

    text = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = _pick(_("Person"), people)
        self.order_fields(["person"])


class CounterForm(TermsForm):
    """The project's other offer, for the same person."""

    text = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AgreementForm(TermsForm):
    """An agreement with somebody who has no line manager here."""

    def __init__(self, data: Any = None, *, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = _pick(_("Person"), people)
        self.order_fields(["person"])


class EndForm(Form):
    """The last day, and why."""

    ends_on = DateField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(Form):
    """Why not."""

    reason = forms.CharField(
        label=_("Why"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AbsenceForm(SentOnce):
    """When somebody is away. Nobody asks why."""

    layout: ClassVar = (("starts_on", "ends_on"), ("kind", "percent"))
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=AbsenceKind.choices,
        help_text=_("The reason is never stored."),
    )
    percent = _percent(label=_("Per cent of the day"), initial=100)


class SkillForm(SentOnce):
    """What somebody knows, and how well."""

    name = forms.CharField(label=_("Skill"), max_length=100)
    level = forms.TypedChoiceField(
        label=_("Level"), choices=SkillLevel.choices, coerce=int, initial=int(SkillLevel.ABLE)
    )


class RateForm(SentOnce):
    """What an hour costs from a day on."""

    layout: ClassVar = (("amount", "valid_from"),)
    amount = MoneyField(label=_("Rate an hour"), min_value=0)
    valid_from = DateField(label=_("Valid from"))


class TitleRateForm(RateForm):
    """The same of everybody with a title."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it stands in people's profiles; capital letters do not matter."),
    )
    field_order = ("title", "amount", "valid_from")


class ShareForm(SentOnce):
    """How much somebody works from a day on."""

    layout: ClassVar = (("percent", "starts_on"),)
    percent = _percent(label=_("Per cent of full time"))
    starts_on = DateField(label=_("From"))


class UnitForm(Form):
    """A unit and who leads it."""

    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, data: Any = None, *, managers: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["manager"] = _pick(_("Line manager"), managers, _("Nobody yet"))


class EmployForm(SentOnce):
    """Who works in the unit, how much, and from when."""

    layout: ClassVar = (("percent", "hours_per_day"), ("starts_on", "ends_on"))
    percent = _percent(label=_("Per cent of full time"), initial=100)
    hours_per_day = forms.DecimalField(
        label=_("Hours a day"),
        min_value=1,
        max_value=12,
        max_digits=4,
        decimal_places=2,
        initial="7.5",
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"), required=False)

    def __init__(self, data: Any = None, *, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = _pick(_("Person"), people)
        self.order_fields(["person"])


class LastDayForm(Form):
    """When it ends."""

    ends_on = DateField(label=_("Last day"))
