"""What somebody did about the programs that are told what happens."""

from django.utils.translation import ngettext_lazy as _n

OUTSIDE = {
    "webhooks.add_organisation_webhook": _n(
        "added a webhook for all projects", "added %(n)s webhooks for all projects", "n"
    ),
    "webhooks.add_webhook": _n("added a webhook", "added %(n)s webhooks", "n"),
    "webhooks.change_webhook": _n("changed a webhook", "changed %(n)s webhooks", "n"),
    "webhooks.pause_webhook": _n(
        "paused a webhook that failed", "paused %(n)s webhooks that failed", "n"
    ),
    "webhooks.remove_webhook": _n("removed a webhook", "removed %(n)s webhooks", "n"),
    "webhooks.renew_webhook_secret": _n(
        "renewed a webhook's secret", "renewed the secrets of %(n)s webhooks", "n"
    ),
    "webhooks.try_webhook": _n("tried a webhook", "tried webhooks %(n)s times", "n"),
    "webhooks.turn_off_webhook": _n("turned off a webhook", "turned off %(n)s webhooks", "n"),
    "webhooks.turn_on_webhook": _n("turned on a webhook", "turned on %(n)s webhooks", "n"),
}
