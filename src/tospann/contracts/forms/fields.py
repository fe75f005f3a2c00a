"""Fields that the forms of contracts share."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.ui import formats
from tospann.ui.forms import Suggestion
from tospann.ui.jinja import language

Choices = list[tuple[str, Any]]
_CLOCK = re.compile(r"\s+(?:kl\.?\s*)?([01]?\d|2[0-3])[:.]([0-5]\d)$")


class MomentField(forms.Field):
    """A day and a time in one line: 22.11.2026 14:30. Without a time: now, or noon that day."""

    default_error_messages = {"invalid": _("Write a date and a time, such as 22.11.2026 14:30")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        kwargs.setdefault("initial", lambda: timezone.localtime().replace(second=0, microsecond=0))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        said, today = str(value).strip(), timezone.localdate()
        clock = _CLOCK.search(said)
        try:
            day = formats.parse_date(said[: clock.start()] if clock else said, today)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if clock is None and day == today:
            return timezone.now()
        at = time(int(clock[1]), int(clock[2])) if clock else time(12)
        return timezone.make_aware(datetime.combine(day, at))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        return f"{formats.short_date(local.date(), language())} {local:%H:%M}"


def line_of_text(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=required, **kwargs)


def area(label: Any, rows: int = 3, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def chosen(
    label: Any, choices: Choices, *, empty: Any = None, help_text: Any = ""
) -> forms.TypedChoiceField:
    """One of these by its id; with ``empty`` none of them may be meant."""
    listed = choices if empty is None else [("", empty), *choices]
    return forms.TypedChoiceField(
        label=label,
        choices=listed,
        widget=Suggestion,
        required=empty is None,
        coerce=UUID,
        empty_value=None,
        help_text=help_text,
    )


def task(label: Any, choices: Choices, *, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("No task")), *choices],
        widget=Suggestion,
        required=False,
        coerce=int,
        empty_value=None,
        help_text=help_text,
    )
