"""Google's part in a log-in, as a program: oidc-provider-mock, made as strict as Google is.

By itself the mock takes every client and every redirect and ignores PKCE, so that a log-in could work here and nowhere
else. Here the client is known and gives its secret, redirects go to Jari's own pages, and a code is exchanged only for the
verifier of its challenge. Whoever types in an address is the person with that address, verified; nothing is remembered
over a restart, the signing key least of all.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
from authlib.deprecate import AuthlibDeprecationWarning

# The mock speaks to authlib in ways that authlib wants to give up; the versions of both are pinned.
warnings.simplefilter("ignore", AuthlibDeprecationWarning)
import oidc_provider_mock  # noqa: E402 - after the filter
from oidc_provider_mock import _app as mock  # noqa: E402

CLIENT_ID = "jari-local"
CLIENT_SECRET = "jari-local-google-secret"

_AUTHORIZE = "/oauth2/authorize"
_TOKEN = "/oauth2/token"


def application(redirect_origin: str, people: list[dict[str, Any]]) -> flask.Flask:
    """The provider; ``people`` are claims with ``sub``, offered as buttons on the log-in page."""
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="authlib")
    mock.OpenIDCode.get_encode_header = _name_the_key
    known = [oidc_provider_mock.User(sub=each["sub"], claims={**each, "sub": each["sub"]}) for each in people]
    app = oidc_provider_mock.app(require_nonce=True, issue_refresh_token=False, user_claims=known)
    challenges: dict[str, str] = {}

    @app.before_request
    def be_strict() -> flask.typing.ResponseReturnValue | None:
        if flask.request.path == _AUTHORIZE:
            if problem := _wrong_request(redirect_origin):
                return f"Error 400: {problem}", 400
            if flask.request.method == "POST" and (subject := flask.request.form.get("sub")):
                _introduce(subject)
        if flask.request.path == _TOKEN and flask.request.method == "POST":
            return _wrong_exchange(challenges)
        return None

    @app.after_request
    def remember_challenge(response: flask.Response) -> flask.Response:
        if flask.request.path == _AUTHORIZE and (location := response.headers.get("location")):
            for code in parse_qs(urlsplit(location).query).get("code", []):
                challenges[code] = flask.request.args["code_challenge"]
        return response

    return app


def _wrong_request(redirect_origin: str) -> str | None:
    """What Google would refuse in a request for authorization."""
    asked = flask.request.args
    if asked.get("client_id") != CLIENT_ID:
        return "invalid_client"
    redirect = urlsplit(asked.get("redirect_uri", ""))
    if f"{redirect.scheme}://{redirect.netloc}" != redirect_origin:
        return "redirect_uri_mismatch"
    # Google leaves these three to the client; we want to know that ours sends them.
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        return "code_challenge (S256) is missing"
    return None if asked.get("state") else "state is missing"


def _wrong_exchange(challenges: dict[str, str]) -> flask.typing.ResponseReturnValue | None:
    """What Google would refuse in the exchange of a code for tokens."""
    form, basic = flask.request.form, flask.request.authorization
    client = (basic.username, basic.password) if basic else (form.get("client_id"), form.get("client_secret"))
    if client != (CLIENT_ID, CLIENT_SECRET):
        return {"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401
    challenge = challenges.pop(form.get("code", ""), None)
    if challenge is None or _s256(form.get("code_verifier", "")) != challenge:
        return {"error": "invalid_grant", "error_description": "Malformed auth code or invalid code verifier."}, 400
    return None


def _name_the_key(*_: Any) -> dict[str, str]:
    """The header of an ID token; Google's name their key, the mock's do not."""
    return {"alg": "RS256", "kid": mock.storage.jwk.thumbprint()}


def _s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _introduce(subject: str) -> None:
    """Makes somebody of a subject that nobody has described: who can log in at Google has a verified address there."""
    storage = flask.g.oidc_provider_mock_storage
    if storage.get_user(subject) is None:
        claims = {"email": subject, "email_verified": True, "name": subject.split("@")[0]}
        storage.store_user(oidc_provider_mock.User(sub=subject, claims=claims))


def main() -> None:
    """Serves on 127.0.0.1 until it is stopped."""
    import uvicorn

    parser = argparse.ArgumentParser(prog="jari_local.google")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--redirect-origin", required=True, help="where browsers may be sent back to")
    parser.add_argument("--people", type=Path, help="JSON file whose `googlePeople` are offered")
    options = parser.parse_args()
    people = json.loads(options.people.read_text())["googlePeople"] if options.people else []
    # The provider refuses plain http otherwise.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    # uvicorn's own types know no WSGI applications.
    app: Any = application(options.redirect_origin, people)
    uvicorn.run(app, interface="wsgi", host="127.0.0.1", port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
