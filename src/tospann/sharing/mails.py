"""What is mailed to guests: the link to what is shared with them, and codes."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from tospann.notifications.mail import queue_mail
from tospann.notifications.models import OutboxMail
from tospann.sharing.models import Share, Visit


def is_invited(share: Share) -> bool:
    return OutboxMail.objects.filter(key=_key(share)).exists()


def _key(share: Share) -> str:
    return f"shared:{share.pk}"


def invite(share: Share, token: str, by: str) -> None:
    """The link, in the project's language."""
    context = {
        "share": share,
        "by": by,
        "address": f"{settings.BASE_URL}/room/{token}",
        "base_url": settings.BASE_URL,
    }
    with translation.override(share.project.language):
        subject = _("%(who)s shared “%(title)s” with you") % {"who": by, "title": share.title}
        body = render_to_string("sharing/mail/invitation.txt", context)
        html = render_to_string("sharing/mail/invitation.html", context)
        queue_mail(_key(share), share.email, subject, body, html, project=share.project_id)


def send_code(visit: Visit, code: str) -> None:
    """A code, to the address the thing was shared with."""
    share = visit.share
    context = {"share": share, "code": code, "base_url": settings.BASE_URL}
    with translation.override(share.project.language):
        subject = _("Your code: %(code)s") % {"code": code}
        body = render_to_string("sharing/mail/code.txt", context)
        html = render_to_string("sharing/mail/code.html", context)
        queue_mail(f"code:{visit.pk}:{visit.code_hash}", share.email, subject, body, html)
