"""Every page there is: found by following links as the demo's people."""

import html
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from openpyxl import load_workbook
from tests.browser import contract_places, outward_places, quality_places, served_places
from tests.browser.meeting_room import call, held, own_remark, remark_to_answer
from tests.browser.visiting import ADMINISTRATOR, csrf_token

PLAN = Path(__file__).parents[1] / "planengine/fixtures/pier.xml"
WHO = (
    *("manager", "coordinator", "owner", ADMINISTRATOR, "portfolio_leader", "line_manager"),
    *("member", None),
)
START = (
    "/",
    "/projects",
    "/p/NSS/",
    "/p/SVH/",
    "/admin/",
    "/admin/packs/ours",
    "/account/",
    "/account/login/",
)
VISITS_PER_ROUTE = 3  # of each person where nobody else was let in before
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')

UNLINKED = {
    "archiving:packages": ("owner", "/p/NSS/archive"),
    "seals:check": (None, "/verify"),
    "account_inactive": (None, "/account/inactive/"),
    "account_email_verification_sent": (None, "/account/confirm-email/"),
    "account_confirm_email": (None, "/account/confirm-email/no-such-key/"),
    "account_reset_password": (None, "/account/password/reset/"),
    "account_reset_password_done": (None, "/account/password/reset/done/"),
    "account_reset_password_from_key": (None, "/account/password/reset/key/1-used/"),
    "account_reset_password_from_key_done": (None, "/account/password/reset/key/done/"),
    "account_reauthenticate": (ADMINISTRATOR, "/account/reauthenticate/"),
    "ui:styleguide": ("member", "/styleguide"),
    "mfa_list_webauthn": ("member", "/account/mfa/webauthn/"),
    "account_change_password": (ADMINISTRATOR, "/account/password/change/"),
    "account_logout": ("member", "/account/logout/"),
    "edit_idea": ("portfolio_leader", "/portfolio/ideas/2/edit"),
    "return_report": ("manager", "/p/NSS/reports/3/return"),
}
OWN_PACK, MEMO = "ours", "/p/NSS/team/memos/new"
NO_PAGE = {
    **dict.fromkeys(
        ("room_link", "room", "room_document"), "only by a link (tests/browser/test_sharing.py)"
    ),
    "ask_to_accept": "a dialog of what is shared outside (tests/browser/test_sharing.py)",
    **dict.fromkeys(("room_file", "room_logo"), "a file"),
    **dict.fromkeys(
        ("room_report", "room_register", "room_meeting"), "only by a share (tests/rooms)"
    ),
    **dict.fromkeys(("room_report_pdf", "room_minutes", "external_edition_pdf"), "a PDF"),
    **dict.fromkeys(("account_data", "admin_person_data_file"), "a file"),
    "new_form": "goes on to the form of the project that was chosen",
    "answer_letter": "only by a link of a letter (tests/browser/test_letter.py)",
    "action_row": "a row of the list of tasks",
    "action_cell": "a cell of the list of tasks",
    "ui:sample_dialog": "a part of the style guide",
    "start_plan": "only where a project has no plan yet",
    "archiving:fetch": "a package that was made (tests/archiving)",
    **dict.fromkeys(("archiving:as_of_package", "archiving:as_of_paper"), "a file"),
    "seals:keys": "a file of public keys (tests/seals)",
    "close_project": "only when no case is open (tests/browser/test_closing.py)",
    "seals:code": "only with the code of a file (tests/seals)",
    **dict.fromkeys(("webhook", "edit_webhook"), "where there is one (tests/webhooks)"),
    "ics": "what calendar programs ask (tests/mailbox)",
    "healthz": "a word for the load balancer",
    "readyz": "a word for the load balancer",
    "api": "the API",
    "dav": "what drives ask (tests/dav)",
    "dav_document": "what office programs ask (tests/dav)",
    "changes": "what a script asks",
    "plan_rows": "what a script asks",
    "draft_rows": "what a script asks",
    "draft_panel": "a part of a draft's page",
    "draft_operations": "what a script sends (tests/planning/drafts)",
    "past_rows": "what a script asks",
    "plan_operations": "what a script sends (tests/planning/test_chart.py)",
    "live_state": "what a script asks",
    "live_line": "what a script asks (tests/meetings/live)",
    "status_pdf": "a PDF",
    "cost_report_pdf": "a PDF",
    **dict.fromkeys(("cost_report_workbook", "budget_workbook"), "a file"),
    "timesheets_workbook": "a file",
    **dict.fromkeys(("read_budget", "take_budget"), "what a form sends (tests/control)"),
    "propose_scenario": "what a form sends (tests/portfolio)",
    "take_register_excel": "what a form sends (tests/registers)",
    "minutes_pdf": "a PDF",
    "pdf_by_link": "a PDF",
    "meeting_link": "only who has the mail (tests/meetings)",
    "report_pdf": "a PDF",
    "report_slides": "a presentation",
    "attachment": "a file",
    "filled_pdf": "a PDF",
    **dict.fromkeys(("filled_docx", "word_start"), "a file"),
    "filled_news": "what a script asks",
    "document_file": "a file",
    "document_preview_page": "a picture",
    "room_sheet": "a picture",
    "closing_report": "leads on to the report",
    "room_survey": "only by a link of the room (tests/closing)",
    "reopen_project": "of a closed project (tests/closing)",
    "carry_on_case": "of an open case in a closing (tests/browser/test_closing.py)",
    "version_file": "a file",
    "zip_documents": "a file",
    "download_pack": "a file",
    "risk_excel_file": "a file",
    "mfa_download_recovery_codes": "a file",
    "openid_connect_callback": "where a provider sends back to (tests/people)",
    "inbox_notice": "goes on to what the notice is about",
    "mfa_login_webauthn": "options for a script",
    "mfa_reauthenticate_webauthn": "a step after a passkey was added (tests/people)",
    "mfa_authenticate": "the second step of signing in (tests/people)",
    "mfa_reauthenticate": "asks for a second factor (tests/people)",
    "mfa_deactivate_totp": "after TOTP is on (tests/people)",
    "mfa_view_recovery_codes": "after a second factor is on (tests/people)",
    "mfa_generate_recovery_codes": "after a second factor is on (tests/people)",
    "mfa_remove_webauthn": "after a passkey was added (tests/people)",
    "mfa_edit_webauthn": "after a passkey was added (tests/people)",
    "account_set_password": "goes on to changing the password",
    "job_progress": "only while a job runs",
}
ONLY_POST = {
    *("archiving:make", "remove_paper", "send_bundle", "withdraw_waiver"),
    *("begin_closing", "drop_carrying_on", "end_survey", "start_end_report"),
    *("publish_lesson", "withdraw_lesson", "widen_ranges"),
    *("start_filled", "save_filled", "send_filled", "reopen_filled", "revise_filled"),
    *("rename_filled", "discard_filled", "use_earlier", "comment_on_filled"),
    *("settle_filled_comment", "set_word_template", "remove_word_template"),
    *("oidc_sign_in", "oidc_link", "oidc_unlink"),
    *("renew_webhook_secret", "resend_delivery", "act_on_webhook"),
    "document_act",
    "folder_act",
    "move_documents",
    "prepare_upload",
    "remove_needed",
    "trash_documents",
    "upload",
    *("unlock_room", "send_room_code", "leave_room", "hand_in", "answer_room_request"),
    "end_communication",
    *("answer_delivered", "restore_requirement", "take_back_deliverable", "answer_deliverable"),
    *("approve_quality_review", "reopen_quality_review", "reopen_test_round", "remove_test_case"),
    *("ask_for_checkpoint", "remove_register_view"),
    *("ask_room_question", "confirm_share", "withdraw_from_room", "withdraw_request"),
    *("approve_hours", "return_hours", "take_back_hours", "send_planned_hours"),
    "apply_draft",
    "discard_draft",
    "take_up_draft",
    "draft_amount",
    "draft_choose",
    "draft_delay",
    "draft_freeze",
    "draft_drop_amount",
    "draft_put_back",
    "draft_take_out",
    "exception_report",
    "remove_contract_term",
    "verify_invoice",
    "start_budget",
    "approve_budget",
    "remove_budget_line",
    *("record_cost_import", "close_month", "reopen_month", "remove_funding"),
    "remove_exchange_rate",
    "remove_event",
    "release",
    *("withdraw_people_request", "accept_offer", "accept_counter_offer"),
    *("remove_absence", "forget_skill"),
    "add_due",
    "answer_by_link",
    "answer_invitation",
    "end_meeting",
    "lock_minutes",
    "move_item",
    "quick_item",
    "remark_by_link",
    "remove_attendee",
    "remove_item",
    "reopen_meeting",
    "start_meeting",
    "mine_done",
    "mine_invitation",
    "mine_remind",
    "accept_founding",
    "account_end_deputy",
    "account_revoke_app_password",
    "account_revoke_token",
    *("revoke_calendar", "take_mail_in", "open_mail_address", "close_mail_address"),
    "sort_message_again",
    "open_in",
    "action_toggle",
    "action_unstuck",
    "answer_pulse",
    "add_thought",
    "remove_thought",
    "close_retrospective",
    "remove_responsibility",
    "answer_late",
    "refresh_case",
    "edit_actions",
    "move_action",
    "move_card",
    "remind_action",
    "remind_overdue",
    "remove_action_link",
    "begin_action",
    "comment_on_action",
    "admin_reactivate",
    "admin_take_role",
    "hide_first_steps",
    "live_attendance",
    "live_decide",
    "live_end",
    "live_item",
    "live_kept",
    "live_leave",
    "live_photo",
    "live_start",
    "live_text",
    "live_turn",
    "move_pack_item",
    "remove_pack_item",
    "reopen_action",
    "reopen_promise",
    "reopen_deviation",
    "reopen_problem",
    "reopen_risk",
    "retire_pack",
    "sign_report",
    "start_report",
    "take_back_report",
    "undo",
}
"""Reached by a button that is not always there; tests/architecture/test_pages.py tries them."""


@dataclass(frozen=True)
class Place:
    route: str
    who: str | None
    address: str


def routes():
    """The name of every address in the URL table."""
    return sorted(_names(get_resolver().url_patterns))


def _names(patterns, space=""):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        else:
            yield space + (one.name or str(one.pattern))


def route_of(address):
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return None


def find_places(visitors):
    """One place for each route that answers a page, and the routes that answer no GET."""
    found = {route: Place(route, who, at) for route, (who, at) in UNLINKED.items()}
    found |= set_the_scene(visitors)
    refuse_get = {route for route in routes() if route in ONLY_POST}
    for who in WHO:
        with visitors.session(who) as request:
            for place, status in _walk(request, who, found):
                if status == 405:
                    refuse_get.add(place.route)
                elif status == 200 and place.route not in NO_PAGE:
                    found.setdefault(place.route, place)
    return [found[route] for route in sorted(found)], refuse_get


def set_the_scene(visitors):
    """What the demo has none of: an own pack, a case in draft, files read but not brought in."""
    plan = {"name": "pier.xml", "mimeType": "text/xml", "buffer": PLAN.read_bytes()}
    with visitors.session(ADMINISTRATOR) as request:
        name = {"name": "Our own", "key": OWN_PACK}
        post_form(request, "/admin/packs/it_delivery/copy", name)
    with visitors.session("coordinator") as request:
        draft = post_form(request, "/p/NSS/decisions/new", {"title": "Utsette pilot"})
        report = post_form(request, "/p/NSS/plan/import", {}, file=plan)
        risks = post_form(request, "/p/NSS/risks/excel", {}, file=_one_more_risk(request))
        costs = post_form(request, "/p/SVH/money/costs/import", {}, file=_a_month_of_costs())
        hours = post_form(request, "/p/NSS/team/hours/import", {}, file=_hours_of_a_week())
        memo = post_form(request, MEMO, _handed_over(request))
        agreed = [*contract_places.addresses(request), *quality_places.addresses(request)]
        agreed += [*served_places.addresses(request), *outward_places.addresses(request)]
    edits = f"/admin/packs/{OWN_PACK}"
    case = urlsplit(draft).path.rstrip("/").removesuffix("/edit")
    places = [
        Place("edit_case", "coordinator", f"{case}/edit"),
        Place("import_report", "coordinator", urlsplit(report).path),
        Place("risk_import", "coordinator", urlsplit(risks).path),
        Place("cost_import", "coordinator", urlsplit(costs).path),
        Place("hours_report", "coordinator", urlsplit(hours).path),
        Place("memo", "coordinator", urlsplit(memo).path),
        Place("publish_minutes", "coordinator", f"{held(visitors, ['Fremdrift']).page}/publish"),
        Place("new_remark", "coordinator", own_remark(visitors)),
        Place("answer_remark", "coordinator", remark_to_answer(visitors)),
        Place("replace_pack", ADMINISTRATOR, f"{edits}/replace"),
        Place("live", "coordinator", call(visitors, ["Forrige møte", "Fremdrift"]).address),
        *(Place(route_of(address), "coordinator", address) for address in agreed),
    ]
    return {place.route: place for place in places}


def _a_month_of_costs():
    """Two costs that can be recorded, and cells that cannot."""
    rows = ("1.11.2026;12 500,50;2;Nordvik Rør AS", "2.11.2026;980,00;1;Elektro Vest AS")
    spoiled = ("31.2.2026;tolv;2;Nordvik Rør AS",)
    return _text("kostnader.csv", "Dato;Beløp;Post;Leverandør", *rows, *spoiled)


def _hours_of_a_week():
    rows = ("amina.said@demo.tospann.example;2.11.2026;;Møter;1,5", "nobody;3.11.2026;;Møter;99")
    return _text("timer.csv", "Person;Dato;Oppgave;Type;Timer", *rows)


def _text(name, *lines):
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def _handed_over(request):
    """Whoever is first in the menu hands over to the next."""
    offered = re.findall(r'option[^>]* value="([0-9a-f-]{36})"', request.get(MEMO).text())
    return {"person": offered[0], "to": offered[1], "note": "Alt ligger i prosjektrommet."}


def _one_more_risk(request):
    """The project's own spreadsheet with a row of our own below."""
    book = load_workbook(BytesIO(request.get("/p/NSS/risks/excel/file").body()))
    sheet = book.active
    sheet.append([None, "Nøkkelperson slutter", *[None] * (sheet.max_column - 2)])
    written = BytesIO()
    book.save(written)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "risks.xlsx", "mimeType": kind, "buffer": written.getvalue()}


def post_form(request, address, values, file=None):
    """Send a page's form; where it led."""
    token = csrf_token(request.get(address).text())
    sent = {"csrfmiddlewaretoken": token} | values | ({"file": file} if file else {})
    at = {"Referer": request.get(address).url}
    answer = request.post(address, multipart=sent, headers=at, max_redirects=5)
    assert answer.ok, f"{address}: {answer.status}"
    return answer.url


def _walk(request, who, found):
    """What links lead to; somewhere nobody has been before, by several ways."""
    waiting, seen, visits, known = list(START), set(START), {}, set(found)
    while waiting:
        address = waiting.pop(0)
        route = route_of(address)
        most = 1 if route in known else VISITS_PER_ROUTE
        if route is None or visits.get(route, 0) >= most:
            continue
        visits[route] = visits.get(route, 0) + 1
        answer = request.get(address, max_redirects=0)
        yield Place(route, who, address), answer.status
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in LINK.findall(answer.text()):
            further = html.unescape(link)
            if further not in seen and not further.startswith("/static/"):
                seen.add(further)
                waiting.append(further)
