"""Reading people, their roles, deputies and tokens, and the organisation they work in."""

import uuid
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import ORGANISATION_ROLES, Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditEntry
from tospann.people.models import (
    ApiToken,
    AppPassword,
    Deputy,
    Organisation,
    OrganisationRole,
    Person,
    SavedView,
)

READS_ORGANISATION_AUDIT = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def organisation() -> Organisation:
    """The one organisation, or 404 in a portal nobody has founded yet."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if found is None:
        raise Http404
    return found


def runs_organisation(actor: Actor) -> bool:
    return rule(actor, Power.RUN_ORGANISATION, ORGANISATION_SCOPE).may_decide


def reads_audit(actor: Actor) -> bool:
    return bool(actor.organisation_roles & READS_ORGANISATION_AUDIT)


def person(pk: uuid.UUID) -> Person:
    found = Person.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def people() -> QuerySet[Person]:
    """Everybody, with ``state`` and an ``is_…`` for each role in the organisation."""
    state = Case(
        When(is_active=False, then=Value("inactive")),
        When(last_login__isnull=True, then=Value("invited")),
        default=Value("active"),
    )
    held = OrganisationRole.objects.filter(person=OuterRef("pk"))
    roles = {f"is_{role}": Exists(held.filter(role=role)) for role in ORGANISATION_ROLES}
    return Person.objects.annotate(state=state, **roles)


def _named(search: str) -> Q:
    return Q(name__icontains=search) | Q(email__icontains=search) | Q(company__icontains=search)


def people_to_choose(actor: Actor, search: str = "", most: int = 20) -> list[dict[str, object]]:
    """For pickers: active people by name. Guests and strangers see nobody."""
    if actor.person_id is None or actor.kind == "guest":
        raise Http404
    found = Person.objects.filter(is_active=True)
    if search:
        found = found.filter(_named(search))
    fields = ("id", "name", "email", "title", "company", "is_external")
    return list(found.order_by("name", "id").values(*fields)[:most])


def colleagues(of: Person) -> list[tuple[str, str]]:
    """Choices for a form: everybody active but this person and the externals."""
    found = Person.objects.filter(is_active=True, is_external=False).exclude(pk=of.pk)
    return [(str(pk), name) for pk, name in found.order_by("name").values_list("pk", "name")]


def organisation_roles(of: Person) -> frozenset[Role]:
    held = OrganisationRole.objects.filter(person=of).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def other_administrators(of: Person) -> bool:
    """Whether somebody active, other than this person, administers the portal."""
    return (
        OrganisationRole.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True)
        .exclude(person=of)
        .exists()
    )


def deputies(of: Person, on: date | None = None) -> QuerySet[Deputy]:
    """Deputies now and to come."""
    today = on or timezone.localdate()
    found = Deputy.objects.filter(person=of, ends_on__gte=today).select_related("deputy")
    return found.order_by("starts_on", "id")


def deputises_for(of: Person, on: date | None = None) -> QuerySet[Deputy]:
    """Whom the person stands in for, now and later."""
    today = on or timezone.localdate()
    found = Deputy.objects.filter(deputy=of, ends_on__gte=today).select_related("person")
    return found.order_by("starts_on", "id")


def deputy(of: Person, pk: uuid.UUID) -> Deputy:
    found = Deputy.objects.filter(person=of, pk=pk).first()
    if found is None:
        raise Http404
    return found


def tokens(of: Person) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(person=of, revoked_at__isnull=True).order_by("-created_at")


def token(of: Person, pk: uuid.UUID) -> ApiToken:
    found = tokens(of).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def app_passwords(of: Person) -> QuerySet[AppPassword]:
    return AppPassword.objects.filter(person=of, revoked_at__isnull=True).order_by("-created_at")


def app_password(of: Person, pk: uuid.UUID) -> AppPassword:
    found = app_passwords(of).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def audit_entry(pk: int) -> AuditEntry:
    found = AuditEntry.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def page_number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def saved_views(of: Person, page: str) -> list[tuple[str, str]]:
    found = SavedView.objects.filter(person=of, page=page).order_by("name")
    return list(found.values_list("name", "query"))
