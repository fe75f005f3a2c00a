"""Status reports of the demo's projects: drafted on the day, corrected, signed and mailed."""

from collections.abc import Mapping

from django.utils import timezone

from tospann.demo.story import Story
from tospann.foundation.ids import new_id
from tospann.reports import commands, queries, recipients, signing
from tospann.reports.drafting import autosave
from tospann.reports.models import Cadence, StatusReport
from tospann.reports.schedule import first_due


def signed(story: Story, **typed: str) -> None:
    """The coordinator's report of the day, signed by the manager and mailed to the owner."""
    _follow(story)
    report = draft(story, **typed)
    coordinator, manager = story.who(story.coordinator), story.who(story.manager)
    commands.submit_report(coordinator, report)
    signing.sign(manager, queries.report(story.project, report.number))
    made = queries.signed(story.project, report.number)
    commands.send_report(
        manager,
        made,
        id=new_id(),
        receivers=[
            commands.Receiver.model_validate(one)
            for one in recipients.receivers(story.project, recipients.USUAL)
        ],
        remembered=[commands.Recipient.model_validate(one) for one in recipients.USUAL],
    )


def draft(story: Story, **typed: str) -> StatusReport:
    """A draft with what the coordinator has written so far."""
    coordinator = story.who(story.coordinator)
    report = commands.start_report(coordinator, story.project, id=new_id())
    kept: Mapping[str, str] = typed
    if kept:
        autosave.keep(coordinator, report, kept)
    return queries.report(story.project, report.number)


def _follow(story: Story) -> None:
    """Monthly, from the first report on; the second is due at the end of this month."""
    if queries.reporting(story.project) is None:
        due = first_due(Cadence.MONTHLY, timezone.localdate())
        commands.set_reporting(
            story.who(story.manager),
            story.project,
            kind=commands.usual_form(story.project),
            cadence=Cadence.MONTHLY,
            next_due_on=due,
        )
