"""Forms of meetings: planning, moving, agenda items, who is called, series, remarks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.meetings.commands import AgendaLine, Attendee
from tospann.meetings.models import Cadence, ItemKind, Series
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]
_CLOCK = re.compile(r"^(\d{1,2})[.:]?(\d{2})?$")
_MINUTES = re.compile(r"^(?P<title>.*\S)[\s,;(]+(?P<minutes>\d{1,3})\s*min\.?\)?$")
_ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


class ClockField(forms.Field):
    """A time of day typed as 9, 9.30, 0930 or 09:30."""

    default_error_messages = {"invalid": _("Write a time, such as 09:30")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        """The time meant."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _CLOCK.match(str(value).strip().removeprefix("kl.").strip())
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else self._wrong()
        except ValueError:
            return self._wrong()

    def _wrong(self) -> time:
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


def _someone(label: Any, choices: Choices, empty: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *choices],
        widget=Suggestion,
        required=False,
        coerce=UUID,
        empty_value=None,
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WhenForm(Form):
    """A day and a time, and how long."""

    layout: ClassVar[Sequence[Sequence[str]]] = (("day", "clock", "duration_minutes"),)

    day = DateField(label=_("Date"))
    clock = ClockField(label=_("Time of day"))
    duration_minutes = forms.IntegerField(
        label=_("Duration (minutes)"), min_value=5, max_value=1440
    )

    @property
    def starts_at(self) -> datetime:
        day: date = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["clock"]))

    @staticmethod
    def starting(moment: datetime, minutes: int) -> dict[str, Any]:
        """What the fields hold for a meeting at that time."""
        local = timezone.localtime(moment)
        return {"day": local.date(), "clock": local.time(), "duration_minutes": minutes}


class MoveForm(WhenForm):
    """Another time for a meeting, and what those who are called are told."""

    message = forms.CharField(
        label=_("Message to those who are called"),
        max_length=5_000,
        required=False,
        widget=_area(3),
    )


class DetailsForm(Form):
    """What a meeting is about, and where."""

    layout: ClassVar[Sequence[Sequence[str]]] = (
        ("place", "video_link"),
        ("duration_minutes", "minutes_by"),
    )

    title = forms.CharField(label=_("What the meeting is called"), max_length=200)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    video_link = forms.URLField(
        label=_("Link to the video meeting"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    duration_minutes = forms.IntegerField(
        label=_("Duration (minutes)"), min_value=5, max_value=1440
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=20_000, required=False, widget=_area(2)
    )
    own_points_only = forms.BooleanField(
        label=_("External parties get only their own points of the minutes"), required=False
    )

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["minutes_by"] = _someone(_("Writes the minutes"), team, _("Nobody yet"))


class NewMeetingForm(WhenForm, DetailsForm):
    """A new meeting: everything in one form, mostly filled in already."""

    layout = (("day", "clock", "duration_minutes"), ("place", "video_link"))
    field_order = (
        "title", "day", "clock", "duration_minutes", "place", "video_link", "people", "contacts",
        "others", "agenda", "minutes_by", "purpose", "own_points_only",
    )  # fmt: skip

    people = forms.TypedMultipleChoiceField(
        label=_("Who is called"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contacts = forms.TypedMultipleChoiceField(
        label=_("Contacts"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others"),
        help_text=_("One a line: name, organisation, e-mail address."),
        max_length=20_000,
        required=False,
        widget=_area(2),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("One item a line, with minutes if you like: “Progress 15 min”."),
        max_length=20_000,
        required=False,
        widget=_area(6),
    )

    def __init__(
        self, data: Any = None, *, team: Choices, contacts: Iterable[tuple[UUID, str]], **kw: Any
    ) -> None:
        super().__init__(data, team=team, **kw)
        self.fields["people"].choices = team  # type: ignore[attr-defined]  # a choice field
        known = [(str(pk), name) for pk, name in contacts]
        if known:
            self.fields["contacts"].choices = known  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["contacts"]
        self.order_fields(self.field_order)

    def clean_others(self) -> list[Attendee]:
        return [_other(line) for line in self.cleaned_data["others"].splitlines() if line.strip()]

    def clean_agenda(self) -> list[AgendaLine]:
        lines = self.cleaned_data["agenda"].splitlines()
        return [agenda_line(line) for line in lines if line.strip()]

    @property
    def attendees(self) -> list[Attendee]:
        """Everybody who is to be called."""
        typed = self.cleaned_data
        people = [Attendee(id=new_id(), person=pk) for pk in typed["people"]]
        contacts = [Attendee(id=new_id(), contact=pk) for pk in typed.get("contacts", [])]
        others: list[Attendee] = typed["others"]
        return people + contacts + others


def _other(line: str) -> Attendee:
    """“Kari Hansen, Bygg AS, kari@bygg.no”, in any order of address and name."""
    address = _ADDRESS.search(line)
    rest = line.replace(address[0], "") if address else line
    parts = [part.strip(" <>;") for part in rest.replace(";", ",").split(",")]
    names = [part[:200] for part in parts if part] + ["", ""]
    email = address[0].rstrip(".") if address else ""
    if email:
        validate_email(email)
    return Attendee(id=new_id(), name=names[0], organisation=names[1], email=email)


def agenda_line(line: str) -> AgendaLine:
    """“Progress 15 min” as an item; a number alone belongs to the title."""
    if found := _MINUTES.match(line.strip()):
        title, minutes = found["title"].strip(" ,;("), min(int(found["minutes"]), 480)
        return AgendaLine(id=new_id(), title=title[:200], minutes=minutes)
    return AgendaLine(id=new_id(), title=line.strip()[:200])


class CallForm(Form):
    """What is said in the invitation."""

    message = forms.CharField(
        label=_("Message to those who are called"),
        max_length=5_000,
        required=False,
        widget=_area(3),
    )


class CancelForm(Form):
    """Why there will be no meeting."""

    message = forms.CharField(
        label=_("Why it is cancelled"),
        help_text=_("Sent to everybody who was called."),
        max_length=5_000,
        widget=_area(3),
    )


class ItemForm(Form):
    """An item of the agenda."""

    layout = (("kind", "minutes", "responsible"),)

    title = forms.CharField(label=_("Item"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What it is for"), choices=ItemKind.choices, initial=ItemKind.DISCUSSION
    )
    minutes = forms.IntegerField(label=_("Time (minutes)"), min_value=0, max_value=480, initial=5)
    private = forms.BooleanField(label=_("Not for external parties"), required=False)
    concerns = forms.TypedMultipleChoiceField(
        label=_("Whose own point it is"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, team: Choices, externals: Choices = (), **kw: Any  # type: ignore[assignment]  # an empty tuple is fine
    ) -> None:  # fmt: skip
        super().__init__(data, **kw)
        self.fields["responsible"] = _someone(_("Responsible"), team, _("Nobody yet"))
        if externals:
            self.fields["concerns"].choices = externals  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["concerns"]
        self.order_fields(("title", "kind", "minutes", "responsible", "private", "concerns"))


class QuickItemForm(Form):
    """One line below the agenda."""

    layout = (("title", "minutes"),)

    title = forms.CharField(label=_("New item"), max_length=200)
    minutes = forms.IntegerField(
        label=_("Time (minutes)"), min_value=0, max_value=480, initial=5, required=False
    )


class AttendeeForm(Form):
    """Somebody more to call: of the team, a contact, or anybody by name."""

    layout = (("name", "organisation"),)

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def __init__(
        self, data: Any = None, *, team: Choices, contacts: Iterable[tuple[UUID, str]], **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        known = [(str(pk), name) for pk, name in contacts]
        self.fields["person"] = _someone(_("On the team"), team, _("Choose"))
        self.fields["contact"] = _someone(_("Contact"), known, _("Choose"))
        self.order_fields(("person", "contact", "name", "organisation", "email"))


class SeriesForm(Form):
    """How often a series meets, and what is usually talked about."""

    layout = (("cadence", "duration_minutes"),)

    name = forms.CharField(label=_("Name"), max_length=200)
    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence.choices)
    duration_minutes = forms.IntegerField(label=_("Duration (minutes)"), min_value=5, max_value=480)
    agenda = forms.CharField(
        label=_("Usual agenda"),
        help_text=_("One item a line."),
        max_length=10_000,
        required=False,
        widget=_area(6),
    )

    @classmethod
    def of(cls, series: Series, data: Any = None) -> "SeriesForm":
        names = ("name", "cadence", "duration_minutes")
        initial = {name: getattr(series, name) for name in names}
        initial["agenda"] = "\n".join(series.agenda)
        return cls(data, initial=initial, version=series.version)

    def clean_agenda(self) -> list[str]:
        lines = (line.strip()[:200] for line in self.cleaned_data["agenda"].splitlines())
        return [line for line in lines if line][:50]


class PublishForm(Form):
    """Until when those who were called may remark."""

    remarks_due_on = DateField(
        label=_("Deadline for remarks"), help_text=_("After it the minutes are locked.")
    )

    def __init__(self, data: Any = None, **kw: Any) -> None:
        super().__init__(data, **kw)
        field = self.fields["remarks_due_on"]
        field.earliest = timezone.localdate()  # type: ignore[attr-defined]  # a date field


class RemarkForm(Form):
    """A remark to the minutes, about an item or about them all."""

    item = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("Your remark"), max_length=5_000, widget=_area(4))

    def __init__(self, data: Any = None, *, items: Choices, **kw: Any) -> None:
        super().__init__(data, **kw)
        everything = [("", _("The minutes as a whole")), *items]
        self.fields["item"].choices = everything  # type: ignore[attr-defined]  # a choice field

    @property
    def remark(self) -> dict[str, Any]:
        """What is said, and about which item."""
        typed = self.cleaned_data
        return {"text": typed["text"], "item": UUID(typed["item"]) if typed["item"] else None}


class AnswerRemarkForm(Form):
    """What the minute-taker answers."""

    answer = forms.CharField(label=_("Your answer"), max_length=5_000, widget=_area(4))


def shown_agenda(lines: Iterable[Mapping[str, Any]]) -> str:
    """Items as the lines one types."""
    return "\n".join(
        f"{line['title']} {line['minutes']} min" if line["minutes"] else line["title"]
        for line in lines
    )
