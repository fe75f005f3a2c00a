"""An ID token is believed only when everything about it holds; allauth checks less than this."""

import hashlib
import hmac
import time
from typing import Any

import jwt
from django.core.cache import cache

from tospann.people.oidc.configured import Provider
from tospann.people.oidc.refusing import Refused

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
"""Signatures with a public key alone: never `none`, never our own secret."""
LEEWAY = 60
"""Seconds two clocks may differ."""
OLDEST = 600
"""Seconds between making the token and showing it here."""
_REQUIRED = ["iss", "sub", "aud", "exp", "iat"]


def verified(token: object, keys: dict[str, Any], provider: Provider, nonce: str) -> dict[str, Any]:
    """The claims of a token that is signed, meant for us, fresh, asked for, strong and unused."""
    if not isinstance(token, str):
        raise Refused("token")
    claims = _decoded(token, keys, provider)
    _meant_for_us(claims, provider)
    if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise Refused("nonce")
    _fresh(claims, provider)
    if provider.acr and claims.get("acr") not in provider.acr:
        raise Refused("acr")
    _use_once(token, claims)
    return claims


def _decoded(token: str, keys: dict[str, Any], provider: Provider) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            _key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": _REQUIRED},
        )
    except jwt.InvalidAudienceError:
        raise Refused("audience") from None
    except jwt.InvalidIssuerError:
        raise Refused("issuer") from None
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
        raise Refused("expired") from None
    except jwt.InvalidSignatureError:
        raise Refused("signature") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Refused("token") from None


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key the token names; without a name, the only one there is."""
    named = jwt.get_unverified_header(token).get("kid")
    usable = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use != "enc"]
    found = [key for key in usable if named is None or key.key_id == named]
    if len(found) != 1:
        raise Refused("signature")
    return found[0]


def _meant_for_us(claims: dict[str, Any], provider: Provider) -> None:
    audience = claims["aud"]
    party = claims.get("azp")
    is_shared = isinstance(audience, list) and len(audience) > 1
    if (is_shared and party is None) or party not in {None, provider.client_id}:
        raise Refused("audience")


def _fresh(claims: dict[str, Any], provider: Provider) -> None:
    now = time.time()
    if now - float(claims["iat"]) > OLDEST + LEEWAY:
        raise Refused("expired")
    if provider.max_age is None:
        return
    proved = claims.get("auth_time")
    if not isinstance(proved, int | float) or now - proved > provider.max_age + LEEWAY:
        raise Refused("max_age")


def _use_once(token: str, claims: dict[str, Any]) -> None:
    key = f"oidc:{hashlib.sha256(token.encode()).hexdigest()}"
    seconds = float(claims["exp"]) - time.time() + 2 * LEEWAY
    if not cache.add(key, True, timeout=max(seconds, OLDEST)):
        raise Refused("replayed")
