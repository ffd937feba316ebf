"""WebSocket connections are told, and told of, what API Gateway would say."""

from __future__ import annotations

import asyncio
import json
import unittest
from typing import Any

from jari_local.repairs import sockets
from ministack.services import apigateway

ACCOUNT, REGION, API = "000000000000", "us-east-1", "abcd1234"
SCOPE = {"type": "websocket", "path": "/live", "headers": [(b"x-forwarded-for", b"203.0.113.9, 127.0.0.9")],
         "query_string": b"token=t", "client": ("127.0.0.1", 5), "extensions": {"websocket.http.response": {}}}


class Connections(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        for name in ("_invoke_ws_lambda", "handle_websocket", "_ws_request_context", "handle_connections_api"):
            self.addCleanup(setattr, apigateway, name, getattr(apigateway, name))
        apigateway._apis[API] = {"protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action"}
        apigateway._stages[API] = {"live": {}}
        apigateway._routes[API] = {key: {"routeKey": key} for key in ("$connect", "$disconnect", "$default", "ask")}
        for known in (apigateway._apis, apigateway._stages, apigateway._routes):
            self.addCleanup(known.pop, API)
        #: What the functions answer, by route key.
        self.answers: dict[str, Any] = {}
        #: What they were told.
        self.contexts: list[dict[str, Any]] = []
        apigateway._invoke_ws_lambda = self.invoke

    async def invoke(
        self, api_id: str, account_id: str, region: str, route: Any, stage: str, connection_id: str, event_type: str,
        request_id: str, body: str, source_ip: str, headers: Any, **_: Any,
    ) -> Any:
        """MiniStack's part, without a function: what it would tell one, and what that would answer."""
        self.contexts.append(apigateway._ws_request_context(
            api_id, route["routeKey"], stage, connection_id, event_type, request_id, source_ip, headers))
        return self.answers.get(route["routeKey"], {"statusCode": 200})

    async def converse(self, *messages: str) -> list[dict[str, Any]]:
        """Everything that is sent to a client which connects, says ``messages`` and goes."""
        said: list[dict[str, Any]] = []
        incoming = [{"type": "websocket.connect"}]
        incoming += [{"type": "websocket.receive", "text": message} for message in messages]
        incoming += [{"type": "websocket.disconnect", "code": 1001}]

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(0.01)
            return incoming.pop(0)

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        await apigateway.handle_websocket(SCOPE, receive, send, API)
        return said

    async def test_a_refusal_has_the_status_of_its_function(self) -> None:
        sockets.refuse_connections_as_their_function_does()
        for answer, status in [({"statusCode": 401, "body": "no"}, 401), ({"statusCode": 429}, 429), (None, 500)]:
            self.answers["$connect"] = answer
            said = await self.converse()
            self.assertEqual([message["type"] for message in said],
                             ["websocket.http.response.start", "websocket.http.response.body"])
            self.assertEqual(said[0]["status"], status)
            self.assertEqual(self.contexts.pop()["connectionId"], json.loads(said[1]["body"])["connectionId"])

    async def test_whoever_is_let_in_is_closed_as_usual(self) -> None:
        sockets.refuse_connections_as_their_function_does()
        self.answers["$default"] = {"statusCode": 403}
        said = await self.converse("hello")
        self.assertEqual([message["type"] for message in said], ["websocket.accept", "websocket.close"])

    async def test_answers_of_functions_are_not_sent(self) -> None:
        sockets.answer_messages_only_by_posts()
        self.answers["ask"] = {"statusCode": 200, "body": "for nobody"}
        said = await self.converse('{"action": "ask"}')
        self.assertEqual([message["type"] for message in said], ["websocket.accept", "websocket.close"])
        apigateway._routes[API]["ask"]["routeResponseSelectionExpression"] = "$default"
        said = await self.converse('{"action": "ask"}')
        self.assertEqual(said[1]["text"], "for nobody")

    async def test_a_failure_is_told_without_its_text(self) -> None:
        sockets.answer_messages_only_by_posts()
        for answer in ({"statusCode": 502, "body": '{"errorMessage": "secret"}'}, None):
            self.answers["ask"] = answer
            said = json.loads((await self.converse('{"action": "ask"}'))[1]["text"])
            self.assertEqual(said["message"], "Internal server error")
            self.assertEqual(said["connectionId"], self.contexts[-1]["connectionId"])

    async def test_functions_hear_when_and_from_where_the_client_connected(self) -> None:
        sockets.tell_when_and_from_where_somebody_connected()
        await asyncio.create_task(self.converse("{}", "{}"))
        self.assertEqual([context["eventType"] for context in self.contexts],
                         ["CONNECT", "MESSAGE", "MESSAGE", "DISCONNECT"])
        self.assertEqual(len({context["connectedAt"] for context in self.contexts}), 1)
        self.assertGreater(self.contexts[-1]["requestTimeEpoch"], self.contexts[-1]["connectedAt"])
        self.assertEqual({context["identity"]["sourceIp"] for context in self.contexts}, {"127.0.0.9"})
        await asyncio.create_task(self.converse())
        self.assertEqual(len({context["connectedAt"] for context in self.contexts}), 2)

    async def test_posts_have_a_size(self) -> None:
        sockets.refuse_posts_that_are_too_large()
        for size, status in [(128 * 1024, 410), (128 * 1024 + 1, 413)]:
            answer = await apigateway.handle_connections_api("POST", API, "live", "nobody", b"x" * size, {})
            self.assertEqual(answer[0], status)


if __name__ == "__main__":
    unittest.main()
