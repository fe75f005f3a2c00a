"""Django forms as Designsystemet fields, and fields that read Norwegian dates and numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Jinja2, Template
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from tospann.ui import formats
from tospann.ui.jinja import language

_SAME_AS_INPUT = {
    "text",
    "number",
    "email",
    "url",
    "tel",
    "color",
    "search",
    "hidden",
    "time",
    "datetime",
    "date",
}


class Renderer(BaseRenderer):
    """Renders every form, field and widget of the installation from `ui/forms` and `ui/widgets`."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Template:
        """Django's own template names are mapped to ours."""
        return _engine().get_template(_our_name(template_name))

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Render without context processors: a widget needs nothing of the request."""
        template = self.get_template(template_name).template
        return Markup(template.render(context).strip())  # noqa: S704 - escaped by the template


@cache
def _engine() -> Jinja2:
    engine = next((e for e in engines.all() if isinstance(e, Jinja2)), None)
    if engine is None:
        raise ImproperlyConfigured("the Jinja2 backend is missing from TEMPLATES")
    return engine


@cache
def _our_name(template_name: str) -> str:
    folder, _slash, name = template_name.rpartition("/")
    if folder == "django/forms/widgets":
        return (
            f"ui/widgets/{'input.html' if name.removesuffix('.html') in _SAME_AS_INPUT else name}"
        )
    if folder.startswith("django/forms/errors"):
        return "ui/forms/errors.html"
    if folder.startswith("django/forms/formsets"):
        return "ui/forms/formset.html"
    return f"ui/forms/{name}" if folder == "django/forms" else template_name


class Form(forms.Form):
    """A form that may carry the version of the record it edits and lay fields side by side."""

    template_name = "ui/forms/form.html"
    error_css_class = "has-error"
    layout: ClassVar[Sequence[Sequence[str]]] = ()
    """Rows of field names shown side by side; fields not named follow one a row."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        version: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.label_suffix = ""
        if version is not None or (data is not None and self.add_prefix("version") in data):
            self.carry(version)

    def carry(self, version: int | None) -> None:
        """What is submitted is about the record as it was shown, or refused as stale."""
        self.fields["version"] = forms.IntegerField(
            required=False, min_value=0, initial=version, widget=forms.HiddenInput
        )

    def rows(self) -> Iterator[list[BoundField]]:
        """Visible fields in the order and the rows in which they are shown."""
        visible = {field.name: field for field in self.visible_fields()}
        placed: set[str] = set()
        row_of = {name: row for row in self.layout for name in row}
        for name, field in visible.items():
            if name in placed:
                continue
            names = [other for other in row_of.get(name, (name,)) if other in visible]
            placed.update(names)
            yield [visible[other] for other in names] if name in row_of else [field]


class DateField(forms.Field):
    """A date typed as 22.11, uke 47, i morgen, fre or +3d; shown in the page's format."""

    default_error_messages = {
        "invalid": _("Write a date, such as 22.11.2026, uke 47 or +3d"),
        "too_early": _("The date must be %(limit)s or later"),
        "too_late": _("The date must be %(limit)s or earlier"),
    }

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"data-date": True, "autocomplete": "off"})
        )
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The date meant, with “today” in the portal's time zone."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return formats.parse_date(str(value), timezone.localdate())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        for limit, broken, code in (
            (self.earliest, self.earliest and value < self.earliest, "too_early"),
            (self.latest, self.latest and value > self.latest, "too_late"),
        ):
            if limit and broken:
                shown = {"limit": formats.short_date(limit, language())}
                raise ValidationError(self.error_messages[code], code=code, params=shown)

    def prepare_value(self, value: Any) -> Any:
        return formats.short_date(value, language()) if isinstance(value, date) else value


class NumberField(forms.DecimalField):
    """A decimal number typed as 7,2 or 1 234.5; `suffix` is shown inside the field's frame."""

    default_error_messages = {
        "invalid": _("Write a number, such as 1 234,5"),
    }

    def __init__(self, *, suffix: str = "", **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        if suffix:
            attrs["data-suffix"] = suffix
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs say int
        """The number meant in the page's language."""
        if isinstance(value, str) and value.strip():
            try:
                value = formats.parse_number(value, language())
            except ValueError:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return formats.number(value, language()) if is_number else value


class MoneyField(NumberField):
    """An amount with at most two decimals; “kr” before or after what is typed is accepted."""

    def __init__(self, *, currency: str = "NOK", **kwargs: Any) -> None:
        self.currency = currency
        kwargs = {"max_digits": 15, "decimal_places": 2} | kwargs
        super().__init__(suffix="kr" if currency == "NOK" else currency, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs say int
        """The amount without its currency."""
        if isinstance(value, str):
            value = value.strip().removesuffix(",-").strip()
            for mark in ("kr.", "kr", self.currency):
                value = value.removesuffix(mark).removeprefix(mark).strip()
        return super().to_python(value)


class Suggestion(forms.Select):
    """A choice with a search box, for lists too long for a menu (people, projects)."""

    template_name = "ui/widgets/suggestion.html"
