"""What people did about working together, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

TOGETHER = {
    "actions.answer_stuck": _n(
        "helped somebody who was stuck", "helped somebody who was stuck %(n)s times", "n"
    ),
    "cases.hand_over_case": _n(
        "let somebody else prepare a case", "let others prepare %(n)s cases", "n"
    ),
    "cases.waive_criterion": _n("waived a point of a gate", "waived %(n)s points of gates", "n"),
    "cases.withdraw_waiver": _n(
        "took back that a point was waived", "took back %(n)s waivers", "n"
    ),
    "cases.append_paper": _n("appended a paper to a case", "appended %(n)s papers to cases", "n"),
    "cases.remove_paper": _n("removed a paper from a case", "removed %(n)s papers from cases", "n"),
    "cases.order_papers": _n(
        "put the papers of a case in order", "put papers of cases in order %(n)s times", "n"
    ),
    "cases.make_bundle": _n(
        "had the papers of a case bundled", "had papers of cases bundled %(n)s times", "n"
    ),
    "cases.send_bundle": _n("sent the papers of a case", "sent the papers of %(n)s cases", "n"),
    "projects.change_criterion": _n(
        "changed a checklist point", "changed %(n)s checklist points", "n"
    ),
    "projects.note_rules": _n(
        "noted what the rules of a gate say", "noted what rules of gates say %(n)s times", "n"
    ),
    "team.act_on_thought": _n("made an action of a thought", "made actions of %(n)s thoughts", "n"),
    "team.add_responsibility": _n(
        "added a row to the responsibility matrix",
        "added %(n)s rows to the responsibility matrix",
        "n",
    ),
    "team.change_responsibility": _n(
        "changed a row of the responsibility matrix",
        "changed %(n)s rows of the responsibility matrix",
        "n",
    ),
    "team.close_retrospective": _n("closed a retrospective", "closed %(n)s retrospectives", "n"),
    "team.cover_for": _n("covered for a colleague", "covered for colleagues %(n)s times", "n"),
    "team.give_responsibility": _n(
        "let somebody else answer for a row", "let others answer for %(n)s rows", "n"
    ),
    "team.note_lesson": _n("noted a lesson", "noted %(n)s lessons", "n"),
    "team.open_retrospective": _n("opened a retrospective", "opened %(n)s retrospectives", "n"),
    "team.remove_responsibility": _n(
        "removed a row of the responsibility matrix",
        "removed %(n)s rows of the responsibility matrix",
        "n",
    ),
    "team.send_delivered": _n(
        "sent the list of what was delivered", "sent %(n)s lists of what was delivered", "n"
    ),
    "team.write_memo": _n("wrote a hand-over memo", "wrote %(n)s hand-over memos", "n"),
}
