"""/admin/packs: reading packs, copying one, editing the organisation's own part by part."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents.uploads import takes_a_file
from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.packs import commands, edits, files, queries, words
from tospann.packs.forms import CopyForm, ReplaceForm, UploadForm
from tospann.packs.models import OrganisationPack
from tospann.packs.part_forms import ADDABLE, SPECS, PartForm
from tospann.packs.queries import Offered
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, signed_in, try_submit
from tospann.people.queries import organisation, runs_organisation
from tospann.ui.pages import form_page, page

P = ParamSpec("P")


def keepers(
    view: Callable[Concatenate[ActorRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorator: for those who may edit packs; for everybody else there is nothing here."""

    def wrapper(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if rule(request.actor, Power.EDIT_PACKS, ORGANISATION_SCOPE).is_refused:
            raise Http404
        return view(request, *args, **kwargs)

    update_wrapper(wrapper, view)
    return signed_in(wrapper)


def _language() -> str:
    return "nb" if (get_language() or "nb").startswith("n") else "en"


def _own(key: str) -> OrganisationPack:
    own = queries.offered(key).own
    if own is None:
        raise Http404
    return own


@keepers
def packs(request: ActorRequest) -> HttpResponse:
    shown: dict[str, Any] = {"offered": queries.everything(), "lang": _language()}
    administers = runs_organisation(request.actor)
    return page(request, "packs/packs.html", administers=administers, **shown)


@keepers
def pack(request: ActorRequest, key: str) -> HttpResponse:
    found: Offered = queries.offered(key)
    templates = queries.templates_of(found.pack)
    shown: dict[str, Any] = {"pack": found.pack, "own": found.own, "lang": _language()}
    shown |= words.SHOWN
    administers = runs_organisation(request.actor)
    return page(request, "packs/pack.html", administers=administers, templates=templates, **shown)


@keepers
def download(request: ActorRequest, key: str) -> HttpResponse:
    found = queries.offered(key).pack
    response = HttpResponse(files.written(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.key}.json"'
    return response


@keepers
def copy(request: ActorRequest, key: str) -> HttpResponse:
    found = queries.offered(key).pack
    name = found.name.in_language(_language())
    start = {"name": _("%(name)s (our own)") % {"name": name}, "key": f"our_{key}"[:60]}
    form = CopyForm(request.POST or None, initial=start)
    if form.is_valid():
        bound = commands.copy_pack.on(organisation())
        outcome = try_submit(request, form, bound, of=key, **form.cleaned_data)
        if outcome is not None:
            to = reverse("pack", args=[form.cleaned_data["key"]])
            return answer(request, outcome, to, _("The pack is copied."))
    title, cancel = (
        _("Copy %(name)s") % {"name": found.name.in_language(_language())},
        "/admin/packs",
    )
    return form_page(request, form, title=title, submit=_("Copy the pack"), cancel=cancel)


@takes_a_file
@keepers
def upload(request: ActorRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (definition := _definition(form)) is not None:
        key: Any = form.cleaned_data["key"] or definition.get("key", "")
        bound = commands.upload_pack.on(organisation())
        outcome = try_submit(request, form, bound, key=key, definition=definition)
        if outcome is not None:
            return answer(request, outcome, reverse("packs"), _("The pack is added."))
    title, cancel = _("Add a pack from a file"), reverse("packs")
    return form_page(request, form, title=title, submit=_("Add the pack"), cancel=cancel)


@takes_a_file
@keepers
def replace(request: ActorRequest, key: str) -> HttpResponse:
    own, here = _own(key), reverse("pack", args=[key])
    form = ReplaceForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (definition := _definition(form)) is not None:
        bound = commands.edit_pack.on(own)
        outcome = try_submit(request, form, bound, definition=definition)
        if outcome is not None:
            return answer(request, outcome, here)
    title = _("Replace %(name)s by a file") % {"name": own.name}
    return form_page(request, form, title=title, submit=_("Replace the pack"), cancel=here)


def _definition(form: UploadForm | ReplaceForm) -> dict[str, Any] | None:
    """What the file holds, or None with the reason said at the field."""
    try:
        return files.read(form.cleaned_data["file"])
    except Invalid as error:
        form.add_error("file", error.message)
        return None


@require_POST
@keepers
def retire(request: ActorRequest, key: str) -> HttpResponse:
    own = _own(key)
    bound = commands.retire_pack.on(own)
    outcome = submit(request.actor, bound, is_active=not own.is_active)
    return answer(request, outcome, reverse("packs"))


@keepers
def edit(request: ActorRequest, key: str, part: str, item: str = "") -> HttpResponse:
    """One entry of a part; ``criteria`` are named ``gate:point``."""
    own, found = _own(key), queries.offered(key).pack
    name, item = _named(part, item)
    if part not in SPECS:
        raise Http404
    old = own.definition if part == "name" else edits.entry(own.definition, name, item)
    form = PartForm(request.POST or None, part=part, pack=found, old=old, version=own.version)

    def after() -> dict[str, Any]:
        if part == "name":
            return {**own.definition, **form.value()}
        return edits.changed(own.definition, name, item, form.value())

    return _edited(request, own, form, after, _("Change %(name)s") % {"name": own.name})


@keepers
def add(request: ActorRequest, key: str, part: str) -> HttpResponse:
    own, found = _own(key), queries.offered(key).pack
    name, _item = _named(part, f"{request.GET.get('gate', '')}:")
    if part not in ADDABLE:
        raise Http404
    form = PartForm(request.POST or None, part=part, pack=found, old=None, version=own.version)
    title = _("Add to %(name)s") % {"name": own.name}
    return _edited(
        request, own, form, lambda: edits.added(own.definition, name, form.value()), title
    )


def _edited(
    request: ActorRequest,
    own: OrganisationPack,
    form: PartForm,
    after: Callable[[], dict[str, Any]],
    title: str,
) -> HttpResponse:
    here = reverse("pack", args=[own.key])
    if form.is_valid():
        bound = commands.edit_pack.on(own, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound, definition=after())
        if outcome is not None:
            return answer(request, outcome, here)
    return form_page(request, form, title=title, submit=_("Save"), cancel=here)


@require_POST
@keepers
def remove(request: ActorRequest, key: str, part: str, item: str) -> HttpResponse:
    own = _own(key)
    definition = edits.removed(own.definition, *_named(part, item))
    outcome = submit(request.actor, commands.edit_pack.on(own), definition=definition)
    return answer(request, outcome, reverse("pack", args=[key]), _("Removed."))


@require_POST
@keepers
def move(request: ActorRequest, key: str, part: str, item: str) -> HttpResponse:
    own, step = _own(key), -1 if request.POST.get("to") == "up" else 1
    definition = edits.moved(own.definition, *_named(part, item), step)
    outcome = submit(request.actor, commands.edit_pack.on(own), definition=definition)
    return answer(request, outcome, reverse("pack", args=[key]))


def _named(part: str, item: str) -> tuple[str, str]:
    """The list and the entry: a checklist point is ``bp3:need_described`` of ``criteria``."""
    if part != "criteria":
        return part, item
    gate, _colon, point = item.partition(":")
    return f"criteria:{gate}", point
