"""The letter on a page of one's own, and its links, which answer without signing in."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tospann.foundation.errors import CommandError
from tospann.home.forms import DaysForm, StuckForm
from tospann.home.letter import answering, content, links, sending
from tospann.notifications.queries import preferences
from tospann.people import queries as people
from tospann.people import ratelimit
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.ui.forms import Form
from tospann.ui.pages import done, page, refused

A_MINUTE, SENT_AN_HOUR = 120, 6


@signed_in
def letter(request: ActorRequest) -> HttpResponse:
    """As it would be sent now; the button sends it."""
    assert request.actor.person_id is not None  # signed_in
    me = people.person(request.actor.person_id)
    if request.method == "POST":
        ratelimit.count(f"letter-now:{me.pk}", SENT_AN_HOUR, 3600)
        sent = sending.send_now(me)
        said = _("The letter is on its way to you.") if sent else _("There is nothing to tell.")
        return done(request, reverse("monday_letter"), toast=said)
    how = preferences(request.actor)["monday"]
    return page(request, "home/letter/preview.html", letter=content.letter(me), how=how, me=me)


@csrf_exempt  # whoever has the link may answer: it is the proof, and mail programs keep no cookies
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking answers nothing, so that programs that follow links in mails do no harm."""
    try:
        ratelimit.count(f"letter:{get_adapter().get_client_ip(request)}", A_MINUTE, 60)
        link = links.read(token)
    except links.Unknown:
        return _closed(request, _("This link is not known here, or is not complete."), 404)
    except links.RunOut:
        return _closed(request, _("This link has run out. Use the newest letter, or sign in."))
    except CommandError as error:
        return refused(request, error)
    with translation.override(answering.language(link)):
        try:
            asked = answering.asked(link)
        except answering.Closed as why:
            return _closed(request, str(why))
        return _answered(request, asked)


def _answered(request: HttpRequest, asked: answering.Asked) -> HttpResponse:
    form = _form(request, asked.link.answer)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "home/letter/answer.html", asked=asked, form=form, status=status)
    try:
        typed = form.cleaned_data
        said = answering.carry_out(asked, typed.get("days", 3), typed.get("text", ""))
    except CommandError as error:
        return page(
            request, "home/letter/closed.html", asked=asked, said=error.message, status=error.status
        )
    return page(request, "home/letter/closed.html", asked=asked, said=said, is_done=True)


def _form(request: HttpRequest, answer: str) -> Form:
    kinds = {"late": DaysForm, "stuck": StuckForm}
    made: Form = kinds.get(answer, Form)(request.POST if request.method == "POST" else None)
    return made


def _closed(request: HttpRequest, said: str, status: int = 410) -> HttpResponse:
    return page(request, "home/letter/closed.html", said=said, status=status)
