"""After a rotation of the signing key, API Gateway accepts the new key at once."""

from __future__ import annotations

import asyncio
import base64
import json
import time
import unittest
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from jari_local.repairs import gateway
from ministack.services import apigateway

ISSUER = "http://127.0.0.1:1/discovery"
AUTHORIZER = {
    "identitySource": ["$request.header.Authorization"],
    "jwtConfiguration": {"issuer": ISSUER, "audience": ["jari"]},
}


def encoded(data: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    """A signing key and the tokens it signs."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def published(self) -> dict[str, str]:
        """Its entry in the key set."""
        numbers = self._key.public_key().public_numbers()
        modulus, exponent = numbers.n.to_bytes(256, "big"), numbers.e.to_bytes(3, "big")
        return {"kid": self.key_id, "kty": "RSA", "n": encoded(modulus), "e": encoded(exponent)}

    def token(self) -> str:
        """A token that is good for a minute."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "jari", "iat": now, "exp": now + 60}
        parts = [{"alg": "RS256", "kid": self.key_id}, claims]
        signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{encoded(self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


class SigningKeys(unittest.TestCase):
    old, new = Signer("old"), Signer("new")

    def setUp(self) -> None:
        for name in ("_validate_jwt_authorizer", "_urlopen_async"):
            self.addCleanup(setattr, apigateway, name, getattr(apigateway, name))
        self.addCleanup(apigateway._jwks_cache.clear)
        self.addCleanup(apigateway._oidc_config_cache.clear)
        self.served = [self.old.published()]
        self.reads = 0
        self.is_down = False
        apigateway._urlopen_async = self.answer
        gateway.look_again_for_signing_keys()

    async def answer(self, url: str, *_: Any) -> tuple[int, dict[str, str], bytes]:
        """The discovery document, or the key set as it is now."""
        if url.endswith("openid-configuration"):
            return 200, {}, json.dumps({"jwks_uri": f"{ISSUER}/jwks.json"}).encode()
        self.reads += 1
        if self.is_down:
            raise TimeoutError
        return 200, {}, json.dumps({"keys": self.served}).encode()

    def accepts(self, token: str) -> bool:
        """What the authorizer says."""
        headers = {"authorization": f"Bearer {token}"}
        verdict = apigateway._validate_jwt_authorizer({}, AUTHORIZER, headers, {})
        claims, _, refusal = asyncio.run(verdict)
        self.assertNotEqual(claims is None, refusal is None)
        return claims is not None

    def test_a_new_key_is_looked_for_at_once(self) -> None:
        self.assertTrue(self.accepts(self.old.token()))
        self.served.append(self.new.published())
        self.assertTrue(self.accepts(self.new.token()))
        self.assertTrue(self.accepts(self.old.token()))

    def test_known_keys_are_not_asked_for_every_time(self) -> None:
        for _ in range(3):
            self.assertTrue(self.accepts(self.old.token()))
        self.assertEqual(self.reads, 1)

    def test_a_retired_key_is_refused_once_the_set_is_read_again(self) -> None:
        self.assertTrue(self.accepts(self.old.token()))
        self.served = [self.new.published()]
        self.assertTrue(self.accepts(self.new.token()))
        self.assertFalse(self.accepts(self.old.token()))

    def test_known_keys_are_good_while_the_set_cannot_be_read(self) -> None:
        self.assertTrue(self.accepts(self.old.token()))
        self.served.append(self.new.published())
        self.is_down = True
        self.assertFalse(self.accepts(self.new.token()))
        self.assertTrue(self.accepts(self.old.token()))
        self.is_down = False
        self.assertTrue(self.accepts(self.new.token()))

    def test_a_key_that_nobody_published_is_refused(self) -> None:
        self.assertFalse(self.accepts(self.new.token()))
        self.assertFalse(self.accepts("no token"))
        self.assertFalse(self.accepts("a.b.c"))


if __name__ == "__main__":
    unittest.main()
