"""Mail that came, what became of it, and calendars, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

MAILBOX = {
    "mailbox.become_documents": _n(
        "kept a mail as documents", "kept %(n)s mails as documents", "n"
    ),
    "mailbox.become_note": _n("noted a mail on a contact", "noted %(n)s mails on contacts", "n"),
    "mailbox.become_notice": _n("made a notice of a mail", "made notices of %(n)s mails", "n"),
    "mailbox.become_question": _n(
        "made a question of a mail", "made questions of %(n)s mails", "n"
    ),
    "mailbox.bring_in": _n("brought in a mail", "brought in %(n)s mails", "n"),
    "mailbox.close_address": _n(
        "closed the mail address", "closed the mail address %(n)s times", "n"
    ),
    "mailbox.make_feed": _n("made a calendar", "made %(n)s calendars", "n"),
    "mailbox.open_address": _n("made a mail address", "made %(n)s mail addresses", "n"),
    "mailbox.receive": _n("took in a mail", "took in %(n)s mails", "n"),
    "mailbox.revoke_feed": _n("revoked a calendar", "revoked %(n)s calendars", "n"),
    "mailbox.set_aside": _n("set a mail aside", "set %(n)s mails aside", "n"),
    "mailbox.set_sorter": _n(
        "chose who sorts the mail", "chose %(n)s times who sorts the mail", "n"
    ),
    "mailbox.sort_again": _n(
        "put a mail back to be sorted", "put %(n)s mails back to be sorted", "n"
    ),
    "rooms.assign_question": _n("gave a question an owner", "gave %(n)s questions an owner", "n"),
    "rooms.record_question": _n("recorded a question", "recorded %(n)s questions", "n"),
}
