"""The pages of one's own account: profile, deputies, what programs sign in with; rest: allauth."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people import commands, queries
from tospann.people.actors import ActorRequest
from tospann.people.forms import (
    AppPasswordForm,
    DeputyForm,
    ProfileForm,
    TokenForm,
    person_values,
)
from tospann.people.models import Person
from tospann.people.pages import answer, signed_in, try_submit
from tospann.ui.pages import page

_PROFILE = ("name", "title", "company", "phone")


def _me(request: ActorRequest) -> Person:
    assert request.actor.person_id is not None  # signed_in
    return queries.person(request.actor.person_id)


@signed_in
def profile(request: ActorRequest) -> HttpResponse:
    me = _me(request)
    initial = person_values(me, *_PROFILE)
    form = ProfileForm(request.POST or None, version=me.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        bound = commands.change_own_profile.on(me, data.pop("version", None))
        outcome = try_submit(request, form, bound, **data)
        if outcome is not None:
            return answer(request, outcome, reverse("account"))
    status = 422 if form.errors else 200
    return page(request, "people/profile.html", status=status, form=form, me=me)


@signed_in
def deputies(request: ActorRequest) -> HttpResponse:
    me = _me(request)
    form = DeputyForm(request.POST or None, choices=queries.colleagues(me))
    if request.method == "POST" and form.is_valid():
        bound = commands.appoint_deputy.on(me)
        values: dict[str, Any] = {**form.cleaned_data, "id": new_id()}
        outcome = try_submit(request, form, bound, **values)
        if outcome is not None:
            return answer(request, outcome, reverse("account_deputies"))
    return page(
        request,
        "people/deputies.html",
        status=422 if form.errors else 200,
        form=form,
        deputies=list(queries.deputies(me)),
        deputises_for=list(queries.deputises_for(me)),
    )


@require_POST
@signed_in
def end_deputy(request: ActorRequest, pk: UUID) -> HttpResponse:
    what = commands.end_deputy.on(queries.deputy(_me(request), pk))
    outcome = submit(request.actor, what)
    return answer(request, outcome, reverse("account_deputies"))


@signed_in
def tokens(request: ActorRequest) -> HttpResponse:
    me = _me(request)
    form, issued = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data, id=new_id())
        data["scopes"] = ["read", "write"] if data.pop("may_write") else ["read"]
        outcome = try_submit(request, form, commands.create_api_token.on(me), **data)
        issued = outcome.result if isinstance(outcome, Done) else None
        form = TokenForm() if issued else form
    return page(
        request,
        "people/tokens.html",
        status=422 if form.errors else 200,
        form=form,
        issued=issued,
        tokens=list(queries.tokens(me)),
        today=timezone.localdate(),
    )


@require_POST
@signed_in
def revoke_token(request: ActorRequest, pk: UUID) -> HttpResponse:
    what = commands.revoke_api_token.on(queries.token(_me(request), pk))
    outcome = submit(request.actor, what)
    return answer(request, outcome, reverse("account_tokens"), _("The token no longer works."))


@signed_in
def app_passwords(request: ActorRequest) -> HttpResponse:
    me = _me(request)
    form, issued = AppPasswordForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        data = {"id": new_id(), "name": form.cleaned_data["name"]}
        data["may_write"] = not form.cleaned_data["is_read_only"]
        outcome = try_submit(request, form, commands.create_app_password.on(me), **data)
        issued = outcome.result if isinstance(outcome, Done) else None
        form = AppPasswordForm() if issued else form
    return page(
        request,
        "people/app_passwords.html",
        status=422 if form.errors else 200,
        form=form,
        issued=issued,
        me=me,
        app_passwords=list(queries.app_passwords(me)),
        drive=f"{settings.BASE_URL}/dav/",
    )


@require_POST
@signed_in
def revoke_app_password(request: ActorRequest, pk: UUID) -> HttpResponse:
    what = commands.revoke_app_password.on(queries.app_password(_me(request), pk))
    outcome = submit(request.actor, what)
    return answer(
        request, outcome, reverse("account_app_passwords"), _("The app password no longer works.")
    )
