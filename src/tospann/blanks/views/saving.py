"""Autosave: what is typed in the fields of a document is kept."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.blanks import keeping, posted, queries, showing
from tospann.blanks.models import Filled
from tospann.blanks.views.writing import as_seen, shown
from tospann.documents import uploads
from tospann.foundation.errors import CommandError, Invalid
from tospann.people.pages import go
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.formats import clock


@require_POST
@uploads.takes_a_file
@project_page
def save_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Keep what was typed in the fields that were sent."""
    found = queries.written(project, number)
    is_script = request.headers.get("Accept") == "application/json"
    written = as_seen(request, found)
    try:
        typed = posted.typed(written, request.POST, written.language)
        kept = keeping.keep(request.actor, found, typed, written.language)
        kept = _with_files(request, found, kept)
    except CommandError as error:
        return _not_kept(request, found, error, is_script=is_script)
    if is_script:
        return JsonResponse(_told(kept))
    if kept.clashes:
        ours = {key: typed[key].value for key in kept.clashes}
        return shown(request, kept.filled, status=409, ours=ours, clashes=_clashes(kept))
    return go(request, _place(found, request.POST.get("section", "")))


def _not_kept(
    request: ProjectRequest, found: Filled, error: CommandError, *, is_script: bool
) -> HttpResponse:
    if is_script:
        return JsonResponse({"said": error.message}, status=error.status)
    if not isinstance(error, Invalid):
        raise error
    return shown(request, found, status=422, problem=error.message)


def _place(found: Filled, section: str) -> str:
    place = f"#section-{section}" if section.replace("_", "").isalnum() else ""
    return reverse("filled", args=[found.project.key, found.number]) + place


def _told(kept: keeping.Kept) -> dict[str, Any]:
    """What the script needs: that it was saved, the new numbers, and what others changed."""
    language, at = kept.content.language, kept.filled.saved_at
    said = _("Saved %(time)s") % {"time": clock(at, language)} if at else ""
    if kept.clashes:
        said = _("Somebody else has written in the same place. Both texts are shown.")
    wanting = len(kept.progress.wanting)
    return {
        "said": said,
        "numbers": {k: v for k, v in kept.numbers.items() if k not in kept.clashes},
        "joined": posted.as_sent(kept.content, kept.joined, language),
        "clashes": _clashes(kept),
        "sequence": kept.filled.sequence,
        "percent": kept.progress.percent,
        "wanting": _missing(wanting),
        "problems": _problems(kept),
    }


def _missing(wanting: int) -> str:
    if not wanting:
        return _("Everything that is required is filled in.")
    return ngettext("%(n)s thing is missing", "%(n)s things are missing", wanting) % {"n": wanting}


def _problems(kept: keeping.Kept) -> dict[str, str]:
    """Of the fields that were sent: what cannot be read in them, empty when all can."""
    found = dict.fromkeys(kept.numbers, "")
    return found | {
        one.address: one.problem
        for one in kept.progress.wanting
        if one.problem and one.address in found
    }


def _clashes(kept: keeping.Kept) -> dict[str, str]:
    form = kept.content.form.by_address
    look = showing.Shown(kept.filled, kept.content)
    return {key: look.words(form[key], value) for key, value in kept.clashes.items()}


def _with_files(request: ProjectRequest, found: Filled, kept: keeping.Kept) -> keeping.Kept:
    """Files sent with the form, attached and named in their fields."""
    more: dict[str, keeping.Typed] = {}
    for name in request.FILES:
        one = kept.content.form.by_address.get(name.removeprefix("f:"))
        if one is None or one.kind not in posted.FILES:
            continue
        upload = request.FILES.get(name)
        if upload is None:
            continue
        made = uploads.kept(upload)
        born = f"blanks.filled:{found.pk}"
        attached = str(uploads.attach(request.actor, found.project, made, born).pk)
        there = kept.content.values.get(one.address) or []
        value = [*there, attached] if one.kind == "files" else [attached]
        more[one.address] = keeping.Typed(value)
    if not more:
        return kept
    return keeping.keep(request.actor, found, more, kept.content.language)
