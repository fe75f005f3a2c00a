"""The one answer to “may she?”: by role and class, by having made it, and by what is shared.

    found = grants(actor, project)                # one query
    access(actor, shared, found).right >= Right.EDIT
    reach(actor, found)                           # the same, for a queryset to start from

Whoever lists things starts from ``reach``; whoever has one thing asks ``access``. Both judge shares
and the rules for sharing now, not when something was shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Actor, Role, Sentence
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.projects.models import Project
from tospann.sharing.models import OrganisationSharing, Share, ShareState, SharingPolicy, With
from tospann.sharing.policy import FIELDS, Grant, Policy, together, why_not
from tospann.sharing.rights import (
    BY_ROLE,
    BY_SHARE,
    CLASSES,
    IF_MADE,
    ON_THE_TEAM,
    STRICT,
    Right,
    up_to,
)
from tospann.ui.round_trip import Asked, Question, Row, Rows

__all__ = [
    "Access",
    "Grants",
    "Reach",
    "Reason",
    "Right",
    "Shared",
    "access",
    "grants",
    "reach",
]
_NOBODY = UUID(int=1)
_NO_RULES = Policy()


class Shared(Protocol):
    """A thing that somebody may see: a document, a folder."""

    @property
    def project_id(self) -> UUID: ...
    @property
    def reference(self) -> str:
        """``documents.document:0192…``"""
        ...

    @property
    def above(self) -> tuple[str, ...]:
        """References of what it lies in, the nearest first."""
        ...

    @property
    def classification(self) -> str:
        """Its own class or, where it has none, that of what it lies in."""
        ...

    @property
    def is_trashed(self) -> bool: ...
    @property
    def maker_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class Reason:
    """Why somebody sees a thing: a sentence, and the share that it rests on, if it does."""

    kind: str
    """role · made · share · system"""
    sentence: Sentence
    share: Grant | None = None

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Access:
    """What somebody may do with a thing, and why."""

    right: Right = Right.NONE
    may_download: bool = False
    may_upload: bool = False
    has_watermark: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def may_see(self) -> bool:
        return self.right >= Right.VIEW


@dataclass(frozen=True)
class Grants:
    """What one actor has in a project: the shares that work today, and the rules they work by."""

    project_id: UUID
    shares: tuple[Grant, ...] = ()
    policy: Policy = _NO_RULES


@dataclass(frozen=True)
class Reach:
    """What an actor sees, said so that a queryset can begin with it.

    A thing is seen when its class is in ``classes``, or she made it and it is in ``made``, or one
    of the references of itself and what it lies in is in ``shared`` with its class.
    """

    classes: frozenset[str]
    made: frozenset[str]
    person_id: UUID | None
    shared: Mapping[str, frozenset[str]]

    def of_kind(self, label: str) -> dict[UUID, frozenset[str]]:
        """What is shared of one kind (``documents.folder``): ids, with the classes reached."""
        pairs = ((ref.partition(":"), classes) for ref, classes in self.shared.items())
        return {UUID(pk): classes for (of, _colon, pk), classes in pairs if of == label}


def grants(actor: Actor, project: Project | UUID) -> Grants:
    """What the actor has in the project, by shares: one query."""
    project_id = project if isinstance(project, UUID) else project.pk
    return _granted(project_id, _asked(project_id, *_whose(actor)))


def grants_and_open(actor: Actor, project: Project) -> tuple[Grants, list[Row]]:
    """The same, and what is shared with anybody at all (``queries.widths``): one query."""
    found = _asked_all(project.pk, *_whose(actor))
    return _granted(project.pk, found), found["open"]


def _whose(actor: Actor) -> tuple[UUID, tuple[UUID, ...]]:
    return actor.person_id or _NOBODY, tuple(sorted(actor.shares))


def _granted(project_id: UUID, found: Mapping[str, list[Row]]) -> Grants:
    policy = policy_of(found)
    today = timezone.localdate()
    held = (as_grant(row) for row in found["shares"])
    live = tuple(one for one in held if why_not(one, policy, today) is None)
    return Grants(project_id, live, policy)


def access(actor: Actor, shared: Shared, found: Grants) -> Access:
    """What the actor may do with this thing, and why. Reads nothing."""
    if shared.project_id != found.project_id:
        return Access()
    reasons = [*_by_role(actor, shared), *_by_making(actor, shared)]
    own = max((right for right, _reason in reasons), default=Right.NONE)
    reaching = [] if shared.is_trashed else [g for g in found.shares if reaches(g, shared)]
    right = max([own, *(BY_SHARE[one.role] for one in reaching)])
    by_share = [Reason("share", _sentence(one, shared), one) for one in reaching]
    may_download = own > Right.NONE or any(_downloads(one, found.policy) for one in reaching)
    return Access(
        right,
        may_download and right > Right.NONE,
        may_upload=own >= Right.EDIT or any(one.role in ("upload", "edit") for one in reaching),
        has_watermark=own is Right.NONE and any(one.has_watermark for one in reaching),
        reasons=(*(reason for _right, reason in reasons), *by_share),
    )


def reach(actor: Actor, found: Grants) -> Reach:
    """Everything the actor sees in the project. Says what ``access`` says, for all at once."""
    if actor.kind == "system":
        return Reach(frozenset(CLASSES), frozenset(), None, {})
    roles = actor.roles_in(found.project_id) | actor.organisation_roles
    classes = frozenset(one for one, table in BY_ROLE.items() if roles & table.keys())
    made = frozenset(CLASSES) if roles & ON_THE_TEAM and actor.person_id else frozenset[str]()
    shared: dict[str, frozenset[str]] = {}
    for one in found.shares:
        if BY_SHARE[one.role] > Right.NONE:
            shared[one.subject] = shared.get(one.subject, frozenset()) | classes_of(one)
    return Reach(classes, made, actor.person_id, shared)


def reaches(grant: Grant, shared: Shared) -> bool:
    """Whether a share that works reaches this thing."""
    is_there = grant.subject == shared.reference or grant.subject in shared.above
    return is_there and shared.classification in classes_of(grant)


def classes_of(grant: Grant) -> frozenset[str]:
    """The classes a share reaches: the strictest one only for somebody with an account."""
    found = up_to(grant.ceiling)
    return found if grant.kind == With.PERSON else found - {STRICT}


def _downloads(grant: Grant, policy: Policy) -> bool:
    if BY_SHARE[grant.role] is Right.NONE or not grant.may_download or grant.has_watermark:
        return False
    if grant.is_outside and policy.outside_only_views:
        return False
    return grant.downloads_left is None or grant.downloads_left > 0


_SYSTEM = gettext_noop("The portal itself.")
_ROLE = gettext_noop("Sees it as %(role)s.")
_DEPUTY = gettext_noop("Sees it as %(role)s, for %(name)s.")
_MADE = gettext_noop("Put it here, and is on the project's team.")
_GIVEN = gettext_noop("It is shared with %(receiver)s by %(by)s.")
_INSIDE = gettext_noop("What it lies in is shared with %(receiver)s by %(by)s.")


def _by_role(actor: Actor, shared: Shared) -> list[tuple[Right, Reason]]:
    if actor.kind == "system":
        return [(Right.MANAGE, Reason("system", Sentence(_SYSTEM)))]
    table = BY_ROLE.get(shared.classification, {})
    roles = actor.roles_in(shared.project_id) | actor.organisation_roles
    return [
        (table[role], Reason("role", _as(actor, shared.project_id, role)))
        for role in sorted(roles)
        if role in table
    ]


def _as(actor: Actor, project_id: UUID, role: Role) -> Sentence:
    deputy = actor.deputises_as(project_id, role)
    values = {"role": f"role:{role}"}
    return Sentence(_DEPUTY, {**values, "name": deputy}) if deputy else Sentence(_ROLE, values)


def _by_making(actor: Actor, shared: Shared) -> list[tuple[Right, Reason]]:
    if actor.person_id is None or shared.maker_id != actor.person_id:
        return []
    if shared.classification not in CLASSES or not actor.roles_in(shared.project_id) & ON_THE_TEAM:
        return []
    return [(IF_MADE, Reason("made", Sentence(_MADE)))]


def _sentence(grant: Grant, shared: Shared) -> Sentence:
    values = {"receiver": grant.receiver, "by": grant.made_by}
    return Sentence(_GIVEN if grant.subject == shared.reference else _INSIDE, values)


COLUMNS = {
    **{name: name for name in ("id", "subject", "ceiling", "kind", "role", "state", "email")},
    **{name: name for name in ("counts_from", "expires_on", "may_download", "has_watermark")},
    **{name: name for name in ("download_limit", "downloads", "name", "person_id")},
    **{name: name for name in ("asks_password", "password_hash", "approved_case")},
    "person_name": "person__name",
    "person_email": "person__email",
    "is_external": "person__is_external",
    "is_active": "person__is_active",
    "by": "made_by__name",
}


def as_grant(row: Mapping[str, Any]) -> Grant:
    """A row with ``COLUMNS`` as the judgement sees it."""
    limit, kind = row["download_limit"], row["kind"]
    receiver = row["person_name"] if kind == With.PERSON else row["name"] or row["email"]
    return Grant(
        **{name: row[name] for name in _AS_THEY_ARE},
        email=(row["person_email"] if kind == With.PERSON else row["email"]) or "",
        is_outside=kind != With.PERSON or bool(row["is_external"]),
        has_password=bool(row["password_hash"]),
        downloads_left=None if limit is None else max(limit - row["downloads"], 0),
        has_case=bool(row["approved_case"]),
        made_by=row["by"] or "Tospann",
        receiver=receiver or str(With.LINK.label),
    )


_AS_THEY_ARE = (
    *("id", "subject", "ceiling", "kind", "role", "state", "person_id"),
    *("counts_from", "expires_on", "may_download", "has_watermark", "asks_password"),
)


def _question(project_id: UUID, person_id: UUID, share_ids: Sequence[UUID]) -> Question:
    mine = Q(person_id=person_id, person__is_active=True)
    mine |= Q(pk__in=share_ids, kind__in=(With.GUEST, With.LINK))
    held = Share.objects.filter(mine, project_id=project_id).order_by("made_at", "id")
    ours = OrganisationSharing.objects.filter(pk=ORGANISATION_SCOPE)
    own = SharingPolicy.objects.filter(project_id=project_id)
    rules = {name: name for name in FIELDS}
    project = Project.objects.filter(pk=project_id)
    return project, {
        "shares": Rows(held, **COLUMNS),
        "ours": Rows(ours, **rules),
        "own": Rows(own, **rules, is_stopped="is_stopped"),
        "state": Rows(project, state="state"),
    }


def _with_the_open(project_id: UUID, person_id: UUID, share_ids: Sequence[UUID]) -> Question:
    project, asked = _question(project_id, person_id, share_ids)
    found = Share.objects.filter(project_id=project_id).exclude(state=ShareState.REVOKED)
    shown = {"subject": "subject", "kind": "kind", "is_external": "person__is_external"}
    return project, {**asked, "open": Rows(found.order_by("id"), **shown)}


_asked = Asked(_question)
_asked_all = Asked(_with_the_open)


def policy_of(found: Mapping[str, list[Row]]) -> Policy:
    """The policy of the rows that ``ours``, ``own`` and ``state`` hold."""
    state = found["state"][0]["state"] if found["state"] else ""
    return together([*found["ours"], *found["own"]], state)
