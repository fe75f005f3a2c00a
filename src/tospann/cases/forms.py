"""What people type when they prepare, discuss and decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.cases.models import Case
from tospann.projects.models import CriterionState, Gate, GateOutcome
from tospann.stakeholders.forms import SentOnce, Suggested, split_name
from tospann.ui.forms import DateField, Form


class SettleForm(Form):
    state = forms.ChoiceField(
        label=_("State"), choices=CriterionState.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when the point is not relevant."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.CharField(
        label=_("Link to evidence"),
        required=False,
        help_text=_("The address of a document, minutes or a page that shows it."),
    )


class GateDayForm(Form):
    due_on = DateField(label=_("Due"), required=False)


class PrepareGateForm(Form):
    recommended = forms.ChoiceField(label=_("Recommendation"), widget=forms.RadioSelect)
    recommendation = forms.CharField(
        label=_("Reason for the recommendation"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    situation = forms.CharField(
        label=_("Situation"),
        required=False,
        help_text=_("What the one who decides must know: status, open points, consequences."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    need_by = DateField(label=_("Decision needed by"), required=False)

    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [(o.value, o.label) for o in GateOutcome if o.value in gate.outcomes]
        self.fields["recommended"].choices = allowed  # type: ignore[attr-defined]  # a choice field


class CaseForm(Form):
    title = forms.CharField(label=_("What is to be decided?"), max_length=200)
    situation = forms.CharField(
        label=_("Situation"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    need_by = DateField(label=_("Decision needed by"), required=False)


class EditCaseForm(CaseForm):
    """A case being prepared: also which of its alternatives is recommended."""

    recommended = forms.ChoiceField(
        label=_("Recommended alternative"), required=False, widget=forms.RadioSelect
    )
    field_order = ("title", "situation", "recommended", "recommendation", "need_by")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(one.key, str(one)) for one in case.alternatives.all()]
        self.fields["recommended"].choices = words  # type: ignore[attr-defined]  # a choice field


class RemarkForm(Form):
    text = forms.CharField(label=_("Say something"), widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(Form):
    question = forms.CharField(
        label=_("What must be answered first?"), widget=forms.Textarea(attrs={"rows": 3})
    )


class RecordDecisionForm(SentOnce):
    """A decision without a case: what, why, date. What it promises somebody may be said too."""

    layout = (("promised_to", "promised_due"),)

    title = forms.CharField(label=_("What was decided?"), max_length=200)
    reason = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decided_on = DateField(label=_("Date"), initial=timezone.localdate)
    promised = forms.CharField(
        label=_("This promises"),
        required=False,
        max_length=200,
        help_text=_("What somebody can now count on. It becomes a promise with a due date."),
    )
    promised_due = DateField(label=_("By when"), required=False)

    def __init__(self, data: Any = None, *, people: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["promised_to"] = forms.CharField(
            label=_("To whom"), required=False, max_length=200, widget=Suggested(people)
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("promised") and not typed.get("promised_to"):
            self.add_error("promised_to", _("Say who it was promised to."))
        return typed

    def decision(self) -> dict[str, Any]:
        """The arguments of ``record_decision``."""
        typed = self.cleaned_data
        name, _organisation = split_name(typed["promised_to"])
        promised = {"text": typed["promised"], "to": name, "due_on": typed["promised_due"]}
        kept = {name: typed[name] for name in ("id", "title", "reason", "decided_on")}
        return kept | {"promises": [promised] if typed["promised"] else []}


class OutsideDecisionForm(SentOnce):
    """Decided outside the portal: by which body, when, under which reference, in which words."""

    layout = (("body", "decided_on", "body_reference"),)

    title = forms.CharField(label=_("What was decided?"), max_length=200)
    body = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        help_text=_("For example the municipal council."),
    )
    decided_on = DateField(label=_("Date"))
    body_reference = forms.CharField(
        label=_("Case reference"), required=False, max_length=100, help_text=_("For example PS 12.")
    )
    text = forms.CharField(
        label=_("The text of the decision"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("What it means for the project"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    attachment = forms.FileField(label=_("Attachment"), required=False)

    def decision(self) -> dict[str, Any]:
        """The arguments of ``record_decision``, but for the file."""
        return {name: of for name, of in self.cleaned_data.items() if name != "attachment"}
