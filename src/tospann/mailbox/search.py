"""Mail to a project, as it is found by words: for those who keep the registers, as its pages."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.mailbox.models import Message
from tospann.search.kinds import Kind, by_number, indexed, records


def _readable(actor: Actor) -> QuerySet[Message]:
    keeps = [pk for pk in actor.roles if rule(actor, Power.KEEP_REGISTERS, pk).may_decide]
    return Message.objects.filter(project__in=keeps)


indexed(
    Kind(
        *("mailbox.message", _("Mail to the project"), "send", 120),
        read=records(Message, "subject", "text", "from_name", "from_email", number="number"),
        href=by_number("message"),
        permitted=_readable,
    )
)
