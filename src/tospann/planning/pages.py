"""What the pages of a plan share: saving what a form says, or asking before it is proposed."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.authority import Ruling
from tospann.foundation.errors import Invalid
from tospann.people.pages import answer, go, try_submit
from tospann.planning import commands
from tospann.planning.forms import PlanForm
from tospann.planning.models import Plan
from tospann.projects.pages import ProjectRequest
from tospann.ui.forms import Form
from tospann.ui.pages import form_page


def show(
    request: ProjectRequest,
    form: Form,
    ruling: Ruling,
    *,
    title: str,
    submit: str = "",
    cancel: str = "/",
    **more: Any,
) -> HttpResponse:
    """The form with the one button that says what will happen."""
    label = (submit or _("Save")) if ruling.may_decide else _("Propose the change")
    decides = "" if ruling.may_decide else str(ruling)
    return form_page(
        request,
        form,
        title=title,
        submit=label,
        decides=decides,
        cancel=cancel,
        project=request.project,
        **more,
    )


def may_touch(request: ProjectRequest, head: Plan) -> Ruling:
    """The ceiling for changing the plan; whoever has none is told why."""
    commands.require_editor(request.actor, head)
    return commands.apply_edits.ruling(request.actor, head)


def save(
    request: ProjectRequest, form: PlanForm, head: Plan, edits: Sequence[Edit], to: str
) -> HttpResponse | Ruling:
    """Submit the edits; a ruling comes back when the form must be shown again.

    What turns out to be for somebody else to decide is said before it is proposed.
    """
    stored = [engine.edit_to_json(edit) for edit in edits]
    if not stored:
        return go(request, to)
    said = {"base_revision": form.cleaned_data["base_revision"], "edits": stored}
    try:
        ruling = commands.apply_edits.assess(request.actor, head, said)
    except Invalid as error:
        form.add_error(None, error.message)
        return may_touch(request, head)
    if ruling.may_propose and not form.cleaned_data["propose"]:
        form.ask_to_propose()
        return ruling
    outcome = try_submit(request, form, commands.apply_edits.on(head), **said)
    return answer(request, outcome, to) if outcome else ruling
