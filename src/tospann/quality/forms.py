"""What people type about quality. A form gets all that can be chosen (`offering`)."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.quality.models import Grade, RequirementKind
from tospann.quality.offering import Offered
from tospann.ui.forms import DateField, Form, Suggestion


def _line(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=required, help_text=help_text)


def _text(label: Any, rows: int = 2, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _one(label: Any, help_text: Any = "") -> Any:
    """One of a list that is offered."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=Suggestion,
        help_text=help_text,
    )


def _several(label: Any, help_text: Any = "") -> Any:
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class QualityForm(Form):
    """Fills its lists from what is offered; ``of`` starts it from a row."""

    lists: ClassVar[Mapping[str, str]] = {}
    """Field → which list of `Offered` it chooses from."""
    blank: ClassVar[Any] = _("Nobody yet")

    def __init__(self, data: Any = None, *, offered: Offered, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, source in self.lists.items():
            field: Any = self.fields[name]
            choices = getattr(offered, source)
            if isinstance(field, forms.TypedMultipleChoiceField):
                field.choices = choices
                if not choices:
                    del self.fields[name]
            else:
                none = self.blank if source == "team" else "–"
                field.choices = [("", none), *choices]

    @classmethod
    def start(cls, row: Any) -> dict[str, Any]:
        """What the row says, by the names of the fields."""
        known: dict[str, Any] = {}
        for name, source in {**dict.fromkeys(cls.base_fields, ""), **cls.lists}.items():
            if name == "requirements":
                known[name] = list(row.proofs.values_list("requirement_id", flat=True))
            elif name == "reviewers":
                known[name] = list(row.reviewers.values_list("person_id", flat=True))
            else:
                known[name] = getattr(row, f"{name}_id" if source else name, None)
        return known


class RequirementForm(QualityForm):
    layout = (("kind", "owner"), ("source", "method"))
    lists: ClassVar[Mapping[str, str]] = {"owner": "team"}

    title = _line(_("Requirement"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=RequirementKind.choices)
    owner = _one(_("Responsible"))
    source = _line(_("Source"), help_text=_("Contract, standard, law or meeting it comes from"))
    method = _line(_("How it is proved"), help_text=_("Test, review, measurement, certificate …"))
    description = _text(_("Description"), 3)


class DeliverableForm(QualityForm):
    layout = (("owner", "due_on"), ("phase", "method"))
    lists: ClassVar[Mapping[str, str]] = {
        "owner": "team",
        "phase": "phases",
        "requirements": "requirements",
    }

    title = _line(_("Deliverable"), required=True)
    owner = _one(_("Responsible"))
    due_on = DateField(label=_("Due date"), required=False)
    phase = _one(_("Phase"))
    method = _line(_("How it is accepted"), help_text=_("Inspection, test, signature …"))
    expectation = _text(_("Expectation"), 3)
    tolerance = _text(_("Tolerance"), help_text=_("How far it may differ and still be accepted"))
    criteria = _text(_("Acceptance criteria"), 3, help_text=_("One a line"))
    requirements = _several(_("Requirements it is to meet"))


class ReviewForm(QualityForm):
    layout = (("owner", "due_on"), ("deliverable", "method"))
    lists: ClassVar[Mapping[str, str]] = {
        "owner": "team",
        "deliverable": "deliverables",
        "reviewers": "team",
        "requirements": "requirements",
    }

    title = _line(_("What is reviewed"), required=True)
    owner = _one(_("Responsible"))
    due_on = DateField(label=_("Planned for"), required=False)
    deliverable = _one(_("Deliverable"))
    method = _line(_("Method"), help_text=_("Reading, inspection, walk-through, measurement …"))
    reviewers = _several(_("Reviewers"))
    outside = _line(_("Reviewers from outside"))
    requirements = _several(_("Requirements it is to prove"))


class RoundForm(QualityForm):
    layout = (("starts_on", "due_on"), ("owner", "deliverable"))
    lists: ClassVar[Mapping[str, str]] = {"owner": "team", "deliverable": "deliverables"}

    title = _line(_("Test round"), required=True)
    starts_on = DateField(label=_("Starts"), required=False)
    due_on = DateField(label=_("Ends"), required=False)
    owner = _one(_("Responsible"))
    deliverable = _one(_("Deliverable"))
    purpose = _text(_("Purpose"))


class CasesForm(QualityForm):
    """Several tests at once: a line each."""

    lists: ClassVar[Mapping[str, str]] = {"tester": "team", "requirements": "requirements"}

    titles = _text(_("Tests"), 6, required=True, help_text=_("One a line"))
    tester = _one(_("Tester"))
    requirements = _several(_("Requirements they are to prove"))

    def clean_titles(self) -> list[str]:
        lines = self.cleaned_data["titles"].splitlines()
        titles = [line.strip() for line in lines if line.strip()]
        if any(len(title) > 200 for title in titles):
            raise forms.ValidationError(_("A line can be at most 200 characters."))
        return titles


class CaseForm(QualityForm):
    lists: ClassVar[Mapping[str, str]] = {"tester": "team", "requirements": "requirements"}

    title = _line(_("Test"), required=True)
    tester = _one(_("Tester"))
    steps = _text(_("Steps"), 4)
    expected = _text(_("What should happen"), 3)
    requirements = _several(_("Requirements it is to prove"))


class ResultForm(Form):
    """One result, sent by the button that says what came of it."""

    result = forms.ChoiceField(
        choices=[("passed", ""), ("blocked", ""), *((grade, "") for grade in Grade.values)],
        error_messages={
            "required": _("Say what came of it."),
            "invalid_choice": _("Say what came of it."),
        },
    )
    note = _text(_("What happened"), 3)
    photo = forms.FileField(label=_("Photo or other evidence"), required=False)

    def said(self) -> dict[str, str]:
        """The arguments of the command but the file."""
        chosen = self.cleaned_data["result"]
        outcome, grade = ("failed", chosen) if chosen in Grade.values else (chosen, "")
        return {"outcome": outcome, "grade": grade, "note": self.cleaned_data["note"]}


class NonconformityForm(QualityForm):
    layout = (("grade", "due_on"), ("requirement", "deliverable"))
    lists: ClassVar[Mapping[str, str]] = {
        "requirement": "requirements",
        "deliverable": "deliverables",
    }

    title = _line(_("What does not conform"), required=True)
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices, initial=Grade.B)
    due_on = DateField(label=_("Due date"), required=False)
    requirement = _one(_("Requirement"))
    deliverable = _one(_("Deliverable"))
    description = _text(_("Description"), 3)
    cause = _text(_("Cause"))


class RaiseForm(NonconformityForm):
    lists: ClassVar[Mapping[str, str]] = {**NonconformityForm.lists, "owner": "team"}

    owner = _one(_("Owner"))


class ForwardForm(QualityForm):
    """Who is to accept it: somebody on the team, or somebody it is shared with outside."""

    layout = (("accepter", "share"),)
    lists: ClassVar[Mapping[str, str]] = {"accepter": "team", "share": "shares"}
    blank: ClassVar[Any] = "–"

    accepter = _one(_("Somebody on the team"))
    share = _one(
        _("Or somebody in the room"),
        help_text=_("Share the deliverable first; those it is shared with stand here."),
    )


class AnswerForm(QualityForm):
    verdict = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("accepted", _("Accept it")),
            ("remarks", _("Accept it with remarks")),
            ("refused", _("Do not accept it")),
        ],
        widget=forms.RadioSelect,
    )
    answer = _text(_("Remarks"), 3, help_text=_("Needed unless you accept it as it is"))


class ReasonForm(QualityForm):
    reason = _text(_("Why"), 3, required=True)


class NoteForm(QualityForm):
    reason = _text(_("How it was verified"), 3)


class ConclusionForm(QualityForm):
    conclusion = _text(_("Conclusion"), 3)


class PerformForm(QualityForm):
    performed_on = DateField(label=_("Carried out"), initial=timezone.localdate)
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[
            ("passed", _("It meets what is required")),
            ("remarks", _("It meets it, with remarks")),
            ("failed", _("It does not meet it")),
        ],
        widget=forms.RadioSelect,
    )
    findings = _text(_("Findings"), 4)


class CorrectForm(QualityForm):
    cause = _text(_("Cause"), 3, required=True, help_text=_("Why it happened, not only what"))
    correction = _text(_("How it was corrected"), 3, required=True)


class OwnerForm(QualityForm):
    lists: ClassVar[Mapping[str, str]] = {"owner": "team"}

    owner = _one(_("New owner"))


class ActionForm(QualityForm):
    layout = (("owner", "due_on"),)
    lists: ClassVar[Mapping[str, str]] = {"owner": "team"}

    title = _line(_("What is to be done"), required=True)
    owner = _one(_("Owner"))
    due_on = DateField(label=_("Due date"), required=False)
