"""API Gateway: what WebSocket connections are told, and what functions are told of them."""

from __future__ import annotations

import http
import json
from contextvars import ContextVar
from typing import Any, NamedTuple

from .gateway import last_address

#: What ``PostToConnection`` takes at most, in bytes.
_LARGEST_MESSAGE = 128 * 1024


class _Refusal(NamedTuple):
    status: int
    connection_id: str
    request_id: str


#: How ``$connect`` refused the connection that this task serves; None when it did not.
_refusal: ContextVar[_Refusal | None] = ContextVar("refusal", default=None)
#: When the connection that this task serves was asked for, in milliseconds since 1970.
_connected_at: ContextVar[int | None] = ContextVar("connected_at", default=None)


def refuse_connections_as_their_function_does() -> None:
    """A handshake that ``$connect`` refuses gets the status code that the function answered.

    It was always 403, and a ``$connect`` whose function is missing let everybody in.
    """
    from ministack.services import apigateway

    invoke: Any = apigateway._invoke_ws_lambda
    serve: Any = apigateway.handle_websocket

    async def invoke_noting_refusals(*args: Any, **kwargs: Any) -> dict[str, Any] | None:
        answer: dict[str, Any] | None = await invoke(*args, **kwargs)
        connection_id, event_type, request_id = args[5:8]
        if event_type != "CONNECT":
            return answer
        answer = answer or {"statusCode": http.HTTPStatus.INTERNAL_SERVER_ERROR}
        status = int(answer.get("statusCode", http.HTTPStatus.OK))
        _refusal.set(None if 200 <= status < 300 else _Refusal(status, connection_id, request_id))
        return answer

    async def serve_with_refusals(scope: Any, receive: Any, send: Any, *args: Any, **kwargs: Any) -> None:
        async def send_or_refuse(message: dict[str, Any]) -> None:
            refusal = _refusal.get()
            if refusal is None or message["type"] != "websocket.close":
                await send(message)
                return
            await apigateway._refuse_ws_handshake(
                scope, send, refusal.status, _phrase(refusal.status), refusal.connection_id, refusal.request_id
            )

        await serve(scope, receive, send_or_refuse, *args, **kwargs)

    apigateway._invoke_ws_lambda = invoke_noting_refusals
    apigateway.handle_websocket = serve_with_refusals


def answer_messages_only_by_posts() -> None:
    """What a function answers to a message is not sent to the client unless its route has a response.

    It was, and so was the text of an error with which a function fails; API Gateway says "Internal server error" then.
    """
    from ministack.services import apigateway

    invoke: Any = apigateway._invoke_ws_lambda

    async def invoke_in_silence(*args: Any, **kwargs: Any) -> dict[str, Any] | None:
        answer: dict[str, Any] | None = await invoke(*args, **kwargs)
        route, connection_id, event_type, request_id = args[3], *args[5:8]
        if event_type != "MESSAGE":
            return answer
        if answer is None or int(answer.get("statusCode", 200)) >= 500:
            known = {"connectionId": connection_id, "requestId": request_id}
            return {"statusCode": 500, "body": json.dumps({"message": "Internal server error"} | known)}
        return answer if route.get("routeResponseSelectionExpression") else answer | {"body": ""}

    apigateway._invoke_ws_lambda = invoke_in_silence


def tell_when_and_from_where_somebody_connected() -> None:
    """``connectedAt`` is when the connection began, and ``identity.sourceIp`` the last address of ``X-Forwarded-For``.

    The former was the time of each message, the latter always 127.0.0.1; see ``gateway.tell_the_callers_address``.
    """
    from ministack.services import apigateway

    describe: Any = apigateway._ws_request_context

    def describe_connection(
        api_id: str,
        route_key: str,
        stage: str,
        connection_id: str,
        event_type: str,
        request_id: str,
        source_ip: str,
        headers: dict[str, str],
    ) -> dict[str, Any]:
        address = last_address(headers) or source_ip
        context: dict[str, Any] = describe(
            api_id, route_key, stage, connection_id, event_type, request_id, address, headers
        )
        if event_type == "CONNECT":
            _connected_at.set(context["connectedAt"])
        return context | {"connectedAt": _connected_at.get() or context["connectedAt"]}

    apigateway._ws_request_context = describe_connection


def refuse_posts_that_are_too_large() -> None:
    """A message of more than 128 KB cannot be posted to a connection. It could be of any size."""
    from ministack.services import apigateway

    handle: Any = apigateway.handle_connections_api

    async def handle_in_size(
        method: str, api_id: str, stage: str, connection_id: str, body: bytes, headers: dict[str, str]
    ) -> Any:
        if method == "POST" and len(body) > _LARGEST_MESSAGE:
            said = {"Content-Type": "application/json", "x-amzn-ErrorType": "PayloadTooLargeException"}
            return http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said, b'{"message": "Message too long"}'
        return await handle(method, api_id, stage, connection_id, body, headers)

    apigateway.handle_connections_api = handle_in_size


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Refused"
