"""A real OpenID provider (npm's oidc-provider) beside the tests, and a browser's way through it."""

import json
import shutil
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

SCRIPT = Path(__file__).resolve().parents[2] / "web/tests/openid.mjs"
CLIENT = {"client_id": "tospann", "client_secret": "a secret only these two know"}


@dataclass(frozen=True)
class OpenId:
    issuer: str

    def tell(self, **what):
        """Who signs in next, and what is altered in the tokens."""
        told = {"account": "kari", "acr": "low", "claims": {}, **what}
        requests.post(f"{self.issuer}/told", json=told, timeout=20).raise_for_status()

    def setting(self, **values):
        """As an operator would write it."""
        one = {"id": "work", "name": "Arbeidskonto", "issuer": self.issuer, **CLIENT, **values}
        return json.dumps([one])

    def walk(self, address):
        """Follow the provider's redirects as a browser does; the address it sends back to."""
        with requests.Session() as browser:
            for _ in range(8):
                if not address.startswith(self.issuer):
                    return address
                answer = browser.get(address, allow_redirects=False, timeout=20)
                assert answer.status_code in {302, 303}, answer.text[:500]
                address = urljoin(address, answer.headers["Location"])
        raise AssertionError("the provider goes in circles")


@contextmanager
def running(portal):
    """The provider on a free port, for a portal at that address; always ended."""
    node = shutil.which("node")
    assert node, "Node is what the browser code is built with"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = {
        "port": port,
        "back": [f"{portal}/account/oidc/work/login/callback/"],
        "out": [f"{portal}/account/login/"],
    }
    process = subprocess.Popen(
        [node, str(SCRIPT), json.dumps(asked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        said = process.stdout.readline()
        assert said.strip() == "ready", said
        yield OpenId(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
