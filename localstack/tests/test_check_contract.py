"""The contract check finds every way in which names, routes and documents can drift apart."""

from __future__ import annotations

import copy
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from jari_local import cfn_yaml, openapi_document, websocket_document
from jari_local.check_contract import camel_case, check, pascal_case

TEMPLATE = """
Resources:
  HttpApi:
    Type: AWS::Serverless::HttpApi
    Properties: {Auth: {DefaultAuthorizer: JariJwt}}
  GetEventFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub ${AWS::StackName}-get-event
      CodeUri: target/lambda/get-event/bootstrap.zip
      Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Table.Arn}]}]
      Events:
        Api: {Type: HttpApi, Properties: {Method: GET, Path: "/api/v1/events/{id}", Auth: {Authorizer: NONE}}}
  CreateEventFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub ${AWS::StackName}-create-event
      CodeUri: target/lambda/create-event/bootstrap.zip
      Policies: []
      Events:
        Api: {Type: HttpApi, Properties: {Method: POST, Path: /api/v1/events, Auth: {AuthorizationScopes: [admin]}}}
  RejectFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub ${AWS::StackName}-reject
      CodeUri: target/lambda/reject/bootstrap.zip
      Policies: []
      Events:
        Api: {Type: HttpApi, Properties: {Auth: {Authorizer: NONE}}}
"""

#: Of each function that is behind the WebSocket API, its route.
SOCKETS = {"let-in": "$connect", "let-out": "$disconnect", "say-no": "$default", "answer-ping": "ping"}

LIVE: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "channels": {"live": {"messages": {"ping": {"$ref": "#/components/messages/ping"}}}},
    "operations": {"answerPing": {"action": "receive", "messages": [{"$ref": "#/channels/live/messages/ping"}]}},
    "components": {
        "messages": {
            "ping": {
                "name": "ping",
                "payload": {"type": "object", "required": ["action"], "properties": {"action": {"const": "ping"}}},
                "examples": [{"payload": {"action": "ping"}}],
            }
        }
    },
}


def socket_resources(function: str, route: str) -> dict[str, Any]:
    """What stands between the WebSocket API and one function."""
    arn = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" + function + ".Arn}/invocations"
    source = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebSocketApi}/*/" + route
    return {
        f"{function}Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {"ApiId": {"Ref": "WebSocketApi"}, "IntegrationUri": {"Fn::Sub": arn}},
        },
        f"{function}Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "WebSocketApi"},
                "RouteKey": route,
                "Target": {"Fn::Sub": f"integrations/${{{function}Integration}}"},
            },
        },
        f"{function}Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "FunctionName": {"Ref": function},
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {"Fn::Sub": source},
            },
        },
    }

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "security": [{"token": []}],
    "paths": {
        "/events/{id}": {
            "get": {
                "operationId": "getEvent",
                "security": [],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Event"},
                                "example": {"id": "e"},
                            }
                        }
                    }
                },
            }
        },
        "/events": {"post": {"operationId": "createEvent", "security": [{"token": ["admin"]}], "responses": {}}},
    },
    "components": {"schemas": {"Event": {"type": "object", "properties": {"id": {"type": "string"}}}}},
}


class Checkout:
    """A checkout in a folder of its own, in which everything agrees until a test changes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.template = cfn_yaml.load(TEMPLATE)
        self.document = copy.deepcopy(DOCUMENT)
        self.live = copy.deepcopy(LIVE)
        for name, route in SOCKETS.items():
            self.add_socket_function(name, route)
        for name, route in [("get-event", "GET /api/v1/events/{id}"), ("create-event", "POST /api/v1/events")]:
            self.add_function(name, {"routeKey": route})
        self.add_function("reject", {"routeKey": "$default"})

    def add_function(self, name: str, event: dict[str, Any]) -> None:
        """A binary that logs under its own name, and its event file."""
        self.write(f"functions/any/src/bin/{name}.rs", f'run("{name}")')
        self.write(f"events/{name}.json", json.dumps(event))

    def add_socket_function(self, name: str, route: str) -> None:
        """A function behind the WebSocket API, its event file, and what stands between."""
        kind = {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}.get(route, "MESSAGE")
        self.add_function(name, {"requestContext": {"routeKey": route, "eventType": kind}})
        properties = {
            "FunctionName": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
            "CodeUri": f"target/lambda/{name}/bootstrap.zip",
            "Policies": [],
        }
        resource = f"{pascal_case(name)}Function"
        self.template["Resources"][resource] = {"Type": "AWS::Serverless::Function", "Properties": properties}
        self.template["Resources"] |= socket_resources(resource, route)

    def write(self, path: str, text: str) -> None:
        """A file of the checkout."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def function(self, resource: str) -> dict[str, Any]:
        """Properties of a function of the template."""
        properties: dict[str, Any] = self.template["Resources"][resource]["Properties"]
        return properties

    def complaints(self) -> list[str]:
        """What the check says."""
        self.write("template.yaml", cfn_yaml.dump(self.template))
        self.write("docs/openapi.yaml", json.dumps(self.document))
        self.write("docs/websocket.yaml", json.dumps(self.live))
        return check(self.root)


class CheckContract(unittest.TestCase):
    """One drift a test: exactly one complaint, which names it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkout = Checkout(Path(folder.name))

    def assert_complaint(self, *words: str) -> None:
        complaints = self.checkout.complaints()
        self.assertEqual(len(complaints), 1, complaints)
        for word in words:
            self.assertIn(word, complaints[0])

    def test_nothing_to_complain_about(self) -> None:
        self.assertEqual(self.checkout.complaints(), [])

    def test_names(self) -> None:
        self.assertEqual(pascal_case("list-my-reservations"), "ListMyReservations")
        self.assertEqual(camel_case("list-my-reservations"), "listMyReservations")

    def test_binary_without_function(self) -> None:
        self.checkout.add_function("list-events", {})
        self.assert_complaint("functions/any/src/bin/list-events.rs", "no ListEventsFunction")

    def test_function_without_binary(self) -> None:
        (self.checkout.root / "functions/any/src/bin/reject.rs").unlink()
        (self.checkout.root / "events/reject.json").unlink()
        self.assert_complaint("no binary", "RejectFunction")

    def test_function_that_runs_another_binary(self) -> None:
        self.checkout.function("GetEventFunction")["CodeUri"] = "target/lambda/reject/bootstrap.zip"
        self.assert_complaint("GetEventFunction", "CodeUri target/lambda/get-event/bootstrap.zip")

    def test_function_under_another_name(self) -> None:
        self.checkout.function("GetEventFunction")["FunctionName"] = "get-event"
        self.assert_complaint("GetEventFunction", "FunctionName")

    def test_binary_that_logs_under_another_name(self) -> None:
        self.checkout.write("functions/any/src/bin/get-event.rs", 'run("create-event")')
        self.assert_complaint("get-event.rs", "logs as")

    def test_handler_that_logs_in_place_of_its_binary(self) -> None:
        self.checkout.write("functions/any/src/bin/get-event.rs", "run()")
        self.checkout.write("functions/any/src/get_event.rs", 'info!(function = "get-event")')
        self.assertEqual(self.checkout.complaints(), [])

    def test_policies_that_are_missing_managed_or_shared(self) -> None:
        del self.checkout.function("RejectFunction")["Policies"]
        self.assert_complaint("RejectFunction", "no list of Policies")
        self.checkout.function("RejectFunction")["Policies"] = ["AdministratorAccess"]
        self.assert_complaint("RejectFunction", "managed policy")
        self.checkout.function("RejectFunction")["Role"] = "arn:aws:iam::0:role/all"
        self.assert_complaint("RejectFunction", "Role")

    def test_route_without_operation_and_operation_without_route(self) -> None:
        self.checkout.document["paths"]["/events"]["put"] = self.checkout.document["paths"]["/events"].pop("post")
        complaints = self.checkout.complaints()
        self.assertEqual(len(complaints), 2, complaints)
        self.assertIn("POST /api/v1/events is not documented", complaints[0])
        self.assertIn("PUT /api/v1/events is documented, not served", complaints[1])

    def test_operation_under_another_name(self) -> None:
        self.checkout.document["paths"]["/events"]["post"]["operationId"] = "addEvent"
        self.assert_complaint("POST /api/v1/events", "createEvent", "addEvent")

    def test_operation_that_is_public_in_one_place_only(self) -> None:
        del self.checkout.document["paths"]["/events/{id}"]["get"]["security"]
        self.assert_complaint("GET /api/v1/events/{id}", "is public")

    def test_operation_for_other_scopes(self) -> None:
        self.checkout.document["paths"]["/events"]["post"]["security"] = [{"token": ["admin"]}, {"token": ["staff"]}]
        self.assert_complaint("POST /api/v1/events", "['admin', 'staff']", "['admin']")

    def test_event_files(self) -> None:
        self.checkout.write("events/get-event.json", json.dumps({"routeKey": "GET /api/v1/events"}))
        self.assert_complaint("events/get-event.json", "GET /api/v1/events/{id}")
        self.checkout.write("events/get-event.json", "{")
        self.assert_complaint("events/get-event.json", "not JSON")
        (self.checkout.root / "events/get-event.json").unlink()
        self.assert_complaint("events/get-event.json is missing")

    def test_socket_route_without_operation_and_operation_without_route(self) -> None:
        self.checkout.template["Resources"]["AnswerPingFunctionRoute"]["Properties"]["RouteKey"] = "pong"
        complaints = self.checkout.complaints()
        for word in ("pong is not documented", "ping is documented, not served", "must have routeKey pong"):
            self.assertTrue(any(word in complaint for complaint in complaints), complaints)

    def test_socket_operation_under_another_name(self) -> None:
        self.checkout.live["operations"]["reply"] = self.checkout.live["operations"].pop("answerPing")
        self.assert_complaint("ping must be operation answerPing, not reply")

    def test_socket_api_without_one_of_its_own_routes(self) -> None:
        del self.checkout.template["Resources"]["SayNoFunctionRoute"]
        self.assert_complaint("WebSocketApi has no route $default")

    def test_socket_route_that_leads_nowhere(self) -> None:
        del self.checkout.template["Resources"]["AnswerPingFunctionIntegration"]
        self.assert_complaint("route ping", "leads to no function")

    def test_socket_function_that_may_not_be_invoked(self) -> None:
        resources = self.checkout.template["Resources"]
        source = resources["AnswerPingFunctionPermission"]["Properties"]["SourceArn"]
        source["Fn::Sub"] = source["Fn::Sub"].replace("/ping", "/leave")
        self.assert_complaint("no permission to invoke AnswerPingFunction", "ping")
        source["Fn::Sub"] = source["Fn::Sub"].replace("/leave", "/*")
        self.assertEqual(self.checkout.complaints(), [])
        del resources["AnswerPingFunctionPermission"]
        self.assert_complaint("no permission to invoke AnswerPingFunction")

    def test_socket_event_file_for_another_route(self) -> None:
        event = {"requestContext": {"routeKey": "ping", "eventType": "CONNECT"}}
        self.checkout.write("events/answer-ping.json", json.dumps(event))
        self.assert_complaint("events/answer-ping.json", "eventType MESSAGE, not CONNECT")

    def test_event_file_of_no_function(self) -> None:
        self.checkout.write("events/get-nothing.json", "{}")
        self.assert_complaint("events/get-nothing.json", "no function")


class Document(unittest.TestCase):
    """The document keeps its own promises."""

    def setUp(self) -> None:
        self.document = copy.deepcopy(DOCUMENT)
        self.answer = self.document["paths"]["/events/{id}"]["get"]["responses"]["200"]["content"]["application/json"]

    def assert_complaint(self, *words: str) -> None:
        complaints = openapi_document.check(self.document)
        self.assertEqual(len(complaints), 1, complaints)
        for word in words:
            self.assertIn(word, complaints[0])

    def test_examples_that_are_not_what_the_schema_says(self) -> None:
        self.answer["example"] = {"id": 1}
        self.assert_complaint("$.id", "1 is not of type 'string'")
        del self.answer["example"]
        self.answer["examples"] = {"short": {"value": {"id": None}}}
        self.assert_complaint("short", "$.id")

    def test_references_that_lead_nowhere(self) -> None:
        self.document["paths"]["/events"]["post"]["responses"] = {"404": {"$ref": "#/components/responses/NotFound"}}
        self.assert_complaint("#/components/responses/NotFound")

    def test_components_that_nobody_uses(self) -> None:
        self.document["components"]["schemas"]["Old"] = {"type": "string"}
        self.assert_complaint("schemas/Old", "not used")

    def test_path_parameters_that_are_not_described(self) -> None:
        del self.document["paths"]["/events/{id}"]["get"]["parameters"]
        self.assert_complaint("GET /events/{id}", "path parameters []")


class LiveDocument(unittest.TestCase):
    """The document of the WebSocket API keeps its own promises, too."""

    def setUp(self) -> None:
        self.document = copy.deepcopy(LIVE)
        self.ping = self.document["components"]["messages"]["ping"]

    def assert_complaint(self, *words: str) -> None:
        complaints = websocket_document.check(self.document)
        self.assertEqual(len(complaints), 1, complaints)
        for word in words:
            self.assertIn(word, complaints[0])

    def test_nothing_to_complain_about(self) -> None:
        self.assertEqual(websocket_document.check(self.document), [])
        self.assertEqual(websocket_document.operations(self.document), {"ping": "answerPing"})

    def test_messages_without_good_examples(self) -> None:
        self.ping["examples"][0]["payload"] = {"action": "pong"}
        self.assert_complaint("$.action", "'ping' was expected")
        del self.ping["examples"]
        self.assert_complaint("ping has no example")

    def test_messages_that_call_themselves_otherwise(self) -> None:
        self.ping["name"] = "pang"
        self.assert_complaint("message pang has action 'ping'")

    def test_messages_in_no_operation(self) -> None:
        self.document["operations"]["answerPing"]["messages"] = []
        self.assert_complaint("message ping", "in no operation")

    def test_operations_that_neither_receive_nor_send(self) -> None:
        self.document["operations"]["answerPing"]["action"] = "publish"
        self.assert_complaint("answerPing", "'publish'")

    def test_references_that_lead_nowhere(self) -> None:
        self.document["operations"]["other"] = {"action": "send", "messages": [{"$ref": "#/channels/live/messages/x"}]}
        self.assert_complaint("#/channels/live/messages/x", "not there")


if __name__ == "__main__":
    unittest.main()
