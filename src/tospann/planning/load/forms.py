"""How somebody wants a plan levelled, and who its resources are."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.planning.forms import PlanForm
from tospann.planning.load.levelling import Asked
from tospann.planning.load.tying import Because, Known, Tie, twice
from tospann.ui.forms import Form, Suggestion

WHICH = [
    ("fast", _("Fast: in a moment, a good arrangement")),
    ("best", _("Thorough: looks for the arrangement with the earliest finish; up to a minute")),
]
ORDERS = [
    ("standard", _("Whoever starts first, then whoever has least slack")),
    ("priority", _("The highest priority first")),
    ("id", _("By their order in the plan")),
]


class LevellingForm(Form):
    which = forms.ChoiceField(
        label=_("How thoroughly?"), choices=WHICH, initial="fast", widget=forms.RadioSelect
    )
    order = forms.ChoiceField(
        label=_("Who goes first where two want the same person?"),
        choices=ORDERS,
        initial="standard",
    )
    within_slack = forms.BooleanField(
        label=_("Only move what has slack: the finish stays where it is"), required=False
    )

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(said["which"], said["order"], said["within_slack"])


SEEMS = {
    Because.NAME: _("Proposed: the same name."),
    Because.EMAIL: _("Proposed: the same e-mail address."),
}


class TyingForm(PlanForm):
    """A field for each resource: somebody on the team, or nobody here."""

    def __init__(
        self,
        *args: Any,
        ties: Sequence[Tie],
        team: Sequence[Known],
        names: Mapping[UUID, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {one.id: one.name for one in team}
        for tie in ties:
            gone = {tie.person: names.get(tie.person, "?")} if tie.person else {}
            choices = [(str(pk), name) for pk, name in {**gone, **known}.items()]
            initial = tie.person or (tie.proposed.id if tie.proposed else None)
            self.fields[_field(tie.uid)] = forms.TypedChoiceField(
                label=tie.name or str(tie.uid),
                choices=[("", _("Nobody here")), *choices],
                coerce=UUID,
                empty_value=None,
                required=False,
                initial=str(initial) if initial else "",
                help_text=SEEMS[tie.because] if tie.because else "",
                widget=Suggestion,
            )
        self._uids = [tie.uid for tie in ties]

    @property
    def chosen(self) -> dict[int, UUID | None]:
        """Who each resource is said to be."""
        said = self.cleaned_data
        return {uid: said[_field(uid)] for uid in self._uids if _field(uid) in said}

    def clean(self) -> dict[str, Any] | None:
        for uid in twice(self.chosen):
            self.add_error(_field(uid), _("Two resources cannot be the same person."))
        return self.cleaned_data


def _field(uid: int) -> str:
    return f"resource_{uid}"
