"""Telling whoever made the webhook that it is paused."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tospann.notifications.mail import language_of, queue_mail
from tospann.webhooks.models import Webhook


def tell_owner(webhook: Webhook, since: datetime) -> None:
    """One mail for each time it is paused."""
    owner = webhook.owner
    with translation.override(language_of(owner)):
        subject = gettext("The webhook “%(name)s” is paused") % {"name": webhook.name}
        link = f"{settings.BASE_URL}{reverse('webhook', args=[webhook.pk])}"
        shown = {"webhook": webhook, "person": owner, "since": since, "link": link}
        body = render_to_string("webhooks/mail/paused.txt", shown)
        html = render_to_string("webhooks/mail/paused.html", shown)
        key = f"webhook:{webhook.pk}:{since:%Y%m%d%H%M%S}"
        queue_mail(key, owner.email, subject, body, html, project=webhook.project_id)
