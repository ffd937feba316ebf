"""Derives from a SAM template the one that MiniStack can deploy.

MiniStack ignores the OpenAPI ``Body`` that SAM generates for an HTTP API, so ``HttpApi`` events would
create no routes. Here every such event becomes the integration and route it stands for, and the API's
authorizers and stage become resources of their own. The permission by which the API may call the
function is left out: MiniStack does not ask for it, and a stack may have no more than 500 resources.

``Ref`` of a secret is its ARN on AWS but its name in MiniStack, so it becomes ``GetAtt …Id``, which is
the ARN in both. Addresses of APIs become those that they have in MiniStack. Nothing else changes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Template = dict[str, Any]

_API = "AWS::Serverless::HttpApi"
_FUNCTION = "AWS::Serverless::Function"
_SECRET = "AWS::SecretsManager::Secret"
#: A plain name inside ``Fn::Sub``.
_PLACE = re.compile(r"\$\{(\w+)\}")
#: The address of an API inside ``Fn::Sub``, up to its path.
_API_ADDRESS = re.compile(
    r"(https|wss)://(\$\{\w+\})\.execute-api\.\$\{AWS::Region\}\.(?:amazonaws\.com|\$\{AWS::URLSuffix\})"
)
#: The name SAM gives to the API of events that name none.
_IMPLICIT_API = "ServerlessHttpApi"
#: SAM's word for a path or method that stands for all.
_ANY_METHODS = ("any", "x-amazon-apigateway-any-method")
#: Here all functions share the cores of one machine, on AWS each environment has its own: what takes a second there may
#: take many in a rush here. Still within what API Gateway waits for.
_TIMEOUT_SECONDS = 25


class UnsupportedTemplate(ValueError):
    """The template uses something this translation would silently lose."""


def derive(template: Template) -> Template:
    """Returns a copy of ``template`` whose HTTP APIs are spelled out as resources.

    Raises UnsupportedTemplate for an event without an API of the template, or an unknown authorizer.
    """
    local = copy.deepcopy(template)
    resources: dict[str, Any] = local.get("Resources", {})
    api_globals = local.get("Globals", {}).pop("HttpApi", {})
    function_globals = local.get("Globals", {}).get("Function", {})
    if "Timeout" in function_globals:
        function_globals["Timeout"] = max(_TIMEOUT_SECONDS, function_globals["Timeout"])
    if "Globals" in local and not local["Globals"]:
        del local["Globals"]

    apis = {name: resource for name, resource in resources.items() if resource.get("Type") == _API}
    auth: dict[str, dict[str, Any]] = {}
    for name, api in apis.items():
        properties = {**api_globals, **api.get("Properties", {})}
        auth[name] = properties.get("Auth", {})
        resources[name] = _plain_api(name, api, properties)
        resources.update(_authorizers(name, auth[name]))
        resources.update(_stage(name, properties))

    for name, function in list(resources.items()):
        if function.get("Type") != _FUNCTION:
            continue
        events = function.get("Properties", {}).get("Events", {})
        http_events = {key: event for key, event in events.items() if event.get("Type") == "HttpApi"}
        for event_name, event in http_events.items():
            del events[event_name]
            api_name = _api_of(name, event_name, event, apis)
            routes = _route(name, event_name, event.get("Properties", {}) or {}, api_name, auth[api_name])
            for resource in routes.values():
                _inherit_condition(resource, function)
            resources.update(routes)
        if not events:
            function.get("Properties", {}).pop("Events", None)
    secrets = {name for name, resource in resources.items() if resource.get("Type") == _SECRET}
    return _with_secrets_by_arn(local, secrets)


def _with_secrets_by_arn(node: Any, secrets: set[str]) -> Any:
    if isinstance(node, list):
        return [_with_secrets_by_arn(item, secrets) for item in node]
    if not isinstance(node, dict):
        return node
    if list(node) == ["Ref"] and node["Ref"] in secrets:
        return {"Fn::GetAtt": [node["Ref"], "Id"]}
    if list(node) == ["Fn::Sub"] and isinstance(node["Fn::Sub"], str):
        return {"Fn::Sub": _PLACE.sub(lambda m: f"${{{m[1]}.Id}}" if m[1] in secrets else m[0], node["Fn::Sub"])}
    return {key: _with_secrets_by_arn(value, secrets) for key, value in node.items()}


def _plain_api(name: str, api: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "Name": properties.get("Name", name),
        "ProtocolType": "HTTP",
    }
    if description := properties.get("Description"):
        kept["Description"] = description
    cors = properties.get("CorsConfiguration")
    if isinstance(cors, dict):
        kept["CorsConfiguration"] = cors
    elif cors:
        raise UnsupportedTemplate(f"{name}: write CorsConfiguration as a mapping")
    plain = {key: value for key, value in api.items() if key not in ("Type", "Properties")}
    return {"Type": "AWS::ApiGatewayV2::Api", **plain, "Properties": kept}


def _authorizers(api_name: str, auth: dict[str, Any]) -> dict[str, Any]:
    made = {}
    for name, authorizer in auth.get("Authorizers", {}).items():
        jwt = authorizer.get("JwtConfiguration")
        if not jwt:
            raise UnsupportedTemplate(f"{api_name}: authorizer {name} is not a JWT authorizer")
        audience = jwt.get("audience", jwt.get("Audience", []))
        made[_authorizer_name(api_name, name)] = {
            "Type": "AWS::ApiGatewayV2::Authorizer",
            "Properties": {
                "ApiId": {"Ref": api_name},
                "Name": name,
                "AuthorizerType": "JWT",
                "IdentitySource": [authorizer.get("IdentitySource", "$request.header.Authorization")],
                "JwtConfiguration": {
                    "Issuer": jwt.get("issuer", jwt.get("Issuer")),
                    "Audience": audience if isinstance(audience, list) else [audience],
                },
            },
        }
    return made


def _stage(api_name: str, properties: dict[str, Any]) -> dict[str, Any]:
    stage: dict[str, Any] = {
        "ApiId": {"Ref": api_name},
        "StageName": properties.get("StageName", "$default"),
        "AutoDeploy": True,
    }
    for key in ("DefaultRouteSettings", "StageVariables"):
        if key in properties:
            stage[key] = properties[key]
    return {f"{api_name}LocalStage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": stage}}


def _api_of(function: str, event_name: str, event: dict[str, Any], apis: dict[str, Any]) -> str:
    reference = (event.get("Properties") or {}).get("ApiId", {"Ref": _IMPLICIT_API})
    name = reference.get("Ref") if isinstance(reference, dict) else reference
    if name not in apis:
        raise UnsupportedTemplate(f"{function}: event {event_name} names no HttpApi of this template")
    return str(name)


def _route(
    function: str, event_name: str, event: dict[str, Any], api_name: str, auth: dict[str, Any]
) -> dict[str, Any]:
    base = f"{function}{event_name}"
    integration = f"{function}Local{api_name}Integration"
    properties: dict[str, Any] = {
        "ApiId": {"Ref": api_name},
        "RouteKey": route_key(event),
        "Target": {"Fn::Sub": f"integrations/${{{integration}}}"},
    }
    properties.update(_route_auth(base, api_name, auth, event.get("Auth", {})))
    return {
        integration: {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": api_name},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Fn::GetAtt": [function, "Arn"]},
                "PayloadFormatVersion": str(event.get("PayloadFormatVersion", "2.0")),
                **({"TimeoutInMillis": event["TimeoutInMillis"]} if "TimeoutInMillis" in event else {}),
            },
        },
        f"{base}LocalRoute": {"Type": "AWS::ApiGatewayV2::Route", "Properties": properties},
    }


def route_key(event: dict[str, Any]) -> str:
    """The API Gateway route key of an ``HttpApi`` event: ``GET /events/{id}``, or ``$default``."""
    path, method = event.get("Path"), str(event.get("Method", "any"))
    if path in (None, "$default"):
        return "$default"
    verb = "ANY" if method.lower() in _ANY_METHODS else method.upper()
    return f"{verb} {path}"


def _route_auth(
    route: str, api_name: str, auth: dict[str, Any], own: dict[str, Any]
) -> dict[str, Any]:
    authorizer = own.get("Authorizer", auth.get("DefaultAuthorizer"))
    if authorizer in (None, "NONE"):
        return {"AuthorizationType": "NONE"}
    known = auth.get("Authorizers", {})
    if authorizer not in known:
        raise UnsupportedTemplate(f"{route}: unknown authorizer {authorizer}")
    result: dict[str, Any] = {
        "AuthorizationType": "JWT",
        "AuthorizerId": {"Ref": _authorizer_name(api_name, authorizer)},
    }
    # SAM lets an event's scopes replace the authorizer's, even by an empty list.
    scopes = own.get("AuthorizationScopes", known[authorizer].get("AuthorizationScopes"))
    if scopes:
        result["AuthorizationScopes"] = scopes
    return result


def _inherit_condition(resource: dict[str, Any], function: dict[str, Any]) -> None:
    if "Condition" in function:
        resource["Condition"] = function["Condition"]


def _authorizer_name(api_name: str, authorizer: str) -> str:
    return f"{api_name}Local{re.sub(r'[^A-Za-z0-9]', '', authorizer)}Authorizer"


def with_absolute_paths(template: Template, root: Path) -> Template:
    """Returns a copy whose local files are named absolutely, so that it can lie anywhere.

    A code folder with a ready ``bootstrap.zip`` is replaced by that archive.
    """
    moved = copy.deepcopy(template)
    for holder, key in _local_files(moved):
        path = (root / holder[key]).resolve()
        archive = path / "bootstrap.zip"
        holder[key] = str(archive if archive.exists() else path)
    return moved


def with_local_addresses(template: Template, endpoint: str) -> Template:
    """Returns a copy in which APIs have the addresses under which the local AWS at ``endpoint`` serves them.

    ``wss://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live`` is ``ws://127.0.0.1:4566/_aws/execute-api/${Api}/live``:
    MiniStack would listen to names of that kind, but nothing on a laptop resolves them.
    """
    host = endpoint.split("://", 1)[1]

    def local_address(found: re.Match[str]) -> str:
        return f"{'ws' if found[1] == 'wss' else 'http'}://{host}/_aws/execute-api/{found[2]}"

    def localized(node: Any) -> Any:
        if isinstance(node, list):
            return [localized(item) for item in node]
        if not isinstance(node, dict):
            return node
        if list(node) == ["Fn::Sub"] and isinstance(node["Fn::Sub"], str):
            return {"Fn::Sub": _API_ADDRESS.sub(local_address, node["Fn::Sub"])}
        return {key: localized(value) for key, value in node.items()}

    return {key: localized(value) for key, value in template.items()}


def archives(template: Template) -> list[Path]:
    """Every local file or folder the template names, each once."""
    return sorted({Path(holder[key]) for holder, key in _local_files(template)})


def _local_files(template: Template) -> Iterator[tuple[dict[str, Any], str]]:
    sections = [template.get("Globals", {}).get("Function", {})]
    sections += [resource.get("Properties", {}) for resource in template.get("Resources", {}).values()]
    for properties in sections:
        for key in ("CodeUri", "ContentUri", "Location"):
            value = properties.get(key)
            if isinstance(value, str) and "://" not in value:
                yield properties, key
