"""Who sees and changes webhooks: whoever leads the project, and administrators."""

from tospann.foundation.ids import new_id
from tospann.webhooks import commands

MAN = "manager"
KEEPING = {MAN, "administrator"}
ADMINISTRATOR = {"administrator"}
TOLD = {"name": "Ny", "address": "https://hooks.example.org/"}

SEEN_BY = {
    "admin_webhooks": ADMINISTRATOR,
    "new_organisation_webhook": ADMINISTRATOR,
    "project_webhooks": {MAN},
    "new_webhook": {MAN},
    "webhook": KEEPING,
    "edit_webhook": KEEPING,
}
CHANGES = {
    "new_organisation_webhook": (ADMINISTRATOR, TOLD),
    "new_webhook": ({MAN}, TOLD),
    "edit_webhook": (KEEPING, TOLD),
    "renew_webhook_secret": (KEEPING, {}),
}
OWN_AFFAIRS = dict.fromkeys(
    ("act_on_webhook", "resend_delivery"), "of those who keep it: tests/webhooks"
)


def things(of):
    """A webhook of the project, for its pages."""
    told = {"name": "Intranettet", "address": "https://hooks.example.org/", "kinds": ["planning"]}
    made = commands.add_webhook(of.actor(MAN), of.project, id=new_id(), **told)
    return dict.fromkeys(("webhook", "edit_webhook", "renew_webhook_secret"), made.webhook.pk)
