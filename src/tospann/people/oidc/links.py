"""Which accounts elsewhere somebody signs in with: working state, as passkeys are."""

from collections.abc import Mapping
from uuid import UUID

from allauth.socialaccount.models import SocialAccount


def addresses(person: UUID | None) -> Mapping[str, str]:
    """Provider → the address the account had there when it was last used."""
    found = SocialAccount.objects.filter(user_id=person) if person else ()
    return {one.provider: str(one.extra_data.get("email", "")) for one in found}


def remove(person: UUID | None, provider: str) -> bool:
    removed, _each = SocialAccount.objects.filter(user_id=person, provider=provider).delete()
    return bool(removed)
