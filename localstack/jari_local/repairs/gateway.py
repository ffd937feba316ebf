"""API Gateway: who calls, and by which keys access tokens are verified."""

from __future__ import annotations

import base64
import ipaddress
import json
import time
from typing import Any

#: Seconds that a key set is believed, as on AWS.
KEY_SET_AGE = 7200.0
#: Seconds that reading it again may take.
_PATIENCE = 10.0


def tell_the_callers_address() -> None:
    """``requestContext.http.sourceIp`` is the last address of ``X-Forwarded-For``.

    It was always 127.0.0.1. The local gateway, like API Gateway, puts the address of its peer at the end of that header,
    whatever the client wrote there.
    """
    from ministack.services import lambda_svc

    execute: Any = lambda_svc._execute_function_with_config_scope

    def execute_with_address(function: Any, event: Any, *args: Any, **kwargs: Any) -> Any:
        http = event.get("requestContext", {}).get("http") if isinstance(event, dict) else None
        if http and (address := last_address(event.get("headers") or {})):
            http["sourceIp"] = address
        return execute(function, event, *args, **kwargs)

    lambda_svc._execute_function_with_config_scope = execute_with_address


def last_address(headers: dict[str, str]) -> str:
    """The last entry of X-Forwarded-For; empty when there is none or it is no address."""
    forwarded = next((value for name, value in headers.items() if name.lower() == "x-forwarded-for"), "")
    try:
        return str(ipaddress.ip_address(forwarded.rsplit(",", 1)[-1].strip()))
    except ValueError:
        return ""


def look_again_for_signing_keys() -> None:
    """The key set of an authorizer is read again for a key that it does not contain.

    It was not for two hours, so that after a rotation every token was refused for as long. What is known stays good while it is
    read, and when it cannot be read: this very server serves it, too, and may be busy.
    """
    from ministack.services import apigateway

    validate: Any = apigateway._validate_jwt_authorizer

    async def validate_by_current_keys(route: Any, authorizer: Any, headers: Any, query_params: Any) -> Any:
        token = apigateway._extract_token_from_identity_source(authorizer.get("identitySource", []), headers, query_params)
        url = await apigateway._resolve_jwks_url(authorizer)
        if (known := apigateway._jwks_cache.get(url)) and not _serves(known, _key_id(token)):
            await _renew(url)
        return await validate(route, authorizer, headers, query_params)

    apigateway._validate_jwt_authorizer = validate_by_current_keys


async def _renew(url: str) -> None:
    from ministack.services import apigateway

    try:
        _, _, body = await apigateway._urlopen_async(url, _PATIENCE)
        keys = json.loads(body)
    except (OSError, ValueError):
        return
    apigateway._jwks_cache[url] = {"jwks": keys, "expiresAt": time.time() + KEY_SET_AGE}


def _serves(known: dict[str, Any], key_id: str) -> bool:
    return key_id in [key.get("kid") for key in known["jwks"].get("keys") or []]


def _key_id(token: str | None) -> str:
    """The ``kid`` in a token's header; empty when it has none or is no token."""
    head = (token or "").split(".", 1)[0]
    try:
        return str(json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("kid", ""))
    except (ValueError, AttributeError):
        return ""
