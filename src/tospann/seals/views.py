"""The check page: open to everybody, keeps nothing of what it is given."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from tospann.foundation.errors import CommandError
from tospann.people import ratelimit
from tospann.seals import marks, queries
from tospann.seals.forms import CodeForm, FileForm
from tospann.ui.pages import page, refused

A_MINUTE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A file is judged here; a code leads on to its own page."""
    if "code" in request.GET:
        form = CodeForm(request.GET)
        if form.is_valid():
            return redirect("seals:code", code=form.cleaned_data["code"])
        return _page(request, code_form=form, status=422)
    if request.method != "POST":
        return _page(request)
    try:
        _count(request)
    except CommandError as error:
        return refused(request, error)
    form_of_file = FileForm(request.POST, request.FILES)
    if not form_of_file.is_valid():
        return _page(request, form=form_of_file, status=422)
    return _page(request, verdict=_verdict(form_of_file))


@never_cache
@require_GET
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What a code on paper stands for."""
    try:
        _count(request)
    except CommandError as error:
        return refused(request, error)
    found = queries.given(code)
    shown = marks.grouped(marks.typed(code))
    return _page(request, seal=found, code=shown, status=200 if found else 404)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys, to keep beside the files: they check them without the portal."""
    answer = JsonResponse(queries.published_keys(), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="tospann-keys.json"'
    return answer


def _verdict(form: FileForm) -> marks.Verdict:
    said, ring = form.cleaned_data, queries.ring()
    if said["file"]:
        return marks.check(said["file"].read(), ring)
    mark = marks.read(said["mark"])
    return marks.judge(mark, said["fingerprint"], ring) if mark else marks.Verdict("no_seal")


def _page(
    request: HttpRequest,
    *,
    form: FileForm | None = None,
    code_form: CodeForm | None = None,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    verdict = shown.get("verdict")
    mark = verdict.mark if isinstance(verdict, marks.Verdict) else None
    return page(
        request,
        "seals/check.html",
        form=form or FileForm(),
        code_form=code_form or CodeForm(),
        grouped=marks.grouped(mark.code) if mark else "",
        status=status,
        **{"verdict": None, "seal": None, "code": "", **shown},
    )


def _count(request: HttpRequest) -> None:
    ratelimit.count(f"seals:{get_adapter().get_client_ip(request)}", A_MINUTE, 60)
