"""What the tests of reports share: a project with something to tell, and a signed report."""

from tests import making
from tests.home import seeing

from tospann.foundation.ids import new_id
from tospann.reports import commands, queries, signing


def project(rows=2, **values):
    """With milestones and tasks (the first of them late), actions and goals."""
    values = {"start": seeing.day(-60), "finish": seeing.day(200), "language": "en"} | values
    return seeing.fill(making.project(**values), rows)


def draft(made, actor=None):
    return commands.start_report(actor or made.coordinator, made.project, id=new_id())


def submitted(made):
    report = draft(made)
    return commands.submit_report(made.coordinator, report)


def signed(made):
    report = submitted(made)
    signing.sign(made.manager, queries.report(made.project, report.number))
    return queries.signed(made.project, report.number)


def at(made, number, what=""):
    return f"/p/{made.project.key}/reports/{number}{what and '/'}{what}"
