"""The rules for sharing outside, and whether a share works by them now. Judged at each use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.projects.models import ProjectState


@dataclass(frozen=True)
class Policy:
    """The organisation's and the project's rules together: of each, the stricter."""

    allows_guests: bool = True
    allows_links: bool = True
    links_need_password: bool = False
    outside_only_views: bool = False
    needs_case: bool = False
    domains: frozenset[str] | None = None
    """None: any domain. Empty: the two lists have none in common."""
    max_days: int | None = None
    is_stopped: bool = False
    is_founding: bool = False

    def allows_address(self, email: str) -> bool:
        return self.domains is None or domain_of(email) in self.domains


FIELDS = (
    *("allows_guests", "allows_links", "links_need_password", "outside_only_views"),
    *("needs_case", "domains", "max_days"),
)


def together(rows: Sequence[Mapping[str, Any]], state: str) -> Policy:
    """One policy of the rows there are (the organisation's, the project's)."""
    listed = [frozenset(row["domains"]) for row in rows if row["domains"]]
    days = [row["max_days"] for row in rows if row["max_days"] is not None]
    return Policy(
        allows_guests=all(row["allows_guests"] for row in rows),
        allows_links=all(row["allows_links"] for row in rows),
        links_need_password=any(row["links_need_password"] for row in rows),
        outside_only_views=any(row["outside_only_views"] for row in rows),
        needs_case=any(row["needs_case"] for row in rows),
        domains=frozenset.intersection(*listed) if listed else None,
        max_days=min(days) if days else None,
        is_stopped=any(row.get("is_stopped") for row in rows),
        is_founding=state == ProjectState.FOUNDING,
    )


@dataclass(frozen=True)
class Grant:
    """A share as the judgement sees it."""

    id: UUID
    subject: str
    ceiling: str
    kind: str
    role: str
    state: str
    person_id: UUID | None
    email: str
    is_outside: bool
    asks_password: bool
    has_password: bool
    counts_from: date
    expires_on: date | None
    may_download: bool
    has_watermark: bool
    downloads_left: int | None
    has_case: bool
    made_by: str
    receiver: str


_REVOKED = gettext_noop("It was stopped.")
_PAUSED = gettext_noop("It is paused.")
_EXPIRED = gettext_noop("Its time is up.")
_TOO_LONG = gettext_noop("It is older than the rules for sharing allow.")
_STOPPED = gettext_noop("All sharing outside this project is stopped.")
_FOUNDING = gettext_noop("Nothing is shared outside before the project is active.")
_NO_GUESTS = gettext_noop("The rules for sharing allow no guests.")
_NO_LINKS = gettext_noop("The rules for sharing allow no links.")
_NO_PASSWORD = gettext_noop("The rules for sharing ask for a password on links.")
_UNSET = gettext_noop("Its password is not chosen yet.")
_NO_CASE = gettext_noop("The rules for sharing ask for a decision, and there is none.")
_DOMAIN = gettext_noop("The rules for sharing do not allow this address.")


def why_not(grant: Grant, policy: Policy, today: date) -> Sentence | None:
    """Why the share does not work today, or None when it does."""
    found = _why_ended(grant, today) or (_why_against(grant, policy, today) or "")
    return Sentence(found) if found else None


def _why_ended(grant: Grant, today: date) -> str:
    """Its own state and its own terms."""
    if grant.state == "revoked":
        return _REVOKED
    if grant.state == "paused":
        return _PAUSED
    if grant.expires_on is not None and grant.expires_on < today:
        return _EXPIRED
    return _UNSET if grant.asks_password and not grant.has_password else ""


def _why_against(grant: Grant, policy: Policy, today: date) -> str | None:
    """What in the rules for sharing outside the share goes against."""
    if not grant.is_outside:
        return None
    against = (
        (policy.is_stopped, _STOPPED),
        (policy.is_founding, _FOUNDING),
        (grant.kind == "guest" and not policy.allows_guests, _NO_GUESTS),
        (grant.kind == "link" and not policy.allows_links, _NO_LINKS),
        (_lacks_password(grant, policy), _NO_PASSWORD),
        (grant.kind != "link" and not policy.allows_address(grant.email), _DOMAIN),
        (policy.needs_case and not grant.has_case, _NO_CASE),
        (_is_too_old(grant, policy, today), _TOO_LONG),
    )
    return next((why for is_so, why in against if is_so), None)


def _lacks_password(grant: Grant, policy: Policy) -> bool:
    return grant.kind == "link" and policy.links_need_password and not grant.asks_password


def _is_too_old(grant: Grant, policy: Policy, today: date) -> bool:
    last = last_day(grant.counts_from, policy)
    return last is not None and last < today


def last_day(counts_from: date, policy: Policy) -> date | None:
    """The last day the rules let a share from that day work, if they set one."""
    return None if policy.max_days is None else counts_from + timedelta(days=policy.max_days)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
