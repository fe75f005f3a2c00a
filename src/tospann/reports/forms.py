"""Forms of a report: the draft, the return, the sending, and how the project reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.reports.drafting import draft
from tospann.reports.models import Cadence, Light, ReportForm, Reporting
from tospann.ui.forms import DateField, Form

Data = dict[str, Any]


class DraftForm(forms.Form):
    """The fields of a draft; each one's ``base_`` says which text its page showed."""

    def __init__(self, content: Data, posted: Data | None = None) -> None:
        super().__init__(initial={})
        self.label_suffix = ""
        typed = posted or {}
        for light in [content["overall"], *content["areas"]]:
            self._add_light(light, typed)
        for section in content["sections"]:
            key = section["key"]
            self.fields[key] = forms.CharField(
                label=section["title"],
                required=False,
                initial=typed.get(key, section["text"]),
                widget=forms.Textarea(
                    attrs={"rows": 2 + min(12, max(2, section["text"].count("\n") + 1))}
                ),
            )

    def _add_light(self, light: Data, typed: Data) -> None:
        chosen, note = draft.CHOSEN + light["area"], draft.NOTE + light["area"]
        as_proposed = _("As proposed: %(word)s") % {"word": Light(light["proposed"]).label}
        options = [("", as_proposed)]
        options += [(str(one), str(one.label)) for one in Light if one is not Light.NONE]
        now = light["light"] if light["light"] != light["proposed"] else ""
        self.fields[chosen] = forms.ChoiceField(
            label=_("State"), choices=options, required=False, initial=typed.get(chosen, now)
        )
        overall = light["area"] == draft.OVERALL
        self.fields[note] = forms.CharField(
            label=_("Summary") if overall else _("Comment"),
            help_text=_("Needed when the state is another than the proposed one."),
            required=False,
            max_length=draft.NOTE_LENGTH,
            initial=typed.get(note, light["note"]),
            widget=forms.Textarea(attrs={"rows": 3 if overall else 2}),
        )


class ReturnForm(Form):
    """Why a report goes back."""

    reason = forms.CharField(
        label=_("What must be changed"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendForm(Form):
    """Who gets the report by mail."""

    role = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    person = forms.MultipleChoiceField(
        label=_("People in the project"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.MultipleChoiceField(
        label=_("Contacts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Message"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        choices: list[tuple[str, list[tuple[str, str]]]],
        chosen: list[str],
    ) -> None:
        super().__init__(data)
        for name, offered in choices:
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = offered
            field.initial = [one for one in chosen if one.startswith(f"{name}:")]
            if not offered:
                del self.fields[name]

    def ticked(self) -> list[str]:
        """Everything that was chosen, whichever kind it is."""
        names = ("role", "person", "contact")
        return [one for name in names for one in self.cleaned_data.get(name, [])]


class ReportingForm(Form):
    """How the project reports."""

    layout = (
        ("cadence", "next_due_on"),
        ("amber_percent", "late_milestones_amber", "late_milestones_red"),
        ("deviations_amber", "deviations_red"),
    )

    form = forms.ChoiceField(label=_("Form"), choices=ReportForm.choices, widget=forms.RadioSelect)
    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence.choices)
    next_due_on = DateField(
        label=_("Next due date"),
        required=False,
        help_text=_("Left empty, it follows from how often."),
    )
    amber_percent = forms.IntegerField(
        label=_("Watch above this share of the tolerance, in per cent"), min_value=0, max_value=100
    )
    late_milestones_amber = forms.IntegerField(
        label=_("Watch from this many late milestones"), min_value=1, max_value=100
    )
    late_milestones_red = forms.IntegerField(
        label=_("Needs action from this many late milestones"), min_value=1, max_value=100
    )
    deviations_amber = forms.IntegerField(
        label=_("Watch from this many open deviations"), min_value=1, max_value=100
    )
    deviations_red = forms.IntegerField(
        label=_("Needs action from this many open deviations"), min_value=1, max_value=100
    )

    @classmethod
    def of(cls, kept: Reporting | None, start: Data, data: Any = None) -> "ReportingForm":
        shown = dict(start)
        if kept is not None:
            shown |= {"form": kept.form, "cadence": kept.cadence, "next_due_on": kept.next_due_on}
            shown |= kept.thresholds
        return cls(data, initial=shown, version=kept.version if kept else None)
