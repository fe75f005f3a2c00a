"""What somebody did, in the past tense: “Amina Said changed 6 tasks”.

A command that is not named here is shown by its title.
"""

from django.utils.translation import gettext
from django.utils.translation import ngettext_lazy as _n

from tospann.foundation.commands import COMMANDS
from tospann.home.phrases.capacity import CAPACITY
from tospann.home.phrases.closing import CLOSING
from tospann.home.phrases.contracts import CONTRACTS
from tospann.home.phrases.frame import FRAME
from tospann.home.phrases.hours import HOURS
from tospann.home.phrases.ideas import IDEAS
from tospann.home.phrases.mailbox import MAILBOX
from tospann.home.phrases.money import MONEY
from tospann.home.phrases.outside import OUTSIDE
from tospann.home.phrases.papers import PAPERS
from tospann.home.phrases.quality import QUALITY
from tospann.home.phrases.registers import REGISTERS
from tospann.home.phrases.served import SERVED
from tospann.home.phrases.together import TOGETHER

PAST = {
    **CAPACITY,
    **CLOSING,
    **CONTRACTS,
    **FRAME,
    **OUTSIDE,
    **MAILBOX,
    **PAPERS,
    **QUALITY,
    **SERVED,
    **REGISTERS,
    **TOGETHER,
    **HOURS,
    **IDEAS,
    **MONEY,
    "actions.add_action": _n("added an action", "added %(n)s actions", "n"),
    "actions.add_link": _n("added a link", "added %(n)s links", "n"),
    "actions.add_own_action": _n("added an action", "added %(n)s actions", "n"),
    "actions.adjust_action": _n("changed an action", "changed %(n)s actions", "n"),
    "actions.answer_late": _n(
        "answered a wish for a later due date", "answered %(n)s wishes for later due dates", "n"
    ),
    "actions.change_action": _n("changed an action", "changed %(n)s actions", "n"),
    "actions.comment_on": _n("commented on an action", "wrote %(n)s comments", "n"),
    "actions.complete_action": _n("completed an action", "completed %(n)s actions", "n"),
    "actions.drop_action": _n("dropped an action", "dropped %(n)s actions", "n"),
    "actions.edit_actions": _n(
        "changed several actions at once", "changed several actions at once, %(n)s times", "n"
    ),
    "actions.hand_over_action": _n("handed over an action", "handed over %(n)s actions", "n"),
    "actions.hand_over_of": _n(
        "handed over somebody's actions", "handed over actions of %(n)s people", "n"
    ),
    "actions.move_action": _n("moved an action", "moved %(n)s actions", "n"),
    "actions.release_stuck": _n("got an action going again", "got %(n)s actions going again", "n"),
    "actions.remind": _n("reminded somebody of an action", "sent %(n)s reminders", "n"),
    "actions.remind_overdue": _n(
        "reminded everyone of what is overdue",
        "reminded everyone of what is overdue %(n)s times",
        "n",
    ),
    "actions.remove_link": _n("removed a link", "removed %(n)s links", "n"),
    "actions.reopen_action": _n("reopened an action", "reopened %(n)s actions", "n"),
    "actions.report_late": _n(
        "said that an action will be late", "said that %(n)s actions will be late", "n"
    ),
    "actions.report_stuck": _n(
        "said that an action is stuck", "said that %(n)s actions are stuck", "n"
    ),
    "budget.add_line": _n("added a budget line", "added %(n)s budget lines", "n"),
    "budget.approve_budget": _n("approved the budget", "approved the budget %(n)s times", "n"),
    "budget.change_line": _n("changed a budget line", "changed %(n)s budget lines", "n"),
    "budget.change_lines": _n(
        "changed several budget lines", "changed several budget lines %(n)s times", "n"
    ),
    "budget.move_money": _n(
        "moved money between budget lines", "moved money between budget lines %(n)s times", "n"
    ),
    "budget.release_managers_reserve": _n(
        "released some of the manager's reserve",
        "released some of the manager's reserve %(n)s times",
        "n",
    ),
    "budget.release_owners_reserve": _n(
        "released some of the owner's reserve",
        "released some of the owner's reserve %(n)s times",
        "n",
    ),
    "budget.remove_line": _n("removed a budget line", "removed %(n)s budget lines", "n"),
    "budget.report_cost": _n(
        "reported what a budget line has cost", "reported what %(n)s budget lines have cost", "n"
    ),
    "budget.set_reserves": _n("set the reserves", "set the reserves %(n)s times", "n"),
    "budget.start_budget": _n("started the budget", "started budgets", "n"),
    "cases.add_authority_rule": _n(
        "added a row to the authority matrix", "added %(n)s rows to the authority matrix", "n"
    ),
    "cases.apply_at_once": _n("applied several changes", "applied changes %(n)s times", "n"),
    "cases.change_authority_rule": _n(
        "changed a row of the authority matrix",
        "changed %(n)s rows of the authority matrix",
        "n",
    ),
    "cases.decide": _n("decided a case", "decided %(n)s cases", "n"),
    "cases.edit_case": _n("worked on a case", "worked on cases %(n)s times", "n"),
    "cases.escalate_case": _n(
        "passed on a case that was not decided in time",
        "passed on %(n)s cases that were not decided in time",
        "n",
    ),
    "cases.open_case": _n("opened a case", "opened %(n)s cases", "n"),
    "cases.prepare_gate": _n("prepared a gate", "prepared gates %(n)s times", "n"),
    "cases.propose_change": _n("proposed a change", "proposed %(n)s changes", "n"),
    "cases.record_decision": _n("recorded a decision", "recorded %(n)s decisions", "n"),
    "cases.refresh_case": _n("brought a case up to date", "brought %(n)s cases up to date", "n"),
    "cases.remark": _n("took part in a discussion", "wrote %(n)s remarks", "n"),
    "cases.remove_alternative": _n(
        "removed an alternative of a case", "removed %(n)s alternatives of cases", "n"
    ),
    "cases.remove_authority_rule": _n(
        "removed a row of the authority matrix",
        "removed %(n)s rows of the authority matrix",
        "n",
    ),
    "cases.replace_matrix": _n(
        "replaced the authority matrix", "replaced the authority matrix %(n)s times", "n"
    ),
    "cases.return_case": _n(
        "returned a case with a question", "returned %(n)s cases with a question", "n"
    ),
    "cases.set_alternative": _n(
        "set an alternative of a case", "set %(n)s alternatives of cases", "n"
    ),
    "cases.submit_case": _n(
        "submitted a case for decision", "submitted %(n)s cases for decision", "n"
    ),
    "cases.withdraw_case": _n("withdrew a case", "withdrew %(n)s cases", "n"),
    "foundation.undo": _n("undid a change", "undid %(n)s changes", "n"),
    "cases.record_across": _n(
        "decided between projects", "decided between projects %(n)s times", "n"
    ),
    "conflicts.open_conflict": _n(
        "found a conflict between projects", "found %(n)s conflicts between projects", "n"
    ),
    "conflicts.close_conflict": _n(
        "closed a conflict between projects", "closed %(n)s conflicts between projects", "n"
    ),
    "conflicts.decide_conflict": _n(
        "decided a conflict between projects", "decided %(n)s conflicts between projects", "n"
    ),
    "meetings.add_attendee": _n("called somebody to a meeting", "called %(n)s people", "n"),
    "meetings.add_item": _n("added an item to an agenda", "added %(n)s items to agendas", "n"),
    "meetings.add_items": _n("added items to an agenda", "added items to agendas", "n"),
    "meetings.add_series": _n("set up meeting series", "set up meeting series", "n"),
    "meetings.answer_remark": _n(
        "answered a remark on minutes", "answered %(n)s remarks on minutes", "n"
    ),
    "meetings.change_series": _n(
        "changed a series of meetings", "changed %(n)s series of meetings", "n"
    ),
    "meetings.finish_minutes": _n("finished minutes", "finished minutes", "n"),
    "meetings.give_minutes": _n(
        "gave the minutes of a meeting to somebody",
        "gave the minutes of %(n)s meetings to somebody",
        "n",
    ),
    "meetings.lock_minutes": _n("locked minutes", "locked the minutes of %(n)s meetings", "n"),
    "meetings.publish_minutes": _n(
        "published minutes", "published the minutes of %(n)s meetings", "n"
    ),
    "meetings.remark_on_minutes": _n("remarked on minutes", "made %(n)s remarks on minutes", "n"),
    "meetings.answer_invitation": _n("answered an invitation", "answered %(n)s invitations", "n"),
    "meetings.call_meeting": _n("called a meeting", "called %(n)s meetings", "n"),
    "meetings.cancel_meeting": _n("cancelled a meeting", "cancelled %(n)s meetings", "n"),
    "meetings.change_item": _n("changed an agenda", "changed agendas %(n)s times", "n"),
    "meetings.change_meeting": _n("changed a meeting", "changed meetings %(n)s times", "n"),
    "meetings.end_meeting": _n("ended a meeting", "ended %(n)s meetings", "n"),
    "meetings.move_item": _n("changed an agenda", "changed agendas %(n)s times", "n"),
    "meetings.move_meeting": _n("moved a meeting", "moved meetings %(n)s times", "n"),
    "meetings.plan_meeting": _n("planned a meeting", "planned %(n)s meetings", "n"),
    "meetings.remove_attendee": _n(
        "took somebody off a meeting", "took %(n)s people off meetings", "n"
    ),
    "meetings.remove_item": _n("changed an agenda", "changed agendas %(n)s times", "n"),
    "meetings.reopen_meeting": _n("went on with a meeting", "went on with %(n)s meetings", "n"),
    "meetings.save_item_text": _n("wrote minutes", "wrote minutes", "n"),
    "meetings.set_attendance": _n("noted who was present", "noted who was present", "n"),
    "meetings.start_meeting": _n("started a meeting", "started %(n)s meetings", "n"),
    "meetings.note_action": _n(
        "noted an action in a meeting", "noted %(n)s actions in meetings", "n"
    ),
    "meetings.note_decision": _n(
        "noted a decision in a meeting", "noted %(n)s decisions in meetings", "n"
    ),
    "meetings.turn_to_item": _n("went to an item of a meeting", "went to %(n)s items", "n"),
    "packs.start_project": _n("started the project", "started the project", "n"),
    "planning.set_what_waits": _n(
        "said what waits for a decision", "said what waits for %(n)s decisions", "n"
    ),
    "planning.add_uncertain_event": _n(
        "added an uncertain event", "added %(n)s uncertain events", "n"
    ),
    "planning.apply_edits": _n("changed the plan", "changed the plan %(n)s times", "n"),
    "planning.change_uncertain_event": _n(
        "changed an uncertain event", "changed %(n)s uncertain events", "n"
    ),
    "planning.import_plan": _n("brought in a plan", "brought in %(n)s plans", "n"),
    "planning.remove_baseline": _n("removed a baseline", "removed %(n)s baselines", "n"),
    "planning.remove_uncertain_event": _n(
        "removed an uncertain event", "removed %(n)s uncertain events", "n"
    ),
    "planning.rename_baseline": _n("renamed a baseline", "renamed %(n)s baselines", "n"),
    "planning.report_progress": _n("reported progress", "reported progress %(n)s times", "n"),
    "planning.set_baseline": _n("froze the plan", "froze the plan %(n)s times", "n"),
    "planning.start_plan": _n("started the plan", "started the plan", "n"),
    "projects.accept_founding": _n(
        "accepted roles and authority matrix", "accepted roles and authority matrix", "n"
    ),
    "projects.add_criterion": _n("added a checklist point", "added %(n)s checklist points", "n"),
    "projects.move_gate": _n("changed the day of a gate", "changed the days of %(n)s gates", "n"),
    "projects.add_gate": _n("added a gate", "added %(n)s gates", "n"),
    "projects.add_goal": _n("added a goal", "added %(n)s goals", "n"),
    "projects.add_phase": _n("added a phase", "added %(n)s phases", "n"),
    "projects.add_success_criterion": _n(
        "added a success criterion", "added %(n)s success criteria", "n"
    ),
    "projects.appoint": _n("appointed somebody to a role", "appointed people to %(n)s roles", "n"),
    "projects.change_goal": _n("changed a goal", "changed goals %(n)s times", "n"),
    "projects.edit_project": _n(
        "changed the project's information", "changed the project's information", "n"
    ),
    "projects.found_project": _n("founded the project", "founded the project", "n"),
    "projects.release": _n(
        "released somebody from a role", "released people from %(n)s roles", "n"
    ),
    "projects.set_project_dates": _n(
        "changed the project's dates", "changed the project's dates", "n"
    ),
    "projects.set_tolerance": _n("set a tolerance", "set %(n)s tolerances", "n"),
    "projects.settle_criterion": _n(
        "settled a checklist point", "settled %(n)s checklist points", "n"
    ),
    "projects.start_phase": _n("started a phase", "started %(n)s phases", "n"),
    "risks.act_on_deviation": _n(
        "made an action of a deviation", "made %(n)s actions of deviations", "n"
    ),
    "risks.act_on_problem": _n(
        "made an action of a problem", "made %(n)s actions of problems", "n"
    ),
    "risks.add_measure": _n("added a measure to a risk", "added %(n)s measures to risks", "n"),
    "risks.change_deviation": _n("changed a deviation", "changed %(n)s deviations", "n"),
    "risks.change_problem": _n("changed a problem", "changed %(n)s problems", "n"),
    "risks.change_risk": _n("changed a risk", "changed %(n)s risks", "n"),
    "risks.close_risk": _n("closed a risk", "closed %(n)s risks", "n"),
    "risks.correct_deviation": _n("corrected a deviation", "corrected %(n)s deviations", "n"),
    "risks.hand_over_deviation": _n("handed over a deviation", "handed over %(n)s deviations", "n"),
    "risks.hand_over_problem": _n("handed over a problem", "handed over %(n)s problems", "n"),
    "risks.hand_over_risk": _n("handed over a risk", "handed over %(n)s risks", "n"),
    "risks.import_risks": _n(
        "brought in risks from a spreadsheet", "brought in risks from %(n)s spreadsheets", "n"
    ),
    "risks.raise_deviation": _n("raised a deviation", "raised %(n)s deviations", "n"),
    "risks.raise_deviation_as_case": _n(
        "raised a deviation as a case", "raised %(n)s deviations as cases", "n"
    ),
    "risks.raise_problem": _n("raised a problem", "raised %(n)s problems", "n"),
    "risks.raise_problem_as_case": _n(
        "raised a problem as a case", "raised %(n)s problems as cases", "n"
    ),
    "risks.raise_risk": _n("raised a risk", "raised %(n)s risks", "n"),
    "risks.raise_risk_as_case": _n("raised a risk as a case", "raised %(n)s risks as cases", "n"),
    "risks.reopen_deviation": _n("reopened a deviation", "reopened %(n)s deviations", "n"),
    "risks.reopen_problem": _n("reopened a problem", "reopened %(n)s problems", "n"),
    "risks.reopen_risk": _n("reopened a risk", "reopened %(n)s risks", "n"),
    "risks.set_cells": _n("changed the risk matrices", "changed the risk matrices", "n"),
    "risks.solve_problem": _n("solved a problem", "solved %(n)s problems", "n"),
    "stakeholders.add_contact": _n("added a contact", "added %(n)s contacts", "n"),
    "stakeholders.break_promise": _n(
        "marked a promise as not kept", "marked %(n)s promises as not kept", "n"
    ),
    "stakeholders.change_contact": _n("changed a contact", "changed %(n)s contacts", "n"),
    "stakeholders.change_note": _n(
        "changed a telephone note", "changed %(n)s telephone notes", "n"
    ),
    "stakeholders.change_promise": _n("changed a promise", "changed %(n)s promises", "n"),
    "stakeholders.hand_over_promise": _n(
        "handed over a promise", "handed over %(n)s promises", "n"
    ),
    "stakeholders.keep_promise": _n("kept a promise", "kept %(n)s promises", "n"),
    "stakeholders.note_call": _n("wrote a telephone note", "wrote %(n)s telephone notes", "n"),
    "stakeholders.record_promise": _n("recorded a promise", "recorded %(n)s promises", "n"),
    "stakeholders.remove_contact": _n("removed a contact", "removed %(n)s contacts", "n"),
    "stakeholders.reopen_promise": _n("reopened a promise", "reopened %(n)s promises", "n"),
    "stakeholders.withdraw_promise": _n("withdrew a promise", "withdrew %(n)s promises", "n"),
    "reports.write_exception_report": _n(
        "wrote an exception report", "wrote %(n)s exception reports", "n"
    ),
    "rooms.make_register_view": _n(
        "made a view of a register to share", "made %(n)s views of registers to share", "n"
    ),
    "rooms.remove_register_view": _n(
        "removed a view of a register", "removed %(n)s views of registers", "n"
    ),
    "reports.send_checkpoint": _n("sent a checkpoint report", "sent %(n)s checkpoint reports", "n"),
    "reports.answer_checkpoint": _n(
        "answered a checkpoint report", "answered %(n)s checkpoint reports", "n"
    ),
    "reports.ask_for_checkpoint": _n(
        "asked for a checkpoint report", "asked for %(n)s checkpoint reports", "n"
    ),
    "reports.make_edition": _n(
        "made an external edition of a report", "made %(n)s external editions of reports", "n"
    ),
    "reports.withdraw_edition": _n(
        "withdrew an external edition", "withdrew %(n)s external editions", "n"
    ),
    "reports.discard_report": _n(
        "discarded the draft of a report", "discarded %(n)s drafts of reports", "n"
    ),
    "reports.return_report": _n("returned a report", "returned %(n)s reports", "n"),
    "reports.send_report": _n("mailed a report", "mailed %(n)s reports", "n"),
    "reports.set_reporting": _n("set how the project reports", "set how the project reports", "n"),
    "reports.sign_report": _n("signed a status report", "signed %(n)s status reports", "n"),
    "reports.start_report": _n("started a status report", "started %(n)s status reports", "n"),
    "reports.submit_report": _n(
        "sent a report for signature", "sent %(n)s reports for signature", "n"
    ),
    "reports.take_back_report": _n("took a report back", "took %(n)s reports back", "n"),
}


def did(command: str, times: int) -> str:
    """What was done so many times, as the end of a sentence that begins with a name."""
    if command in PAST:
        return str(PAST[command] % {"n": times})
    title = COMMANDS[command].title if command in COMMANDS else command
    if times == 1:
        return title
    return gettext("%(what)s (%(n)s times)") % {"what": title, "n": times}
