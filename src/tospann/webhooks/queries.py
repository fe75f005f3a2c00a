"""Reading webhooks: only for those who may change them."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from tospann.foundation.authority import Actor, Power, rule
from tospann.people.queries import runs_organisation
from tospann.projects.models import Project
from tospann.webhooks.models import Delivery, DeliveryState, Webhook

LATEST = 50


def keeps(actor: Actor, project: Project | None) -> bool:
    if project is None:
        return runs_organisation(actor)
    return rule(actor, Power.KEEP_WEBHOOKS, project.pk).may_decide


def kept(actor: Actor) -> QuerySet[Webhook]:
    """All of which the actor may say who is told what."""
    every = Webhook.objects.select_related("project", "owner").order_by("name", "pk")
    if runs_organisation(actor):
        return every
    hers = [pk for pk in actor.roles if rule(actor, Power.KEEP_WEBHOOKS, pk).may_decide]
    return every.filter(project__in=hers)


def of(actor: Actor, project: Project | None) -> QuerySet[Webhook]:
    """Those of a project, or the organisation's own; with how many deliveries wait."""
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
    return kept(actor).filter(project=project).annotate(waiting=waiting)


def webhook(actor: Actor, pk: UUID) -> Webhook:
    found = kept(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def deliveries(webhook: Webhook) -> QuerySet[Delivery]:
    """The log, the latest first."""
    return webhook.deliveries.order_by("-at", "-pk")


def delivery(webhook: Webhook, pk: UUID) -> Delivery:
    found = webhook.deliveries.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
