"""The provider that stands in for Google refuses what Google refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import unittest
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import tomllib
from jari_local import google
from jari_local.paths import ROOT
from joserfc import jwk, jwt

VERIFIER = "verifier-" * 6
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REDIRECT = "http://localhost:3000/login/google"
PEOPLE = [{"sub": "minji", "email": "minji@jari.local", "email_verified": False, "name": "Minji"}]


class Google(unittest.TestCase):
    def setUp(self) -> None:
        patch = mock.patch.dict(os.environ, {"AUTHLIB_INSECURE_TRANSPORT": "1"})
        patch.start()
        self.addCleanup(patch.stop)
        self.browser = google.application("http://localhost:3000", PEOPLE).test_client()

    def authorize(self, subject: str = "buyer@jari.local", **changes: str | None) -> Any:
        """The answer to somebody who logs in."""
        query: dict[str, str | None] = {
            "response_type": "code", "client_id": google.CLIENT_ID, "redirect_uri": REDIRECT, "scope": "openid email profile",
            "state": "state", "nonce": "nonce", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
        }
        asked = {name: value for name, value in (query | changes).items() if value is not None}
        return self.browser.post("/oauth2/authorize", query_string=asked, data={"sub": subject})

    def code(self, subject: str = "buyer@jari.local") -> str:
        answer = self.authorize(subject)
        self.assertEqual(answer.status_code, 302, answer.text)
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        self.assertEqual(query["state"], ["state"])
        return query["code"][0]

    def exchange(self, code: str, **changes: str) -> Any:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER,
            "client_id": google.CLIENT_ID, "client_secret": google.CLIENT_SECRET,
        }
        return self.browser.post("/oauth2/token", data=form | changes)

    def claims(self, subject: str) -> dict[str, Any]:
        """What the verified ID token says."""
        tokens = self.exchange(self.code(subject)).json
        keys = jwk.KeySet.import_key_set(self.browser.get("/jwks").json)
        token = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
        self.assertEqual(token.header["kid"], keys.keys[0].kid)
        return token.claims

    def test_who_types_an_address_in_is_the_verified_person_with_it(self) -> None:
        claims = self.claims("buyer@jari.local")
        self.assertEqual((claims["email"], claims["email_verified"]), ("buyer@jari.local", True))
        self.assertEqual((claims["aud"], claims["nonce"]), ([google.CLIENT_ID], "nonce"))

    def test_people_that_are_described_are_as_described(self) -> None:
        self.assertEqual(self.claims("minji")["email_verified"], False)
        self.browser.put("/users/later", json={"email": "later@jari.local"})
        self.assertNotIn("email_verified", self.claims("later"))

    def test_a_strange_client_or_redirect_gets_no_code(self) -> None:
        for change in (
            {"client_id": "somebody"},
            {"redirect_uri": "http://evil.example/login/google"},
            {"redirect_uri": "http://localhost:3000.evil.example/"},
            {"code_challenge": None},
            {"code_challenge_method": "plain"},
            {"state": None},
        ):
            with self.subTest(change):
                self.assertEqual(self.authorize(**change).status_code, 400)

    def test_a_code_is_good_once_and_only_for_its_verifier(self) -> None:
        code = self.code()
        self.assertEqual(self.exchange(code).status_code, 200)
        self.assertEqual(self.exchange(code).json["error"], "invalid_grant")
        self.assertEqual(self.exchange(self.code(), code_verifier="other-" * 9).json["error"], "invalid_grant")
        self.assertEqual(self.exchange("made-up").json["error"], "invalid_grant")

    def test_a_code_is_for_the_client_that_knows_the_secret(self) -> None:
        self.assertEqual(self.exchange(self.code(), client_secret="guessed").status_code, 401)
        basic = base64.b64encode(f"{google.CLIENT_ID}:{google.CLIENT_SECRET}".encode()).decode()
        form = {"grant_type": "authorization_code", "code": self.code(), "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        answer = self.browser.post("/oauth2/token", data=form, headers={"authorization": f"Basic {basic}"})
        self.assertEqual(answer.status_code, 200, answer.text)

    def test_the_local_stack_is_the_client(self) -> None:
        local = tomllib.loads((ROOT / "samconfig.toml").read_text())["local"]["deploy"]["parameters"]
        parameters = dict(each.split("=", 1) for each in local["parameter_overrides"])
        self.assertEqual(parameters["GoogleClientId"], google.CLIENT_ID)
        self.assertEqual(parameters["GoogleClientSecret"], google.CLIENT_SECRET)

    def test_the_demo_people_are_readable(self) -> None:
        people = json.loads((ROOT / "localstack/demo/demo.json").read_text())["googlePeople"]
        self.assertTrue(all(person["sub"] and person["email"] for person in people))


if __name__ == "__main__":
    unittest.main()
