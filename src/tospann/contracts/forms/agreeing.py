"""Parties, contracts and their terms."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.contracts.forms.fields import Choices, area, chosen, line_of_text, task
from tospann.contracts.models import Contract, Party, Side, Standard, Term, TermKind
from tospann.ui.forms import DateField, Form, MoneyField, NumberField


class PartyForm(Form):
    layout = (("name", "organisation_number"), ("contact_name", "email"))

    name = line_of_text(_("Name"))
    organisation_number = forms.CharField(
        label=_("Organisation number"),
        max_length=20,
        required=False,
        help_text=_("Nine digits; the check digit is checked."),
    )
    contact_name = line_of_text(_("Contact person"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    @classmethod
    def of(cls, party: Party, data: Any = None) -> "PartyForm":
        initial = {name: getattr(party, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=party.version)


@dataclass(frozen=True)
class Offered:
    """What a contract may point at in its project."""

    parties: Choices = field(default_factory=list)
    lines: Choices = field(default_factory=list)
    tasks: Choices = field(default_factory=list)
    team: Choices = field(default_factory=list)


class ContractForm(Form):
    """Everything about a contract but its signature."""

    layout = (
        ("party", "side"),
        ("standard", "responsible"),
        ("value", "currency"),
        ("retained_percent", "penalty_per_day"),
        ("starts_on", "ends_on"),
        ("line", "activity_uid"),
        ("index_name", "index_base", "index_share"),
    )
    FIELDS: ClassVar[tuple[str, ...]] = (
        *("title", "side", "standard", "value", "currency", "retained_percent"),
        *("penalty_per_day", "starts_on", "ends_on", "activity_uid", "notice_days"),
        *("index_name", "index_base", "index_share", "notes"),
    )

    title = line_of_text(_("What it is about"))
    side = forms.ChoiceField(
        label=_("They are"), choices=Side.choices, help_text=_("A supplier is paid by us.")
    )
    standard = forms.ChoiceField(label=_("Contract standard"), choices=Standard.choices)
    value = MoneyField(label=_("Contract sum without VAT"), min_value=0)
    currency = forms.RegexField(
        "^[A-Z]{3}$", label=_("Currency"), initial="NOK", max_length=3, strip=True
    )
    retained_percent = NumberField(
        label=_("Held back of each invoice"),
        suffix="%",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=0,
    )
    penalty_per_day = MoneyField(label=_("Liquidated damages per day"), min_value=0, required=False)
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(label=_("Agreed completion"), required=False)
    notice_days = forms.IntegerField(
        label=_("Internal days for notices"),
        min_value=1,
        max_value=365,
        initial=5,
        help_text=_(
            "Working days. Our own limit for sending and answering notices; the contract itself "
            "mostly says “without undue delay”."
        ),
    )
    index_name = line_of_text(_("Price index"), required=False)
    index_base = NumberField(
        label=_("Index when signed"), required=False, max_digits=12, decimal_places=4
    )
    index_share = NumberField(
        label=_("Share that follows it"),
        suffix="%",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=100,
    )
    notes = area(_("Notes"), 2)

    def __init__(self, data: Any = None, *, offered: Offered, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["party"] = chosen(_("Party"), offered.parties)
        self.fields["responsible"] = chosen(_("Responsible"), offered.team, empty=_("Nobody yet"))
        self.fields["line"] = chosen(
            _("Budget line"),
            offered.lines,
            empty=_("No line"),
            help_text=_("A signed contract is a commitment on it."),
        )
        self.fields["activity_uid"] = task(_("Task in the plan"), offered.tasks)
        self.order_fields(["title", "party", "side", "standard", "responsible"])

    @classmethod
    def of(cls, contract: Contract, data: Any = None, *, offered: Offered) -> "ContractForm":
        initial = {name: getattr(contract, name) for name in cls.FIELDS}
        initial |= {
            "party": contract.party_id,
            "line": contract.line_id,
            "responsible": contract.responsible_id,
        }
        return cls(data, offered=offered, initial=initial, version=contract.version)


class SignForm(Form):
    signed_on = DateField(label=_("Signed"), initial=timezone.localdate)


class EndForm(Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("closed", _("Settled")), ("terminated", _("Terminated"))],
        widget=forms.RadioSelect,
        initial="closed",
    )
    notes = area(_("Notes"), 2)


class TermForm(Form):
    """An instalment, an option, a guarantee or a key date."""

    layout = (("kind", "title"), ("amount", "day", "activity_uid"))

    kind = forms.ChoiceField(label=_("Kind"), choices=TermKind.choices)
    title = line_of_text(_("Title"))
    amount = MoneyField(label=_("Amount"), min_value=0, required=False)
    day = DateField(label=_("Date"), required=False)

    def __init__(self, data: Any = None, *, tasks: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["activity_uid"] = task(
            _("Task in the plan"), tasks, help_text=_("The date then follows the task.")
        )

    @classmethod
    def of(cls, term: Term, data: Any = None, *, tasks: Choices) -> "TermForm":
        initial = {name: getattr(term, name) for name in ("title", "amount", "day")}
        initial["activity_uid"] = term.activity_uid
        form = cls(data, tasks=tasks, initial=initial, version=term.version)
        del form.fields["kind"]
        return form


class SettleForm(Form):
    settled_on = DateField(label=_("Date"), initial=timezone.localdate)
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("done", _("Done")), ("lapsed", _("Lapsed"))],
        widget=forms.RadioSelect,
        initial="done",
    )

    def __init__(self, data: Any = None, *, is_option: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if is_option:
            del self.fields["state"]


class AdjustForm(Form):
    layout = (("basis", "index_now", "day"),)

    title = line_of_text(_("What it is about"), required=False)
    basis = MoneyField(label=_("Amount to be adjusted"), min_value=0)
    index_now = NumberField(label=_("Index now"), max_digits=12, decimal_places=4)
    day = DateField(label=_("Date"), initial=timezone.localdate)
