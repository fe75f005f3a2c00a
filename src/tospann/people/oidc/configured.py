"""Which providers people may sign in through: the operator's settings, checked at start."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Provider(BaseModel):
    """One provider. What is left out is the careful choice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    issuer: str
    client_id: str
    client_secret: str = ""
    client_secret_file: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    acr: tuple[str, ...] = ()
    """The levels that are strong enough; none: whatever the provider found good enough."""
    max_age: Annotated[int, Field(ge=0)] | None = None
    """Seconds since the person last proved to the provider who they are."""
    link_by_mail: bool = True
    """Whether a verified address is enough to know an invited person again."""
    trusted_mail: tuple[str, ...] = ()
    """Domains whose addresses count as verified although the provider does not say so."""
    new_people: bool = False
    groups_claim: str = "groups"
    roles: Mapping[
        str, Literal["administrator", "portfolio_leader", "line_manager", "auditor"]
    ] = {}
    """Group at the provider → role in the organisation."""
    sign_out: bool = True
    origins: tuple[str, ...] = ()
    """More origins the browser is led to on the way, besides the issuer's own."""

    @model_validator(mode="after")
    def _over_tls(self) -> "Provider":
        address = urlsplit(self.issuer)
        is_here = address.scheme == "http" and address.hostname in _LOOPBACK
        if not address.hostname or not (address.scheme == "https" or is_here):
            raise ValueError("issuer must be an https address")
        return self

    @property
    def secret(self) -> str:
        if self.client_secret_file:
            return Path(self.client_secret_file).read_text().strip()
        return self.client_secret

    @property
    def every_origin(self) -> tuple[str, ...]:
        address = urlsplit(self.issuer)
        return (f"{address.scheme}://{address.netloc}", *self.origins)


_LIST: TypeAdapter[tuple[Provider, ...]] = TypeAdapter(tuple[Provider, ...])


def read(environ: Mapping[str, str]) -> str:
    """The providers as JSON: `TOSPANN_OIDC` itself or the file `TOSPANN_OIDC_FILE` names."""
    if path := environ.get("TOSPANN_OIDC_FILE"):
        return Path(path).read_text()
    return environ.get("TOSPANN_OIDC", "")


@lru_cache(maxsize=8)
def parsed(text: str) -> tuple[Provider, ...]:
    if not text.strip():
        return ()
    try:
        found = _LIST.validate_python(json.loads(text))
    except (ValueError, ValidationError) as error:
        raise ImproperlyConfigured(f"TOSPANN_OIDC is not right: {error}") from None
    if len({one.id for one in found}) < len(found):
        raise ImproperlyConfigured("TOSPANN_OIDC is not right: two providers have one id")
    return found


def origins(text: str) -> list[str]:
    return [origin for one in parsed(text) for origin in one.every_origin]


def providers() -> tuple[Provider, ...]:
    return parsed(settings.OIDC)


def provider(key: str) -> Provider | None:
    return next((one for one in providers() if one.id == key), None)
