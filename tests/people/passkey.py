"""A passkey in software: answers what the server asks a browser's authenticator for."""

import json
import re
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
HOST = "testserver"


def options_in(html):
    """The options a page hands to its script."""
    found = re.search(
        r'<script type="application/json">(\{"(?:creation|request).*?)</script>', html
    )
    return json.loads(found[1])


class Passkey:
    """One key pair, bound to one person."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"passkey-of-a-test"
        self.user_handle = ""

    def create(self, options):
        """What ``navigator.credentials.create`` would give, as the page's script sends it."""
        asked = options["creation_options"]["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(
            sha256(HOST.encode()).digest(),
            PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT,
            0,
            attested,
        )
        response = {
            "clientDataJSON": self._client_data("webauthn.create", asked),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            "transports": ["internal"],
        }
        return self._credential(response, {"credProps": {"rk": True}})

    def get(self, options):
        """What ``navigator.credentials.get`` would give."""
        asked = options["request_options"]["publicKey"]
        data = AuthenticatorData.create(sha256(HOST.encode()).digest(), PRESENT_AND_VERIFIED, 1)
        client_data = CollectedClientData.create(
            "webauthn.get", asked["challenge"], f"http://{HOST}"
        )
        signed = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": self.user_handle,
        }
        return self._credential(response, {})

    def _client_data(self, kind, asked):
        return websafe_encode(
            CollectedClientData.create(kind, asked["challenge"], f"http://{HOST}")
        )

    def _credential(self, response, extensions):
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "response": response,
                "clientExtensionResults": extensions,
            }
        )
