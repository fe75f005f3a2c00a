"""A case's papers as mail to those who decide it: the file along with it, the way to the form."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from tospann.cases import bundles
from tospann.cases.models import Bundle
from tospann.notifications.mail import Attached, language_of, queue_mail
from tospann.people.models import Person

MOST_ATTACHED = 10 * 1024 * 1024


def queue(bundle: Bundle) -> int:
    """One mail to each who decides, once for each file; returns how many were new."""
    people = Person.objects.filter(pk__in=bundle.receivers, is_active=True)
    return sum(_queue(bundle, person) for person in people.order_by("pk"))


def _queue(bundle: Bundle, person: Person) -> bool:
    case, file = bundle.case, bundles.file_of(bundle)
    with translation.override(language_of(person)):
        short = f"{case.project.key}-{case.number}"
        is_attached = file is not None and file.size <= MOST_ATTACHED
        base = f"{settings.BASE_URL}/p/{case.project.key}"
        context: dict[str, Any] = {
            "name": person.name,
            "case": case,
            "short": short,
            "bundle": bundle,
            "is_attached": is_attached,
            "link": f"{base}/decisions/cases/{case.number}/decide",
            "file_link": f"{base}/files/{file.pk}" if file else "",
        }
        attached = [Attached(file.name, file.media_type, f"files:{file.sha256}")] if file else []
        return queue_mail(
            f"bundle:{bundle.pk}:{bundle.sha256[:16]}:{person.pk}",
            person.email,
            gettext("%(project)s: papers for “%(title)s”")
            % {"project": case.project.name, "title": case.title},
            render_to_string("cases/mail/bundle.txt", context),
            render_to_string("cases/mail/bundle.html", context),
            attached=attached if is_attached else [],
            project=case.project_id,
        )
