"""Sharing, changing, pausing and stopping; and what makes a share refused."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field, StringConstraints

from tospann.foundation.arguments import Hash, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Sentence, measure
from tospann.foundation.commands import Command, command
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.sharing import queries
from tospann.sharing.access import Right, access, grants
from tospann.sharing.models import (
    Share,
    ShareRole,
    ShareState,
    With,
)
from tospann.sharing.policy import Policy, why_not
from tospann.sharing.rights import CLASSES, STRICT
from tospann.sharing.things import Thing, thing
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

AnyChange = Command[Any, Any, Share]
OUTSIDE = measure("external_sharing", _("the number of things shared outside"), "things").key


def _address(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError(gettext("This is not an email address.")) from None
    return text.lower()


Email = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_address)
]
Reference = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+:[0-9a-f-]{32,36}$")
]
Limit = Annotated[int, Field(ge=1, le=100_000)]
May = Literal["view", "comment", "edit", "upload"]
MayOutside = Literal["view", "comment", "upload"]
Class = Literal["open", "internal", "confidential", "strictly_confidential"]


def _more_outside(project: Project, _arguments: Any) -> Mapping[str, Decimal]:
    return {OUTSIDE: Decimal(queries.outside(project.pk).count() + 1)}


def _once_more_outside(share: Share, _arguments: Any) -> Mapping[str, Decimal]:
    others = queries.outside(share.project_id).exclude(pk=share.pk)
    return {OUTSIDE: Decimal(others.count() + 1)}


_NEEDS_CASE = gettext_noop("The rules for sharing ask for a decision on each share outside.")


def _needs_case(_actor: Actor, subject: Project | Share) -> Sentence | None:
    needs = queries.policy(subject.scope_id).needs_case
    return Sentence(_NEEDS_CASE) if needs else None


@command(needs=Power.SHARE, undoable=False)
def share(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    reference: Reference,
    person: UUID,
    role: May = "view",
    may_download: bool = True,
    expires_on: date | None = None,
    message: OptionalText = "",
) -> Share:
    """Share with somebody in the organisation"""
    what = _to_share(actor, project, reference)
    with_whom = _person(person)
    if with_whom.is_external:
        raise Invalid(gettext("This person is from outside: share it outside instead."), "person")
    made = _new(actor, project, what, id, "person")
    made.person = with_whom
    made.role, made.may_download, made.message = role, may_download, message
    made.expires_on = _day(expires_on)
    made.save()
    return made


@command(
    needs=Power.SHARE_OUTSIDE,
    kind="sharing",
    measures=_more_outside,
    by_case=_needs_case,
    undoable=False,
)
def share_outside(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    reference: Reference,
    kind: Literal["person", "guest", "link"] = "guest",
    person: UUID | None = None,
    email: Email = "",
    name: OptionalLine = "",
    role: MayOutside = "view",
    ceiling: Class | None = None,
    may_download: bool = True,
    has_watermark: bool = False,
    asks_code: bool = True,
    asks_password: bool = False,
    expires_on: date | None = None,
    download_limit: Limit | None = None,
    message: OptionalText = "",
) -> Share:
    """Share outside the organisation"""
    what = _to_share(actor, project, reference)
    if ceiling is not None and CLASSES.index(what.classification) > CLASSES.index(ceiling):
        raise Invalid(gettext("This has been classified higher since. Prepare it again."))
    made = _new(actor, project, what, id, kind)
    made.person = _person(person) if kind == "person" and person else None
    made.email, made.name, made.role = email, name, role
    made.may_download, made.has_watermark = may_download, has_watermark
    made.asks_code, made.asks_password = asks_code, asks_password and kind == "link"
    made.download_limit, made.message = download_limit, message
    made.expires_on = _day(expires_on)
    _require_receiver(made)
    _require_allowed(made, what)
    made.save()
    return made


@command(needs=Power.SHARE, undoable=False)
def change_share(
    actor: Actor,
    share: Share,
    *,
    role: May = "view",
    may_download: bool = True,
    expires_on: date | None = None,
) -> Share:
    """Change a share in the organisation"""
    if share.is_outside:
        raise NotAllowed(gettext("This is shared outside: change it as such."))
    return _changed(actor, share, role, may_download, expires_on)


@command(
    needs=Power.SHARE_OUTSIDE,
    kind="sharing",
    measures=_once_more_outside,
    by_case=_needs_case,
    undoable=False,
)
def change_outside_share(
    actor: Actor,
    share: Share,
    *,
    role: MayOutside = "view",
    may_download: bool = True,
    has_watermark: bool = False,
    expires_on: date | None = None,
    download_limit: Limit | None = None,
) -> Share:
    """Change or renew a share outside the organisation"""
    share.has_watermark, share.download_limit = has_watermark, download_limit
    if actor.mandate is not None:
        share.approved_case = f"cases.case:{actor.mandate.case_id}"
    return _changed(actor, share, role, may_download, expires_on)


def _changed(
    actor: Actor, share: Share, role: str, may_download: bool, expires_on: date | None
) -> Share:
    """Changing is renewing: the days are counted anew, and what is paused works again."""
    if share.state == ShareState.REVOKED:
        raise Invalid(gettext("This share has been stopped. Share it anew."))
    what = _to_share(actor, share.project, share.subject)
    share.role, share.may_download = role, may_download
    share.state, share.reason, share.ceiling = ShareState.ACTIVE, "", what.classification
    share.counts_from, share.expires_on = timezone.localdate(), _day(expires_on)
    _require_allowed(share, what)
    share.save()
    return share


@command(needs=Power.SHARE, undoable=False)
def stop_share(actor: Actor, share: Share, *, reason: OptionalText = "") -> Share:
    """Stop sharing"""
    return ended(share, ShareState.REVOKED, reason)


@command(needs=Power.SHARE, undoable=False)
def pause_share(actor: Actor, share: Share, *, reason: OptionalText = "") -> Share:
    """Pause a share"""
    return ended(share, ShareState.PAUSED, reason)


def ended(share: Share, state: ShareState, reason: str) -> Share:
    if share.state == ShareState.REVOKED:
        raise Invalid(gettext("This share has been stopped already."))
    share.state, share.reason = state, reason
    if state is ShareState.REVOKED:
        share.token_hash = None
    share.save()
    return share


@command(needs=Power.SHARE, undoable=False, exposed=False)
def renew_link(actor: Actor, share: Share, *, token_hash: Hash) -> Share:
    """Make a new link for a share"""
    if share.kind == With.PERSON or share.state == ShareState.REVOKED:
        raise Invalid(gettext("This share has no link."))
    share.token_hash = token_hash
    share.save()
    return share


@command(needs=Power.SHARE_OUTSIDE, undoable=False)
def confirm_reviewed(actor: Actor, share: Share) -> Share:
    """Confirm that a share is still needed"""
    share.reviewed_on = timezone.localdate()
    share.save()
    return share


_NOT_HERS = gettext_noop("Only those who may manage this may share it.")


def _to_share(actor: Actor, project: Project, reference: str) -> Thing:
    """What is to be shared, if it is the actor's to share (a decision has seen to that)."""
    what = thing(reference)
    if what is None or what.project_id != project.pk or what.is_trashed:
        raise Gone
    if actor.mandate is None and actor.kind != "system":
        right = access(actor, what, grants(actor, project)).right
        if right < Right.VIEW:
            raise Gone
        if right < Right.MANAGE:
            raise NotAllowed(gettext(_NOT_HERS))
    return what


def _new(actor: Actor, project: Project, what: Thing, pk: UUID, kind: str) -> Share:
    if Share.objects.filter(pk=pk).exists():
        raise Invalid(gettext("This was saved already. It was not saved twice."))
    return Share(
        id=pk,
        project=project,
        subject=what.reference,
        title=what.title[:300],
        ceiling=what.classification,
        kind=kind,
        counts_from=timezone.localdate(),
        made_by_id=actor.person_id,
        approved_case=f"cases.case:{actor.mandate.case_id}" if actor.mandate else "",
    )


def _person(pk: UUID) -> Person:
    found = Person.objects.filter(pk=pk, is_active=True).first()
    if found is None:
        raise Invalid(gettext("There is no such person."), "person")
    return found


def _day(expires_on: date | None) -> date | None:
    if expires_on is not None and expires_on < timezone.localdate():
        raise Invalid(gettext("Choose a day that is not over yet."), "expires_on")
    return expires_on


def _require_receiver(made: Share) -> None:
    if made.kind == With.GUEST and not made.email:
        raise Invalid(gettext("Say whom to share with."), "email")
    if made.kind == With.PERSON and made.person is None:
        raise Invalid(gettext("Say whom to share with."), "person")
    if made.kind != With.GUEST:
        made.email = ""


def _require_allowed(made: Share, what: Thing) -> None:
    """Refused with the rule's own sentence; the same rules are asked again at each use."""
    if what.classification == STRICT and made.kind != With.PERSON:
        raise Invalid(
            gettext("What is strictly confidential is shared with named persons only."), "kind"
        )
    if made.role == ShareRole.UPLOAD and not what.holds:
        raise Invalid(gettext("Files are handed in to a folder."), "role")
    policy = queries.policy(made.project_id)
    given = queries.grant_of(made, has_password=True)
    if why := why_not(given, policy, timezone.localdate()):
        raise Invalid(str(why))
    _require_days(made, policy)


def _require_days(made: Share, policy: Policy) -> None:
    last = queries.last_day(made, policy)
    if last is None or not made.is_outside:
        return
    if made.expires_on is None:
        made.expires_on = last
    elif made.expires_on > last:
        raise Invalid(
            gettext("The rules for sharing allow %(days)s days at most.")
            % {"days": policy.max_days},
            "expires_on",
        )


@share_outside.told
def _told_outside(project: Project, values: Mapping[str, Any]) -> list[str]:
    """What a case says of a share: of what is strictly confidential, not even the name."""
    what = thing(values["reference"])
    if what is None or what.classification == STRICT:
        return []
    whom = values.get("name") or values.get("email") or str(With(values["kind"]).label)
    said = gettext("“%(title)s” is shared with %(whom)s.") % {"title": what.title, "whom": whom}
    until = values.get("expires_on")
    if not until:
        return [said]
    day = short_date(date.fromisoformat(str(until)), language())
    return [said, gettext("Until %(day)s.") % {"day": day}]
