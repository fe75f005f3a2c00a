"""What people type about a plan and its tasks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tospann.planning import queries
from tospann.planning.models import Kind, State
from tospann.projects.models import Project
from tospann.ui.forms import DateField, Form, NumberField, Suggestion


class PlanForm(Form):
    """A form that changes the plan: it knows the revision it was made from.

    ``propose`` is set once the person has been told that somebody else decides.
    """

    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    propose = forms.CharField(required=False, widget=forms.HiddenInput)

    def ask_to_propose(self) -> None:
        """Show the form again with what was typed; the next click proposes."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a bound form's QueryDict
        data[self.add_prefix("propose")] = "1"
        self.data = data


class TaskForm(PlanForm):
    name = forms.CharField(label=_("Name"), max_length=500)
    milestone = forms.BooleanField(label=_("This is a milestone"), required=False)
    start = DateField(label=_("Start"), required=False)
    finish = DateField(label=_("Finish"), required=False)
    responsible = forms.TypedChoiceField(
        label=_("Responsible"), required=False, empty_value=None, widget=Suggestion
    )
    deadline = DateField(label=_("Deadline"), required=False)
    parent = forms.TypedChoiceField(
        label=_("Lies under"), required=False, coerce=int, empty_value=None
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    layout = (("start", "finish"), ("responsible", "deadline"))

    def __init__(
        self, *args: Any, project: Project, of: queries.Whole | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["responsible"]
        people.choices = [("", "–"), *queries.people_choices(project)]
        parents: Any = self.fields["parent"]
        parents.choices = [("", _("The top")), *queries.parent_choices(project, of)]
        if of is not None and of.row["kind"] == Kind.SUMMARY:
            for name in ("milestone", "start", "finish"):
                self.fields[name].disabled = True
            self.fields["start"].help_text = _("A summary task adds up what lies under it.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        start, finish = said.get("start"), said.get("finish")
        if start and finish and finish < start and not said.get("milestone"):
            self.add_error("finish", ValidationError(_("The finish is before the start.")))
        return said


class QuickForm(PlanForm):
    name = forms.CharField(label=_("New task or milestone"), max_length=500)
    finish = DateField(label=_("Finish"), required=False)
    milestone = forms.BooleanField(label=_("Milestone"), required=False)
    under = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class ProgressForm(Form):
    percent = NumberField(
        label=_("Percent complete"), min_value=0, max_value=100, max_digits=5, suffix="%"
    )
    actual_start = DateField(label=_("Actually started"), required=False)
    actual_finish = DateField(label=_("Actually finished"), required=False)
    layout = (("actual_start", "actual_finish"),)


class ConfirmForm(PlanForm):
    """A button with consequences, asked about first."""


class FreezeForm(PlanForm):
    name = forms.CharField(
        label=_("What the baseline is called"),
        required=False,
        max_length=80,
        help_text=_("Such as “Approved in the steering group”. Earlier baselines are kept."),
    )


class BaselineForm(Form):
    name = forms.CharField(label=_("What the baseline is called"), required=False, max_length=80)


class UploadForm(Form):
    file = forms.FileField(
        label=_("A plan from Microsoft Project, Primavera or a spreadsheet"),
        help_text=_(
            "From Microsoft Project: File, Save as, XML format (*.xml). From Primavera: Export, XER"
            " (*.xer). From a spreadsheet (*.xlsx or *.csv): a row of headings with Name, and where"
            " you have them Level or No., Start, Finish, Days, Percent complete and Waits for."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xml,.xer,.xlsx,.csv,.txt,text/xml,application/xml,text/csv"}
        ),
    )


class FilterForm(forms.Form):
    """What narrows the list of tasks; what is not understood is left out."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *Kind.choices])
    state = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("late", _("Late")), ("open", _("Not done")), *State.choices],
    )
    mine = forms.BooleanField(required=False)
    under = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class DelayForm(Form):
    """How many working days later; five when nothing is said."""

    days = forms.IntegerField(min_value=-500, max_value=500, required=False)

    def clean_days(self) -> int:
        found = self.cleaned_data.get("days")
        return 5 if found is None else int(found)
