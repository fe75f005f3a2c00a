"""The page of a case, for reading and deciding; shown again when a decision was not carried out."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from tospann.cases import bundles, commands, comparing, gates, queries, seeing, words
from tospann.cases.decide_form import DecideForm
from tospann.cases.forms import RemarkForm
from tospann.cases.gate_views import looked_at
from tospann.cases.models import OPEN_STATES, BundleState, Case, CaseState, Decision
from tospann.cases.printing import why_left_out
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError, NotAllowed
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest
from tospann.ui.pages import page


def show(
    request: ProjectRequest,
    project: Project,
    found: Case,
    form: DecideForm | None = None,
    *,
    changed: Sequence[str] = (),
    status: int = 200,
    template: str = "cases/case.html",
) -> HttpResponse:
    alternatives = queries.alternatives(found)
    rows = [row["alternative"] for row in alternatives]
    may_decide = commands.decide.ruling(request.actor, found)
    decision = queries.decision_of(found)
    is_open = found.state in OPEN_STATES
    decides = may_decide.may_decide and found.state == CaseState.SUBMITTED
    return page(
        request,
        template,
        status=status,
        **words.SHOWN,
        **comparing.SHOWN,
        **_papers(request, found),
        comparison=comparing.side_by_side(found, rows, request.actor),
        project=project,
        case=found,
        points=looked_at(found.gate, found) if found.gate and is_open else [],
        kept=gates.kept(_kept_points(found, decision)),
        may_waive=commands.waive_criterion.ruling(request.actor, found),
        changed=changed,
        why=queries.why(found),
        who=queries.who_decides_case(found),
        alternatives=alternatives,
        remarks=queries.remarks(found),
        assents=queries.assents(found),
        decision=decision,
        may_edit=commands.edit_case.ruling(request.actor, found),
        may_decide=may_decide,
        may_discuss=commands.remark.ruling(request.actor, found),
        decide_form=form or (decide_form(request, found, None) if decides else None),
        remark_form=RemarkForm(),
    )


def _papers(request: ProjectRequest, found: Case) -> dict[str, Any]:
    """The papers this reader may see, and the file they were put together into."""
    every = bundles.appended(found)
    seen = bundles.readable(request.actor, every)
    bundle = bundles.latest(found)
    if bundle is not None and not bundles.may_open(request.actor, bundle.ref):
        bundle = None
    file = bundles.file_of(bundle) if bundle and bundle.sha256 else None
    is_ready = bundle is not None and bundle.state == BundleState.READY
    return {
        "papers": seen,
        "hidden_papers": len(every) - len(seen),
        "bundle": bundle,
        "bundle_file": file,
        "stale_papers": bundles.changed_since(bundle) if bundle and is_ready else [],
        "may_bundle": commands.make_bundle.ruling(request.actor, found),
        "why_left_out": why_left_out,
    }


def _kept_points(found: Case, decision: Decision | None) -> list[dict[str, Any]]:
    """A gate's points as its decision keeps them; before that, as they were submitted."""
    stored: list[dict[str, Any]] = (decision.evidence if decision else {}).get("criteria", [])
    return stored or found.checked


def decide_form(request: ProjectRequest, found: Case, data: Any) -> DecideForm:
    start = {"alternative": found.recommended}
    return DecideForm(data, case=found, actor=request.actor, initial=start, version=found.version)


def decide(request: ProjectRequest, project: Project, found: Case) -> Any:
    """Decide by the form that was sent: the outcome, or the page that says why not."""
    form = decide_form(request, found, request.POST)
    if not form.is_valid():
        return show(request, project, found, form, status=422)
    typed = form.cleaned_data
    try:
        return submit(
            request.actor,
            commands.decide.on(found, typed.get("version")),
            alternative=typed["alternative"],
            reason=typed["reason"],
            conditions=form.conditions(),  # type: ignore[arg-type]  # checked by the command
            part=form.parts(),
            seen=typed["seen"],
        )
    except commands.HasMoved as moved:
        return _moved(request, project, found, moved)
    except NotAllowed:
        raise
    except CommandError as error:
        form.add_error(None, error.message)
        fresh = queries.case(project, found.number)
        return show(request, project, fresh, form, status=error.status)


def _moved(
    request: ProjectRequest, project: Project, found: Case, moved: commands.HasMoved
) -> HttpResponse:
    """Bring the case up to date, and show what has changed with what was typed."""
    submit(request.actor, commands.refresh_case.on(found))
    fresh = queries.case(project, found.number)
    again = request.POST.copy()
    again["seen"], again["version"] = seeing.seen(fresh), str(fresh.version)
    return show(
        request,
        project,
        fresh,
        decide_form(request, fresh, again),
        changed=moved.changed,
        status=409,
    )
