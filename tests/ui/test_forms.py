"""Every widget as a field, in both languages, and the fields that read what people type."""

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tospann.ui.forms import DateField, Form, MoneyField, NumberField, Suggestion

CHOICES = [("a", "Første"), ("b", "Andre <b>")]


class Everything(Form):
    layout = (("text", "number"), ("day", "amount"))

    text = forms.CharField(label="Navn", help_text="Kort og klart", max_length=80)
    long = forms.CharField(label="Tekst", widget=forms.Textarea, required=False)
    menu = forms.ChoiceField(label="Meny", choices=[("Gruppe", CHOICES)])
    many = forms.MultipleChoiceField(label="Flere", choices=CHOICES, required=False)
    radio = forms.ChoiceField(label="Valg", choices=CHOICES, widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(
        label="Kryss", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    tick = forms.BooleanField(label="Ja", required=False)
    person = forms.ChoiceField(label="Person", choices=[("", ""), *CHOICES], widget=Suggestion)
    email = forms.EmailField(label="E-post", required=False)
    secret = forms.CharField(label="Passord", widget=forms.PasswordInput, required=False)
    file = forms.FileField(label="Fil", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    native = forms.DateField(label="Dato", widget=forms.DateInput, required=False)
    both = forms.SplitDateTimeField(label="Tidspunkt", required=False)
    day = DateField(label="Frist", required=False)
    number = NumberField(label="Andel", suffix="%", min_value=0)
    amount = MoneyField(label="Beløp", required=False)


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, name):
        return next(attrs for _tag, attrs in self.tags if attrs.get("name") == name)

    def ids(self):
        return [attrs["id"] for _tag, attrs in self.tags if "id" in attrs]


@pytest.mark.parametrize(("language", "optional"), [("nb", "(valgfritt)"), ("en", "(optional)")])
def test_every_widget_has_a_label_and_what_describes_it(language, optional):
    with translation.override(language):
        html = str(Everything({}, version=7))
        expected = translation.gettext("(optional)")
    assert expected in {optional, "(optional)"}  # the catalogue may not be compiled here
    assert expected in html
    page = Reader(html)
    ids = page.ids()
    assert len(ids) == len(set(ids))
    pointed = [a["for"] for tag, a in page.tags if tag == "label"]
    assert set(pointed) <= set(ids)
    for _tag, attrs in page.tags:
        assert set(attrs.get("aria-describedby", "").split()) <= set(ids)
        assert "style" not in attrs
    for name in Everything.base_fields:
        assert any(a.get("name", "").startswith(name) for _tag, a in page.tags), name


@pytest.mark.parametrize("language", ["nb", "en"])
def test_errors_are_at_the_field_and_linked_from_the_summary(language):
    with translation.override(language):
        page = Reader(str(Everything({"number": "mye"})))
    number = page.named("number")
    assert number["aria-invalid"] == "true"
    assert "id_number_error" in number["aria-describedby"]
    assert number["value"] == "mye"
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert "#id_number" in links
    assert "#id_radio_0" in links
    assert set(links) <= {f"#{found}" for found in page.ids()}


def test_a_form_not_sent_has_no_error_summary():
    assert "ds-error-summary" not in str(Everything())


def test_what_people_wrote_is_shown_as_text():
    html = str(Everything({"text": '"><script>', "long": "</textarea><b>"}))
    assert "<script>" not in html
    assert "</textarea><b>" not in html
    assert "Andre <b>" not in html


def test_fields_of_a_row_stand_side_by_side():
    rows = [[field.name for field in row] for row in Everything().rows()]
    assert ["text", "number"] in rows
    assert ["day", "amount"] in rows
    assert ["long"] in rows
    assert sorted(name for row in rows for name in row) == sorted(
        name for name in Everything.base_fields if name != "hidden"
    )


@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_what_people_type_becomes_values():
    form = Everything(
        {
            "text": "x",
            "menu": "a",
            "radio": "b",
            "person": "a",
            "number": "7,25",
            "amount": "NOK 1\u00a0200,50",
            "day": "uke 48",
            "version": "7",
        },
        {"file": SimpleUploadedFile("a.txt", b"x")},
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == Decimal("7.25")
    assert form.cleaned_data["amount"] == Decimal("1200.50")
    assert form.cleaned_data["day"] == date(2026, 11, 23)
    assert form.cleaned_data["version"] == 7


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (DateField(), "en dag"),
        (DateField(earliest=date(2026, 1, 1)), "31.12.2025"),
        (DateField(latest=date(2026, 1, 1)), "2.1.2026"),
        (DateField(), ""),
        (NumberField(), "7,2 mill"),
        (NumberField(), "nan"),
        (NumberField(min_value=0), "-1"),
        (MoneyField(), "1,234"),
        (MoneyField(), "9" * 20),
    ],
)
def test_what_is_not_meant_is_refused(field, typed):
    with translation.override("nb"), pytest.raises(forms.ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("language", "shown"), [("nb", ["22.11.2026", "1234,5"]), ("en", ["22 Nov 2026", "1,234.5"])]
)
def test_values_are_shown_in_the_language_and_unchanged_values_count_as_unchanged(language, shown):
    initial = {"day": date(2026, 11, 22), "amount": Decimal("1234.5")}
    with translation.override(language):
        page = Reader(str(Everything(initial=initial)))
        values = [page.named("day")["value"], page.named("amount")["value"].replace("\u00a0", "")]
        assert values == shown
        sent = {"day": page.named("day")["value"], "amount": page.named("amount")["value"]}
        form = Everything(sent, initial=initial)
        assert not {"day", "amount"} & set(form.changed_data)


def test_the_version_is_only_there_when_given():
    assert "version" not in Everything().fields
    assert Reader(str(Everything(version=3))).named("version")["value"] == "3"
