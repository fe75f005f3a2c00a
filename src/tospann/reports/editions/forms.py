"""What is chosen and written for an external edition."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.reports.drafting.words import day
from tospann.reports.editions import making
from tospann.reports.models import SignedReport
from tospann.ui.forms import Form


def _text(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=10_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _ticked(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class EditionForm(Form):
    """An edition begins with what is published; everything else is written for it."""

    wide: ClassVar[bool] = True
    title = forms.CharField(label=_("Title"), max_length=200)
    shows_state = forms.BooleanField(label=_("Show the overall state"), required=False)
    areas = _ticked(_("Areas to show"), _("Only the state in a word; no reasons and no figures."))
    milestones = _ticked(_("Milestones"), _("Only those that are published in the external room."))
    summary = _text(_("Summary"))
    done = _text(_("Done since last time"))
    next = _text(_("Next period"))
    needs = _text(_("What we need from them"), 2)

    def __init__(self, signed: SignedReport, data: Any = None) -> None:
        super().__init__(data, initial=making.start(signed))
        self._offer("areas", [(one["area"], one["label"]) for one in making.offered_areas(signed)])
        rows = making.offered_milestones(signed)
        self._offer("milestones", [(str(r["uid"]), f"{r['name']} ({day(r['now'])})") for r in rows])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields[name]

    def chosen(self) -> making.Chosen:
        """What was typed, as the command takes it."""
        typed = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        uids = [int(uid) for uid in typed.get("milestones", [])]
        return making.Chosen.model_validate({**typed, "milestones": uids})


class WithdrawForm(Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_id(self) -> Any:
        return self.cleaned_data["id"] or new_id()
