"""What a rate can be divided out of is shown to nobody who may not see rates, on any path.

Kari alone writes hours on one line of the budget, Kari and Ola on two others. Every number on every
page, address of the API, workbook, text, mail, calendar and search is read as each role; none may
be what one person's hours come to: of a day, a week, a month, a line or in all.
"""

import html
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
import time_machine
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from tests import making
from tests.budget import starting
from tests.dav.asking import Asking
from tests.resources.test_rates_hidden import addresses_of_the_api, filled, walked
from tests.timesheets import working

from tospann.budget import commands as budget
from tospann.budget.models import CostBatch, CostType
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.models import Classification
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import OutboxMail
from tospann.people import commands as people
from tospann.projects import commands as projects
from tospann.resources.models import Rate
from tospann.search.models import Entry
from tospann.sharing import commands as sharing
from tospann.sharing import visiting
from tospann.timesheets import commands

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 4)
RATES = {"kari": Decimal("863.17"), "ola": Decimal("1237.43")}
WEEKS = {"kari": (Decimal("7.5"), 7, Decimal("6.5")), "ola": (6, 5)}
SEE = {Role.COORDINATOR, Role.MANAGER, Role.OWNER}
HIDDEN_FROM = (Role.MEMBER, Role.GUEST, Role.STEERING, Role.BENEFIT_RESPONSIBLE, Role.AUDITOR)
FILES = (
    *("money/control/budget.xlsx", "money/control/report.xlsx", "money?format=xlsx"),
    "money/control/report.pdf",
    *("money?format=csv", "money/costs?format=xlsx", "money/costs?format=csv"),
)
PLACES = (
    *("", "/money", "/money/costs", "/money/costs?line=", "/money/forecast", "/money/periods"),
    *("/money/months", "/money/commitments", "/money/control", "/money/control?by=week"),
    *("/money/frames", "/money/1", "/money/2", "/money/3", "/team/hours", "/history", "/team"),
)


@pytest.fixture(autouse=True)
def in_february():
    with time_machine.travel("2027-02-08T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def made():
    """Approved hours of two people, on a line of one's own and on one they share."""
    made = working.project(tasks=3, start=date(2026, 12, 1), finish=date(2027, 6, 30), key="NF")
    for role in (Role.STEERING, Role.BENEFIT_RESPONSIBLE):
        made.people[role] = making.person()
        projects.appoint(SYSTEM, made.project, person=made.people[role].pk, role=role)
    made.people[Role.AUDITOR] = making.person()
    people.give_organisation_role(SYSTEM, made.people[Role.AUDITOR], role=Role.AUDITOR)
    kari, ola = made.people[Role.MEMBER], making.person("Ola Hansen")
    made.people["ola"] = ola
    projects.appoint(SYSTEM, made.project, person=ola.pk, role=Role.MEMBER)
    _priced(kari, RATES["kari"])
    _priced(ola, RATES["ola"])
    bought, shared, hers, small = starting.started(made, 500_000, 400_000, 300_000, 9_000)
    making.inside(lambda: _set(shared, cost_type=CostType.LABOUR), made.project)
    making.inside(lambda: _set(hers, activity_uid=2), made.project)
    making.inside(lambda: _set(small, activity_uid=3), made.project)
    budget.record_costs(
        made.coordinator,
        made.project,
        id=new_id(),
        rows=[budget.CostRow(line=bought.pk, booked_on=MONDAY, amount=Decimal(25_000))],
    )
    _approve(made, kari, MONDAY, (1, WEEKS["kari"]), (2, (3,)), (3, (1,)))
    _approve(made, ola, MONDAY, (1, WEEKS["ola"]), (3, (1,)))
    _approve(made, kari, MONDAY + timedelta(days=21), (1, (4,)), (2, (2,)))
    for _round in range(5):
        carry_out_owed()
    assert CostBatch.objects.count() == 4
    return made


def _priced(person, amount):
    rate = Rate(person=person, amount=amount, valid_from=date(2020, 1, 1))
    making.inside(rate.save)


def _set(line, **values):
    for name, value in values.items():
        setattr(line, name, value)
    line.save()


def _approve(made, person, monday, *lines):
    from tospann.people.actors import actor_for
    from tospann.timesheets.models import Sheet

    rows = [working.line(made, *hours, uid=uid) for uid, hours in lines]
    week = commands.save_week(actor_for(person), person, monday=monday, lines=rows, send=True)
    sheet = Sheet.objects.get(week=week)
    commands.approve_hours(made.manager, made.project, sheets=[sheet.pk])


def telling():
    """Amounts from which, with the hours, a rate is divided out; and the rates themselves."""
    kari, ola = RATES["kari"], RATES["ola"]
    first, other = sum(map(Decimal, WEEKS["kari"])), sum(map(Decimal, WEEKS["ola"]))
    hers = {first, first + 1, first + 3, first + 4, first + 10, *map(Decimal, WEEKS["kari"])}
    hers |= {Decimal(hours) for hours in (1, 2, 3, 4, 5, 6)}
    his = {other, other + 1, Decimal(1), *map(Decimal, WEEKS["ola"])}
    priced = [(hours, kari) for hours in hers] + [(hours, ola) for hours in his]
    return {(hours * rate).quantize(Decimal("0.01")) for hours, rate in priced}


def together():
    """What both people's hours on the shared line come to."""
    kari = sum(map(Decimal, WEEKS["kari"])) + 4
    both = kari * RATES["kari"] + sum(map(Decimal, WEEKS["ola"])) * RATES["ola"]
    return both.quantize(Decimal("0.01"))


def told(text, of=None):
    """Which of the amounts a text has, whole or to the krone, however they are written."""
    plain = re.sub(r"[\s\u00a0\u202f]|&nbsp;", "", html.unescape(text)).replace(",", ".")
    found = set()
    for one in of or telling():
        exact, whole = f"{one:f}".rstrip("0").rstrip("."), f"{one:.0f}"
        forms = [rf"(?<!\d){re.escape(exact)}0?(?!\d)"]
        if len(whole) > 3:  # to the krone, as pages show it
            forms.append(rf"(?<![\d.]){whole}(?:\.00)?(?:kr|NOK|[<\"|;])")
        if any(re.search(form, plain) for form in forms):
            found.add(one)
    return found


def opened(answer):
    """The text of an answer; of a workbook or a PDF, of what is in it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        return ";".join(_cells(page.get_textpage()) for page in pypdfium2.PdfDocument(content))
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return " ".join(file.read(name).decode(errors="replace") for name in file.namelist())


def _cells(page):
    """The text of a PDF's page, cell by cell: figures side by side are not one number."""
    spots = (page.get_rect(number) for number in range(page.count_rects()))
    return ";".join(page.get_text_bounded(*spot) for spot in spots) + ";"


def read(client):
    """Everything that is answered: address → text."""
    base = "/p/NF"
    found = {a: client.get(a) for a in (f"{base}{place}" for place in PLACES)}
    found |= {a: client.get(a) for a in (f"{base}/{file}" for file in FILES)}
    return {a: opened(one) for a, one in found.items() if one.status_code == 200}


def test_pages_and_workbooks_hold_no_figure_of_one_persons_hours(client, made):
    for role in (*sorted(SEE), *HIDDEN_FROM):
        client.force_login(made.people[role])
        found = read(client)
        leaks = {address for address, text in found.items() if told(text)}
        if role in SEE:
            files = ("control/report.xlsx", "control/report.pdf")
            wanted = {f"/p/NF/money/{one}" for one in ("costs", "3", *files)}
            assert wanted | {"/p/NF/money/control/budget.xlsx"} <= leaks, role
            continue
        assert leaks == set(), role
        sums = {address for address, text in found.items() if told(text, {together()})}
        wanted = {f"/p/NF/money{one}" for one in ("", "/2", "/control/budget.xlsx")}
        assert sums >= (set() if role is Role.GUEST else wanted), role


def test_every_page_that_links_lead_to_holds_none_either(client, made):
    start = ["/", "/p/NF/", "/p/NF/money", "/p/NF/team", "/p/NF/reports", "/hours", "/inbox"]
    for role in HIDDEN_FROM:
        client.force_login(made.people[role])
        pages = list(walked(client, start))
        assert {a: told(body) for a, body in pages if told(body)} == {}, role
        assert len(pages) > (2 if role is Role.GUEST else 15), role


def test_the_api_holds_no_figure_of_one_persons_hours(client, made):
    extra = ["/api/v1/projects/NF/control?by=week", "/api/v1/projects/NF/costs?source=timesheets"]
    lists = [one for address in addresses_of_the_api() for one in filled(address, made)]
    for role in (Role.MANAGER, *HIDDEN_FROM):
        client.force_login(made.people[role])
        answers = {address: client.get(address) for address in [*lists, *extra]}
        found = {a: opened(one) for a, one in answers.items() if one.status_code == 200}
        leaks = {address for address, text in found.items() if told(text)}
        assert len(found) > (1 if role is Role.GUEST else 30), role
        if role in SEE:
            wanted = {f"/api/v1/projects/NF/{one}" for one in ("costs", "budget", "control")}
            assert wanted | {"/api/v1/projects/NF/cost-batches"} <= leaks
            assert not [one for one in leaks if "/entries" in one or "/search" in one]
        else:
            assert leaks == set(), role


def test_the_sums_are_the_same_wherever_a_member_reads_them(client, made):
    client.force_login(made.people[Role.MEMBER])
    known = client.get("/api/v1/projects/NF/budget").json()
    lines = {one["number"]: Decimal(one["spent"]) for one in known["lines"]}
    assert sum(lines.values()) + Decimal(known["spent_apart"]) == Decimal(known["spent"])
    control = client.get("/api/v1/projects/NF/control").json()
    shown = {one["number"]: Decimal(one["ac"]) for one in control["lines"] if one["number"]}
    assert shown == lines
    assert Decimal(control["series"][-1]["ac"] or control["total"]["ac"]) == Decimal(known["spent"])
    assert sum(Decimal(one["spent"] or 0) for one in control["periods"]) == Decimal(known["spent"])
    costs = client.get("/api/v1/projects/NF/costs").json()
    listed = sum(Decimal(one["amount_nok"]) for one in costs["items"])
    assert listed + Decimal(costs["hidden"]) == Decimal(known["spent"])
    manager = made.people[Role.MANAGER]
    client.force_login(manager)
    whole = client.get("/api/v1/projects/NF/budget").json()
    assert whole["spent"] == known["spent"], "there is somebody to be summed with"


def test_what_the_portal_keeps_and_sends_besides_holds_none_of_it(made):
    encoder = DjangoJSONEncoder()
    kept = [encoder.encode([one.arguments, one.changes]) for one in AuditDetail.objects.all()]
    kept += [encoder.encode({k: str(v) for k, v in row.items()}) for row in Entry.objects.values()]
    kept += [
        encoder.encode({k: str(v) for k, v in row.items()}) for row in OutboxMail.objects.values()
    ]
    assert [told(text) for text in kept if told(text)] == []


def test_neither_drive_nor_room_holds_any_of_it(client, made):
    """The manager's workbook lies there for those she trusts; the member's is shared outside."""
    _kept(client, made, Role.MANAGER, "Leders.xlsx", Classification.STRICTLY_CONFIDENTIAL)
    shared = _kept(client, made, Role.MEMBER, "Teamets.xlsx", Classification.OPEN)
    for role, is_told in ((Role.MANAGER, True), (Role.MEMBER, False)):
        drive = Asking(Client(), made.people[role], made.project)
        files = {name: opened(drive("GET", name)) for name in drive.names()}
        assert "Teamets.xlsx" in files, role
        assert any(told(text) for text in files.values()) is is_told, role
    visitor = Client()
    assert "Teamets.xlsx" in visitor.get(f"/room/{_link_to(made, shared)}", follow=True).text
    file = opened(visitor.get(f"/rooms/NF/documents/{shared.pk}/file"))
    assert told(file, {together()}), "the sum of both is there"
    pages = {"file": file, "room": visitor.get("/rooms/NF/").text}
    assert {address: told(text) for address, text in pages.items() if told(text)} == {}


def _kept(client, made, role, name, classification):
    """The cost report as a role is given it, kept as a document."""
    client.force_login(made.people[role])
    answer = client.get("/p/NF/money/control/report.xlsx")
    kept = blobs.put_bytes(answer.getvalue())
    values = {"media_type": answer["Content-Type"], "sha256": kept.sha256, "size": kept.size}
    values |= {"name": name, "classification": classification}
    return documents.add_document(made.manager, made.project, id=new_id(), **values)


def _link_to(made, document):
    making.inside(lambda: _set(made.project, state="active"), made.project)
    reference, token = f"documents.document:{document.pk}", visiting.new_secret()
    values = {"id": new_id(), "reference": reference, "kind": "link"}
    share = sharing.share_outside(made.manager, made.project, **values)
    sharing.renew_link(made.manager, share, token_hash=visiting.hashed(token))
    return token


def test_hours_recorded_by_hand_leave_no_amount_in_the_log(made):
    from tospann.budget.models import BudgetLine

    line = BudgetLine.objects.filter(project=made.project).first()
    kari = made.people[Role.MEMBER]
    row = {"line": line.pk, "booked_on": MONDAY, "amount": Decimal("4315.85")}
    rows = [budget.CostRow(**row, person=kari.pk, hours=5), budget.CostRow(**row | {"amount": 77})]
    budget.record_costs(made.coordinator, made.project, id=new_id(), rows=rows)
    detail = (
        AuditDetail.objects.filter(entry__command="budget.record_costs").order_by("-pk").first()
    )
    assert [one["amount"] for one in detail.arguments["rows"]] == ["…", "77"]
    assert "4315" not in DjangoJSONEncoder().encode([detail.arguments, detail.changes])


def test_the_project_of_one_person_shows_no_cost_of_hours_at_all(client):
    made = working.project(tasks=1, start=date(2026, 12, 1), finish=date(2027, 6, 30), key="EN")
    _priced(made.people[Role.MEMBER], RATES["kari"])
    (line,) = starting.started(made, 500_000)
    making.inside(lambda: _set(line, cost_type=CostType.LABOUR), made.project)
    _approve(made, made.people[Role.MEMBER], MONDAY, (1, (4,)))
    client.force_login(made.people[Role.MEMBER])
    known = client.get("/api/v1/projects/EN/budget").json()
    assert (known["spent"], known["lines"][0]["spent"]) == ("0.00", "0.00")
    assert "3452" not in re.sub(r"\s", "", client.get("/p/EN/money").content.decode())
    client.force_login(made.people[Role.MANAGER])
    assert client.get("/api/v1/projects/EN/budget").json()["spent"] == "3452.68"
