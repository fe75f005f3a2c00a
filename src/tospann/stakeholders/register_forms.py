"""Forms of the register of stakeholders and of the communication plan."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.stakeholders.forms import Choices, SentOnce
from tospann.stakeholders.models import (
    Category,
    Channel,
    CommunicationItem,
    Degree,
    HowOften,
    Judgement,
    Stakeholder,
)
from tospann.ui.forms import DateField, Form, Suggestion

ROWS = forms.Textarea(attrs={"rows": 3})


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, required=False, widget=ROWS, help_text=help_text
    )


class StakeholderForm(SentOnce):
    """Who it is, what they expect and what they need to know: read by the whole team."""

    layout = (("organisation", "category"),)

    name = forms.CharField(
        label=_("Name or role"),
        max_length=200,
        help_text=_("A person, a group or an organisation: “Neighbours in Strandveien”."),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    relation = _text(_("Relation to the project"))
    expectation = _text(
        _("What they expect"),
        _("What they have said they expect, so that they could read it themselves."),
    )
    information_need = _text(_("What they need to know"))

    def __init__(self, data: Any = None, *, contacts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["contact"] = forms.TypedChoiceField(
            label=_("Contact"),
            choices=[("", _("Nobody")), *contacts],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )

    @classmethod
    def of(cls, one: Stakeholder, contacts: Choices, data: Any = None) -> "StakeholderForm":
        names = ("name", "organisation", "category", "relation", "expectation", "information_need")
        start = {name: getattr(one, name) for name in names} | {"contact": one.contact_id}
        form = cls(data, contacts=contacts, initial=start, version=one.version)
        del form.fields["id"]
        return form


class JudgementForm(Form):
    """What we think. Whoever it is about may ask to read it."""

    influence = forms.TypedChoiceField(
        label=_("Influence"),
        choices=Degree.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("How much they can do for or against the project."),
    )
    interest = forms.TypedChoiceField(
        label=_("Interest"),
        choices=Degree.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("How much the project matters to them."),
    )
    strategy = _text(
        _("How we meet them"),
        _("What we do, not what we think of somebody: “Monthly meeting with the board”."),
    )

    @classmethod
    def of(cls, found: Judgement | None, data: Any = None) -> "JudgementForm":
        names = ("influence", "interest", "strategy")
        return cls(data, initial={n: getattr(found, n) for n in names} if found else {})


class CommunicationForm(SentOnce):
    """What is told, to whom, how, how often and by whom."""

    layout = (("channel", "how_often"), ("next_on", "responsible"))

    title = forms.CharField(
        label=_("What is told"),
        max_length=200,
        help_text=_("Such as “Progress and next week's noise”."),
    )
    purpose = _text(_("Why"))
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    how_often = forms.ChoiceField(label=_("How often"), choices=HowOften.choices)

    def __init__(
        self, data: Any = None, *, stakeholders: Choices, team: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["stakeholders"] = forms.TypedMultipleChoiceField(
            label=_("Who is told"),
            choices=stakeholders,
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["next_on"] = DateField(label=_("Next time"))
        self.fields["responsible"] = forms.TypedChoiceField(
            label=_("Responsible"),
            choices=[("", _("Whoever keeps the registers")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )

    @classmethod
    def of(
        cls, one: CommunicationItem, who: list[str], data: Any = None, **choices: Any
    ) -> "CommunicationForm":
        names = ("title", "purpose", "channel", "how_often", "next_on")
        start = {name: getattr(one, name) for name in names}
        start |= {"responsible": one.responsible_id, "stakeholders": who}
        form = cls(data, initial=start, version=one.version, **choices)
        form.fields["next_on"].required = False
        del form.fields["id"]
        return form


class ToldForm(SentOnce):
    """That it was told, when, and to whom it reached."""

    note = _text(_("What was said or sent"))
    link = forms.CharField(
        label=_("Where it lies"),
        max_length=500,
        required=False,
        help_text=_("An address here or elsewhere: minutes, a report, a web page."),
    )

    def __init__(self, data: Any = None, *, who: Choices, **kwargs: Any) -> None:
        start = {"stakeholders": [pk for pk, _name in who], "on": timezone.localdate()}
        super().__init__(data, initial=start | kwargs.pop("initial", {}), **kwargs)
        self.fields["stakeholders"] = forms.TypedMultipleChoiceField(
            label=_("Who was told"),
            choices=who,
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["on"] = DateField(label=_("Told on"), latest=timezone.localdate())
        self.order_fields(("id", "on", "stakeholders", "note", "link"))


class ResumeForm(Form):
    next_on = DateField(label=_("Next time"))
