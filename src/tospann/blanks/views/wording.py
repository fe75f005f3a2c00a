"""/admin/word-templates: the organisation's own Word files for its documents."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.blanks import commands, queries, word, wording
from tospann.blanks.definition import Form, form
from tospann.blanks.models import Blank
from tospann.documents import blobs, uploads
from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, signed_in
from tospann.people.queries import organisation
from tospann.ui.pages import page

P = ParamSpec("P")


def keepers(
    view: Callable[Concatenate[ActorRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorator: for those who keep the organisation's templates; nothing here for others."""

    def wrapper(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if rule(request.actor, Power.EDIT_PACKS, ORGANISATION_SCOPE).is_refused:
            raise Http404
        return view(request, *args, **kwargs)

    update_wrapper(wrapper, view)
    return signed_in(wrapper)


@keepers
def word_templates(request: ActorRequest) -> HttpResponse:
    kinds, own = queries.kinds(), queries.word_templates()
    return page(request, "blanks/word_templates.html", kinds=kinds, own=own)


@keepers
def word_template(request: ActorRequest, name: str) -> HttpResponse:
    """What may stand in the file, what stands in ours, and the way to send another."""
    return _shown(request, _kind(name))


def _kind(key: str) -> Blank:
    found = queries.newest_of_kind(key)
    if found is None:
        raise Http404
    return found


def _shown(request: ActorRequest, blank: Blank, *, status: int = 200, **more: Any) -> HttpResponse:
    template = _form(blank)
    return page(
        request,
        "blanks/word_template.html",
        status=status,
        blank=blank,
        own=queries.word_template(blank.key),
        fields=[(one, section) for section in template.sections for one in section.fields],
        frame=sorted(wording.FRAME),
        **more,
    )


def _form(blank: Blank) -> Form:
    return form(blank, get_language() or "nb")


@require_POST
@uploads.takes_a_file
@keepers
def set_word_template(request: ActorRequest, name: str) -> HttpResponse:
    """The file is read by a confined child before it is kept."""
    blank, upload = _kind(name), request.FILES.get("file")
    if upload is None:
        return _shown(request, blank, status=422, problem=_("Choose a file."))
    sent = upload.read()
    try:
        checked = wording.checked(sent, _form(blank))
    except Invalid as error:
        return _shown(request, blank, status=422, problem=error.message)
    outcome = _use(request, blank, upload.name or "mal.docx", sent, checked)
    said = _("The file is used from now on.") if isinstance(outcome, Done) else ""
    return answer(request, outcome, reverse("word_template", args=[name]), said)


def _use(
    request: ActorRequest, blank: Blank, name: str, sent: bytes, checked: wording.Checked
) -> Done[Any] | Proposed:
    kept = blobs.put_bytes(sent)
    return submit(
        request.actor,
        commands.set_word_template.on(organisation()),
        id=new_id(),
        key=blank.key,
        name=name[:200],
        size=kept.size,
        sha256=kept.sha256,
        known=list(checked.known),
        unknown=list(checked.unknown),
    )


@require_POST
@keepers
def remove_word_template(request: ActorRequest, name: str) -> HttpResponse:
    own = queries.word_template(name)
    if own is None:
        raise Http404
    outcome = submit(request.actor, commands.remove_word_template.on(own))
    return answer(request, outcome, reverse("word_templates"), _("Our own layout is used again."))


@keepers
def word_start(request: ActorRequest, name: str) -> HttpResponse:
    """A Word file with every field in its place, to be made one's own."""
    blank = _kind(name)
    made = HttpResponse(word.start(_form(blank)), content_type=word.MEDIA_TYPE)
    made["Content-Disposition"] = f'attachment; filename="{blank.key}.docx"'
    made["X-Content-Type-Options"] = "nosniff"
    return made
