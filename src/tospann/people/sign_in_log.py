"""Signing in and out and changes of credentials, as acts in the organisation's audit chain."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from tospann.foundation.audit import Act
from tospann.foundation.authority import SYSTEM, Actor
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.transactions import run
from tospann.people import sessions
from tospann.people.models import Organisation, Person

ACTS: Mapping[str, str] = {
    "people.signed_in": gettext_noop("Signed in"),
    "people.signed_out": gettext_noop("Signed out"),
    "people.sign_in_failed": gettext_noop("Failed to sign in"),
    "people.password_changed": gettext_noop("Changed the password"),
    "people.password_reset": gettext_noop("Set a new password by a link"),
    "people.factor_added": gettext_noop("Added a way to prove who they are"),
    "people.factor_removed": gettext_noop("Removed a way to prove who they are"),
    "people.factor_renewed": gettext_noop("Made new recovery codes"),
    "people.factor_failed": gettext_noop("Failed to prove who they are"),
    "people.account_linked": gettext_noop("Linked an account elsewhere to sign in with"),
    "people.account_unlinked": gettext_noop("Removed the link to an account elsewhere"),
    "people.provider_refused": gettext_noop("Refused a sign-in through another provider"),
    "people.recovered": gettext_noop("Recovered an administrator's account"),
}
"""What these acts are called; they have no command."""


def note(actor: Actor, name: str, subject: Any, **details: Any) -> None:
    """Append the act; inside somebody else's transaction, as soon as that has ended."""

    def body(act: Act, _subject: Any) -> None:
        act.authority = "own" if actor.person_id else "system"
        act.arguments = details

    def append() -> None:
        run(actor, name, subject, None, body)

    transaction.on_commit(append) if connection.in_atomic_block else append()


def note_person(name: str, user: Any, **details: Any) -> None:
    if isinstance(user, Person):
        actor = Actor(kind="person", person_id=user.pk, name=user.name)
        # The user of a request is lazy; the act reads the person anew anyway.
        note(actor, name, Person(pk=user.pk), **details)


def signed_in(sender: Any, request: HttpRequest | None, user: Any, **_rest: Any) -> None:
    if request is not None and hasattr(request, "session"):
        sessions.begin(request)
    note_person("people.signed_in", user)


def signed_out(sender: Any, user: Any, **_rest: Any) -> None:
    note_person("people.signed_out", user)


def failed(sender: Any, credentials: Mapping[str, Any], **_rest: Any) -> None:
    """Nobody's address goes into the log, only what tells two of them apart."""
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    organisation = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if organisation is not None:
        hashed = salted_hmac("people.sign_in_failed", address).hexdigest()[:16]
        note(SYSTEM, "people.sign_in_failed", organisation, address_hash=hashed)


def refused(provider: str, reason: str) -> None:
    """A provider's answer was not believed; `reason` is a word of oidc.refusing.SENTENCES."""
    organisation = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if organisation is not None:
        name = "people.provider_refused"
        note(SYSTEM, name, organisation, provider=provider, reason=reason)


def linked(sender: Any, sociallogin: Any, **_rest: Any) -> None:
    account = sociallogin.account
    note_person("people.account_linked", sociallogin.user, provider=account.provider)


def _changed(name: str, sender: Any, user: Any, **rest: Any) -> None:
    kind = getattr(rest.get("authenticator"), "type", None)
    note_person(name, user, **({"kind": str(kind)} if kind else {}))


_CHANGES = {
    account.password_set: "people.password_changed",
    account.password_changed: "people.password_changed",
    account.password_reset: "people.password_reset",
    mfa.authenticator_added: "people.factor_added",
    mfa.authenticator_removed: "people.factor_removed",
    mfa.authenticator_reset: "people.factor_renewed",
    mfa.authentication_failed: "people.factor_failed",
}


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="people.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="people.signed_out")
    user_login_failed.connect(failed, dispatch_uid="people.sign_in_failed")
    social_account_added.connect(linked, dispatch_uid="people.account_linked")
    for number, (signal, name) in enumerate(_CHANGES.items()):
        changed = partial(_changed, name)
        signal.connect(changed, weak=False, dispatch_uid=f"people.change.{number}")
