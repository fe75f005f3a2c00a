"""Where a webhook may go: into the open, never into this machine's or its neighbours' rooms.

The name is resolved for every delivery, every address found must be public, and the connection
goes to the address that was checked. Redirects are not followed.
"""

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
TIMEOUT = 10
"""Seconds for each step; the whole takes at most twice as long."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """Nothing is sent there; the text says why."""


class Unreached(Exception):
    """Nobody answered as agreed."""


@dataclass(frozen=True)
class Target:
    """A checked address, ready to be connected to."""

    host: str
    port: int
    path: str
    is_secure: bool
    is_allowed: bool
    """Named by the operator: may be in this machine's own network, and without TLS."""


def check(address: str) -> Target:
    """The shape of the address, without asking the network."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused(gettext("This is not a web address.")) from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not host or _strange(address):
        raise Refused(gettext("This is not a web address."))
    if parts.username or parts.password:
        raise Refused(gettext("The address must not hold a name or a password."))
    is_secure = parts.scheme == "https"
    target = Target(host, port or (443 if is_secure else 80), _path(parts), is_secure, False)
    if f"{host}:{target.port}" in settings.WEBHOOK_HOSTS or host in settings.WEBHOOK_HOSTS:
        return Target(target.host, target.port, target.path, is_secure, True)
    if not is_secure:
        raise Refused(gettext("The address must begin with https."))
    if (literal := _literal(host)) is not None:
        _refuse_private(literal)
    return target


def _strange(address: str) -> bool:
    return any(ord(sign) <= 32 or ord(sign) > 126 for sign in address) or "\\" in address


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _literal(host: str) -> Ip | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _refuse_private(address: Ip) -> None:
    if not is_public(address):
        raise Refused(gettext("The address leads into a private network."))


def is_public(address: Ip) -> bool:
    """Whether it is somebody's on the open internet; of an IPv4 wrapped in IPv6, what it wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None or address.scope_id:
            return False
        if wrapped is None and address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(target: Target) -> str:
    """An address of the host, if all it has are public."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreached(gettext("The name leads nowhere.")) from None
    addresses = [str(one[4][0]) for one in found]
    if not target.is_allowed:
        for one in addresses:
            _refuse_private(ipaddress.ip_address(one))
    return addresses[0]


def post(address: str, headers: dict[str, str], body: bytes) -> int:
    """Send it; returns the status of the answer, whose text nobody reads."""
    target = check(address)
    connection = _connection(target, resolved(target))
    # Each step has its own timeout; somebody who answers ever so slowly is hung up on.
    patience = threading.Timer(2 * TIMEOUT, _hang_up, [connection])
    patience.daemon = True
    patience.start()
    try:
        connection.request("POST", target.path, body, headers)
        return connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise Unreached(type(error).__name__) from None
    finally:
        patience.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(target: Target, ip: str) -> HTTPConnection:
    """To the checked address, under the host's name (in TLS too)."""
    made: HTTPConnection
    if target.is_secure:
        made = HTTPSConnection(target.host, target.port, timeout=TIMEOUT, context=_tls())
    else:
        made = HTTPConnection(target.host, target.port, timeout=TIMEOUT)

    def connect(_asked: Any, timeout: Any = TIMEOUT, source: Any = None) -> socket.socket:
        return socket.create_connection((ip, target.port), timeout, source)

    made._create_connection = connect  # type: ignore[attr-defined]  # http.client's own seam
    return made


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
