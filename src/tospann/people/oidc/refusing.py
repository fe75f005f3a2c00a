"""Why a sign-in through a provider is refused, in words."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, gettext_noop

_UNTRUSTED = gettext_noop(
    "What %(provider)s answered cannot be trusted, so you are not signed in. "
    "Tell whoever runs the portal."
)
_AGAIN = gettext_noop(
    "This answer from %(provider)s is too old or was used before. "
    "Start again from the sign-in page."
)
SENTENCES: Mapping[str, str] = {
    "cancelled": gettext_noop("You stopped before you were signed in at %(provider)s."),
    "provider": gettext_noop("%(provider)s did not let you in."),
    "unreachable": gettext_noop("%(provider)s does not answer. Try again in a while."),
    "state": _AGAIN,
    "nonce": _AGAIN,
    "expired": _AGAIN,
    "replayed": _AGAIN,
    "token": _UNTRUSTED,
    "signature": _UNTRUSTED,
    "issuer": _UNTRUSTED,
    "audience": _UNTRUSTED,
    "subject": _UNTRUSTED,
    "discovery": _UNTRUSTED,
    "acr": gettext_noop(
        "You were not signed in strongly enough at %(provider)s. "
        "Sign in there with a stronger proof, such as a code or a key, and try again."
    ),
    "max_age": gettext_noop(
        "It is too long since you signed in at %(provider)s. Sign in there anew and try again."
    ),
    "unverified": gettext_noop(
        "%(provider)s has not verified your e-mail address. Sign in with your password and link "
        "the account under My account, Password and sign-in."
    ),
    "unlinked": gettext_noop(
        "Your account is not linked to %(provider)s yet. Sign in with your password and link it "
        "under My account, Password and sign-in."
    ),
    "unknown": gettext_noop(
        "You have no account here yet. Whoever runs the portal in your organisation can invite you."
    ),
    "taken": gettext_noop("This account at %(provider)s is already linked to somebody else here."),
}
"""Reason (what the log names) → what the person reads."""


class Refused(PermissionDenied):
    """The sign-in ends here. `reason` is one of SENTENCES."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def sentence(reason: str, provider: str) -> str:
    return gettext(SENTENCES[reason]) % {"provider": provider}
