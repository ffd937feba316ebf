"""The routes of the WebSocket API in ``template.yaml``, and whether they are what the document says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

API = "WebSocketApi"
#: The routes of API Gateway's own: no client names them, so no document does.
LIFECYCLE = {"$connect": "CONNECT", "$disconnect": "DISCONNECT", "$default": "MESSAGE"}
_INTEGRATION = re.compile(r"integrations/\$\{(\w+)\}")
_FUNCTION = re.compile(r"\$\{(\w+)\.Arn\}")

Resources = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """A route and whom it calls."""

    key: str
    #: Resource name of its function; empty when it leads to none.
    function: str

    @property
    def operation_id(self) -> str:
        """The operation that the document must have for it."""
        name = self.function.removesuffix("Function")
        return name[:1].lower() + name[1:]


def routes(template: dict[str, Any]) -> list[Route]:
    """Every route of the WebSocket API."""
    resources: Resources = template.get("Resources", {})
    return [
        Route(str(properties.get("RouteKey")), _function_of(properties, resources))
        for properties in _of_type(resources, "AWS::ApiGatewayV2::Route")
        if properties.get("ApiId") == {"Ref": API}
    ]


def check(template: dict[str, Any], documented: dict[str, str]) -> list[str]:
    """Routes and documented operations are the same set under the same names, and API Gateway may call their functions.

    ``documented`` is the operation of each route key.
    """
    served = {route.key: route for route in routes(template)}
    custom = {key: route for key, route in served.items() if key not in LIFECYCLE}
    complaints = [f"docs/websocket.yaml: {key} is not documented" for key in custom.keys() - documented.keys()]
    complaints += [f"template.yaml: {key} is documented, not served" for key in documented.keys() - custom.keys()]
    if served:
        complaints += [f"template.yaml: {API} has no route {key}" for key in LIFECYCLE.keys() - served.keys()]
    for key, route in served.items():
        if not route.function:
            complaints.append(f"template.yaml: route {key} of {API} leads to no function")
        elif key in documented and documented[key] != route.operation_id:
            complaints.append(
                f"docs/websocket.yaml: {key} must be operation {route.operation_id}, not {documented[key]}"
            )
        elif not _may_be_called(route, template["Resources"]):
            complaints.append(f"template.yaml: {API} has no permission to invoke {route.function} for route {key}")
    return complaints


def event_of(route: Route) -> dict[str, str]:
    """What the request context of an event of this route says."""
    return {"routeKey": route.key, "eventType": LIFECYCLE.get(route.key, "MESSAGE")}


def _of_type(resources: Resources, kind: str) -> list[dict[str, Any]]:
    return [resource.get("Properties", {}) for resource in resources.values() if resource.get("Type") == kind]


def _function_of(route: dict[str, Any], resources: Resources) -> str:
    integration = _name_in(route.get("Target"), _INTEGRATION)
    uri = resources.get(integration, {}).get("Properties", {}).get("IntegrationUri")
    function = _name_in(uri, _FUNCTION)
    return function if resources.get(function, {}).get("Type") == "AWS::Serverless::Function" else ""


def _name_in(value: Any, pattern: re.Pattern[str]) -> str:
    """The resource named in a ``Fn::Sub``; empty when there is none."""
    text = value.get("Fn::Sub") if isinstance(value, dict) else None
    found = pattern.search(text) if isinstance(text, str) else None
    return found[1] if found else ""


def _may_be_called(route: Route, resources: Resources) -> bool:
    """Whether a permission lets the API call the function: for this route, or for all of the API."""
    names = ({"Ref": route.function}, {"Fn::GetAtt": [route.function, "Arn"]})
    for permission in _of_type(resources, "AWS::Lambda::Permission"):
        source = permission.get("SourceArn")
        text = source.get("Fn::Sub", "") if isinstance(source, dict) else ""
        is_of_api = f":${{{API}}}/" in text and text.rsplit("/", 1)[-1] in (route.key, "*")
        if permission.get("FunctionName") in names and is_of_api:
            return permission.get("Principal") == "apigateway.amazonaws.com"
    return False
