"""A declared list: filters, sorting, paging, export and its query budget."""

import io
import zipfile
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from tospann.ui import register
from tospann.ui.register import Bulk, Chosen, Column, Empty, Filter, Register, choice, flag, search

STATES = {"open": ("Åpen", "warning"), "done": ("Lukket", "success")}
LIST = Register(
    key="kinds",
    title="Risikoer",
    columns=[
        Column("model", "Navn", "link"),
        Column("app_label", "Status", "state", states=STATES),
        Column("length", "Lengde", "number", value=lambda row: len(row["model"])),
        Column("due", "Frist", "date", value=lambda row: date(2026, 11, 22), default=False),
    ],
    empty=Empty("Ingen risikoer ennå", "Start med de fem viktigste."),
    filters=[
        search("Søk", "model"),
        choice("state", "Tilstand", [("open", "Åpen"), ("done", "Lukket")], field="app_label"),
        flag("short", "Korte", lambda rows: rows.filter(model__regex="^.{1,4}$")),
    ],
    order=["model"],
    row_link=lambda row: f"/risks/{row['pk']}",
    overdue=lambda row: row["app_label"] == "open",
    also=["model", "app_label"],
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    def make(count, **more):
        ContentType.objects.all().delete()
        ContentType.objects.bulk_create(
            ContentType(app_label=["open", "done"][n % 2], model=f"r{n:04}") for n in range(count)
        )
        return ContentType.objects.all()

    yield make
    ContentType.objects.clear_cache()


def get(query="", **headers):
    return RequestFactory().get(f"/risks?{query}", headers=headers)


def html(request, rows, **more):
    with translation.override("en"):
        return LIST.respond(request, rows, **more).content.decode()


@pytest.mark.parametrize("count", [1, 3, 230])
def test_a_list_costs_two_queries_whatever_it_holds(rows, count, django_assert_num_queries):
    found = rows(count)
    with django_assert_num_queries(2):
        shown = html(get(), found)
    assert shown.count("<tr") == min(count, 100) + 1
    assert f"{count} row" in shown


def test_rows_lead_where_they_belong_and_states_are_words(rows):
    found = rows(2)
    shown = html(get(), found)
    assert f'href="/risks/{found.get(model="r0000").pk}"' in shown
    assert "Lukket" in shown
    assert shown.count('data-overdue="yes"') == 1
    assert "Frist" not in shown.split("<thead>")[1].split("</thead>")[0]


def test_sorting_both_ways_and_never_by_what_is_not_a_column(rows):
    found = rows(3)
    assert html(get("sort=-model"), found).index("r0002") < html(get("sort=-model"), found).index(
        "r0000"
    )
    assert 'aria-sort="descending"' in html(get("sort=-model"), found)
    for wild in ("password", "length", "-", "--model", "pk;drop"):
        assert "aria-sort" not in html(get(f"sort={wild}"), found)


def test_filters_narrow_say_so_and_can_be_taken_off(rows):
    found = rows(10)
    shown = html(get("state=open&q=r000"), found)
    assert "5 rows" in shown
    assert 'href="?state=open&amp;q="' in shown
    assert "2 rows" not in html(get("state=nonsense"), found)
    assert "10 rows" in html(get("state=nonsense"), found)


def test_an_empty_list_says_what_to_do_and_a_narrowed_one_what_hides(rows):
    found = rows(0)
    shown = html(get(), found)
    assert "Ingen risikoer ennå" in shown
    rows(3)
    shown = html(get("q=zzz&short=1"), ContentType.objects.all())
    assert "Ingen risikoer ennå" not in shown
    assert "Søk, Korte" in shown


def test_a_filter_on_by_default_can_be_switched_off(rows):
    listed = Register(
        key="x", title="X", columns=LIST.columns, empty=LIST.empty,
        filters=[choice("state", "S", [("open", "Åpen")], field="app_label", default="open")],
    )  # fmt: skip
    found = rows(10)
    with translation.override("en"):
        assert "5 rows" in listed.respond(get(), found).content.decode()
        assert "10 rows" in listed.respond(get("state="), found).content.decode()
    assert Chosen(listed, QueryDict("")).reset_address() == "?state="


def test_a_list_without_anything_is_not_called_narrowed_by_its_own_default_filter(rows):
    listed = Register(
        key="x", title="X", columns=LIST.columns, empty=LIST.empty,
        filters=[choice("state", "S", [("open", "Åpen")], field="app_label", default="open")],
    )  # fmt: skip
    with translation.override("en"):
        shown = listed.respond(get(), rows(0)).content.decode()
        assert "Start med de fem viktigste." in shown
        assert "Nothing matches" not in shown
        found = rows(2)
        found.filter(app_label="open").delete()
        assert "Nothing matches" in listed.respond(get(), found.all()).content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("2", 2), ("999", 3), ("0", 1), ("x", 1)])
def test_pages_are_clamped(rows, asked, shown):
    assert f"Page {shown} of 3" in html(get(f"page={asked}"), rows(230))


def test_htmx_gets_the_rows_alone_and_caches_keep_them_apart(rows):
    with translation.override("en"):
        response = LIST.respond(get(**{"HX-Request": "true"}), rows(2))
    assert "<html" not in response.content.decode()
    assert 'id="register-rows"' in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_columns_can_be_chosen_and_the_link_stays(rows):
    head = html(get("c=due"), rows(1)).split("<thead>")[1].split("</thead>")[0]
    assert "Frist" in head
    assert "Navn" in head
    assert "Status" not in head


def test_bulk_rows_can_be_ticked(rows):
    found = rows(2)
    shown = html(get(), found, bulk=[Bulk("Lukk", "/risks/close")])
    assert shown.count("data-select ") == 2
    assert 'formaction="/risks/close"' in shown


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def test_csv_holds_no_formulas(rows):
    rows(0)
    ContentType.objects.bulk_create(ContentType(app_label="open", model=text) for text in DANGEROUS)
    with translation.override("nb"):
        response = LIST.respond(get("format=csv"), ContentType.objects.all())
    assert response["Content-Disposition"].startswith("attachment;")
    text = response.content.decode("utf-8-sig")
    lines = [line for line in text.split("\r\n") if line]
    assert lines[0] == "Navn;Status;Lengde"
    assert len(lines) >= len(DANGEROUS) + 1
    for line in lines[1:]:
        assert line.lstrip('"')[0] == "'" or line[0] not in "=+-@\t\r\n"


def test_xlsx_holds_text_not_formulas_and_numbers_as_numbers(rows):
    rows(0)
    ContentType.objects.bulk_create(ContentType(app_label="open", model=text) for text in DANGEROUS)
    ContentType.objects.create(app_label="done", model="https://example.org")
    with translation.override("nb"):
        response = LIST.respond(get("format=xlsx"), ContentType.objects.all())
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in strings
    assert "<v>4</v>" in sheet


def test_export_holds_every_row_not_only_the_page(rows):
    with translation.override("nb"):
        response = LIST.respond(get("format=csv&page=2"), rows(230))
    assert response.content.count(b"\r\n") == 231


def test_what_is_in_the_rows_is_shown_as_text(rows):
    rows(0)
    ContentType.objects.create(app_label="open", model="<script>alert(1)</script>")
    assert "<script>alert" not in html(get("q=%22%3E%3Cscript%3E"), ContentType.objects.all())
    assert "<script>alert" not in html(get(), ContentType.objects.all())


def test_saved_views_cost_one_more_query_at_most(rows, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(register, "_kept", register._Kept())
    register.saved_views_come_from(
        lambda request, key: [register.SavedView("Mine", "state=open")], lambda: "/views"
    )
    found = rows(3)
    with django_assert_num_queries(2):
        shown = html(get("state=open"), found)
    assert 'href="?state=open" aria-current="page"' in shown
    assert 'action="/views"' in shown


def test_a_search_of_many_words_stays_bounded(rows):
    assert "0 rows" in html(get("q=" + "+".join(["x"] * 500)), rows(3))


def test_a_filter_may_narrow_as_it_likes(rows):
    own = Filter("own", "Egne", lambda found, value: found.filter(model=value))
    listed = Register(key="o", title="O", columns=LIST.columns, empty=LIST.empty, filters=[own])
    with translation.override("en"):
        assert "1 row" in listed.respond(get("own=r0001"), rows(3)).content.decode()
