"""Answers: pages, fragments, dialogs, refusals, headers; and what templates can use."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template import engines
from django.test import RequestFactory, override_settings
from django.utils import translation
from jinja2 import UndefinedError
from markupsafe import Markup

from tospann.foundation.errors import NotAllowed, Stale
from tospann.ui import pages
from tospann.ui.context import chrome, entries
from tospann.ui.forms import Form
from tospann.ui.jinja import ago, initials, markdown
from tospann.ui.middleware import security_headers

HTMX = {"HX-Request": "true"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Named(Form):
    name = forms.CharField()


def get(path="/", **headers):
    request = RequestFactory().get(path, headers=headers)
    request.actor = SimpleNamespace(name="Kari Nordmann", person_id=1)
    return request


def answered(response, request=None):
    return security_headers(lambda _request: response)(request or get())


def rendered(template, **context):
    return engines.all()[0].env.from_string(template).render(context)


def test_every_answer_carries_the_exact_policy():
    response = answered(HttpResponse())
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-ID"]) == 12


def test_a_download_keeps_its_stricter_policy():
    response = answered(HttpResponse(headers={"Content-Security-Policy": "sandbox"}))
    assert response["Content-Security-Policy"] == "sandbox"


@override_settings(TOSPANN_SIGN_IN_ORIGINS=["https://id.example.org"])
def test_sign_in_origins_are_where_forms_may_lead():
    policy = answered(HttpResponse())["Content-Security-Policy"]
    assert "form-action 'self' https://id.example.org;" in policy


def test_a_redirect_under_htmx_is_followed_by_the_page():
    response = answered(HttpResponseRedirect("/there"), get(**HTMX))
    assert (response.status_code, response["HX-Redirect"]) == (200, "/there")
    assert "Location" not in response


def test_to_sign_in_under_htmx_is_unauthorised_so_that_text_can_be_kept():
    address = resolve_url(settings.LOGIN_URL)
    response = answered(HttpResponseRedirect(f"{address}?next=/x"), get(**HTMX))
    assert response.status_code == 401


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_error_is_a_page_with_a_heading_and_something_to_quote(status, language):
    request = get()
    request.request_id = "abc123"
    with translation.override(language):
        response = pages.problem(request, status)
    text = response.content.decode()
    assert response.status_code == status
    assert text.count("<h1>") == 1
    assert "abc123" in text


def test_a_refused_change_speaks_in_its_own_words():
    response = pages.refused(get(), NotAllowed("Prosjekteier avgjør dette."))
    assert response.status_code == 403
    assert "Prosjekteier avgjør dette." in response.content.decode()
    changed = [{"by": "Kari Nordmann", "fields": {"name": ["Broen", "Ny bro"]}}]
    text = pages.refused(get(), Stale("Broen", changed)).content.decode()
    assert "Kari Nordmann: navn → Ny bro" in text


@pytest.mark.parametrize(
    ("referer", "leads_back"),
    [("http://testserver/p/X/plan", True), ("http://elsewhere.example/p/X/plan", False)],
)
def test_a_form_that_is_refused_leads_back_to_its_own_page(referer, leads_back):
    request = get(Referer=referer)
    request.method = "POST"
    text = pages.problem(request, 422).content.decode()
    assert ('href="/p/X/plan"' in text) is leads_back


def test_under_htmx_an_error_leaves_the_page_as_it_is():
    response = pages.problem(get(**HTMX), 404)
    assert response["HX-Reswap"] == "none"
    assert json.loads(response["HX-Trigger"])["toast"]["tone"] == "danger"
    assert response.content == b""


def test_the_page_for_our_own_faults_needs_nothing():
    request = RequestFactory().get("/")
    response = pages.server_error(request)
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


def test_a_form_is_a_page_or_a_dialog_and_keeps_what_was_typed():
    shown = {"title": "Ny", "submit": "Opprett", "decides": "Prosjekteier avgjør dette."}
    whole = pages.form_page(get(), Named(), **shown)
    assert "<html" in whole.content.decode()
    assert "Prosjekteier avgjør dette." in whole.content.decode()
    part = pages.form_page(get(**HTMX), Named({"name": ""}), **shown)
    text = part.content.decode()
    assert part.status_code == 422
    assert text.lstrip().startswith("<dialog")
    assert 'id="dialog_name"' in text
    assert "HX-Request" in part["Vary"]


def test_history_restored_by_htmx_is_a_whole_page():
    assert not pages.is_fragment(get(**HTMX, **{"HX-History-Restore-Request": "true"}))


def test_a_toast_may_carry_undo():
    response = pages.with_toast(HttpResponse(), "Lukket – ferdig", undo="/undo/1")
    said = json.loads(response["HX-Trigger"])
    assert said["toast"] == {"text": "Lukket – ferdig", "tone": "success", "undo": "/undo/1"}
    assert said["close-dialog"] is True
    assert response["HX-Trigger"].isascii()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_chrome_has_one_main_a_skip_link_and_the_csrf_header(language):
    request = get()
    with translation.override(language):
        text = pages.page(request, "ui/base.html").content.decode()
    assert text.count("<main") == 1
    assert 'href="#main"' in text
    assert f'<html lang="{language}"' in text
    assert 'hx-headers:inherited=\'{"X-CSRFToken": ' in text
    assert 'data-initials="KN"' in text


def test_the_colour_scheme_comes_from_a_cookie_and_nonsense_is_auto():
    request = get()
    request.COOKIES["tospann_color_scheme"] = "dark"
    assert chrome(request)["color_scheme"] == "dark"
    request.COOKIES["tospann_color_scheme"] = '"><script>'
    assert chrome(request)["color_scheme"] == "auto"


def test_the_menu_marks_the_longest_address_that_fits():
    rows = [("Hjem", "/", "home"), ("Prosjekter", "/projects", "projects"), ("Ingen", None, "x")]
    found = entries(get("/projects/new"), rows)
    assert [(entry[0], entry[3]) for entry in found] == [("Hjem", False), ("Prosjekter", True)]


def test_markdown_keeps_structure_and_drops_what_runs():
    text = markdown("# Tittel\n\n**fet** <script>x</script> [a](javascript:x) ![b](c.png)\n\n- en")
    assert "<h3>Tittel</h3>" in text
    assert "<strong>fet</strong>" in text
    assert "<script" not in text
    assert 'href="javascript' not in text
    assert "<img" not in text
    assert "<li>en</li>" in text


def test_a_constant_is_formatted_in_the_language_of_the_reader_not_of_the_compiler():
    template = engines.all()[0].env.from_string("{{ 1234.5|money }}")
    with translation.override("nb"):
        first = template.render()
    with translation.override("en"):
        second = template.render()
    assert (first, second) == ("1\u00a0234,50\u00a0kr", "NOK\u00a01,234.50")


def test_macros_are_found_everywhere_and_take_markup_as_markup():
    text = rendered("{% call ui.card('A & B') %}{{ inner }}{% endcall %}", inner=Markup("<i>x</i>"))
    assert "A &amp; B" in text
    assert "<i>x</i>" in text
    with pytest.raises(UndefinedError, match="no_such_macro"):
        rendered("{{ ui.no_such_macro() }}")


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=-1), "tomorrow"),
        (timedelta(days=-4), "in 4 days"),
        (timedelta(days=90), "24 Aug 2026"),
    ],
)
def test_time_gone_by_in_words(back, shown):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with translation.override("en"):
        assert ago(now - back, now) == shown


@pytest.mark.parametrize(
    ("name", "letters"), [("Kari Nordmann", "KN"), ("Åse", "Å"), ("Ola Å. Berg", "OB"), ("", "?")]
)
def test_initials(name, letters):
    assert initials(name) == letters
