"""How fetching goes, and the mail that belongs to no project."""

from django.conf import settings
from django.http import HttpResponse

from tospann.mailbox import queries
from tospann.people.actors import ActorRequest
from tospann.people.pages import administrators_only
from tospann.ui.pages import page


@administrators_only
def admin_mail(request: ActorRequest) -> HttpResponse:
    return page(
        request,
        "mailbox/admin.html",
        fetched=queries.fetched(),
        refused=list(queries.not_let_in(None)[:200]),
        address=settings.INCOMING_ADDRESS,
        host=settings.IMAP_HOST,
    )
