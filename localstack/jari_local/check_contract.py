"""Asserts that one name stands for one thing everywhere: ``python -m jari_local.check_contract``.

Compared are the binaries (``functions/*/src/bin/*.rs``), the functions of ``template.yaml``, the operations of
``docs/openapi.yaml`` and ``docs/websocket.yaml``, and the event files (``events/*.json``). Every disagreement is one
line that says what is wrong and where; the exit code is 1 if there is any.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import cfn_yaml, openapi_document, websocket_document, websocket_routes
from .local_template import route_key
from .paths import ROOT

API_BASE = "/api/v1"
#: The catch-all route; it has no place in a list of what there is.
DEFAULT_ROUTE = "$default"
_FUNCTION = "AWS::Serverless::Function"


@dataclass(frozen=True)
class Operation:
    """An HTTP operation as template and OpenAPI document both describe it."""

    operation_id: str
    #: Whether a caller has to be logged in.
    authenticated: bool
    #: One of these must be granted, if there are any.
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Function:
    """A function of the template."""

    resource: str
    properties: dict[str, Any]

    @property
    def http_events(self) -> list[dict[str, Any]]:
        """Properties of its HTTP events."""
        events = self.properties.get("Events", {}).values()
        return [event.get("Properties") or {} for event in events if event.get("Type") == "HttpApi"]


def pascal_case(name: str) -> str:
    """``reserve-seats`` as ``ReserveSeats``."""
    return "".join(part.capitalize() for part in name.split("-"))


def camel_case(name: str) -> str:
    """``reserve-seats`` as ``reserveSeats``."""
    pascal = pascal_case(name)
    return pascal[:1].lower() + pascal[1:]


def binaries(root: Path) -> dict[str, Path]:
    """Every binary by name."""
    return {path.stem: path for path in sorted(root.glob("functions/*/src/bin/*.rs"))}


def functions(template: dict[str, Any]) -> dict[str, Function]:
    """Every function of the template by resource name."""
    resources = template.get("Resources", {})
    return {
        name: Function(name, resource.get("Properties", {}))
        for name, resource in resources.items()
        if resource.get("Type") == _FUNCTION
    }


def check_names(bins: dict[str, Path], known: dict[str, Function]) -> list[str]:
    """Binaries and functions are the same set, and each function runs its own binary under its own name."""
    complaints = []
    expected = {f"{pascal_case(name)}Function": name for name in bins}
    for resource, name in expected.items():
        if resource not in known:
            complaints.append(f"{bins[name]}: template.yaml has no {resource}")
            continue
        properties = known[resource].properties
        archive = f"target/lambda/{name}/bootstrap.zip"
        if properties.get("CodeUri") != archive:
            complaints.append(f"template.yaml: {resource} must have CodeUri {archive}, not {properties.get('CodeUri')}")
        if properties.get("FunctionName") != {"Fn::Sub": f"${{AWS::StackName}}-{name}"}:
            complaints.append(f"template.yaml: {resource} must have FunctionName !Sub ${{AWS::StackName}}-{name}")
        if not any(f'"{name}"' in source.read_text() for source in _sources(bins[name])):
            complaints.append(f'{bins[name]}: neither it nor its handler logs as "{name}"')
    for resource in known.keys() - expected.keys():
        complaints.append(f"template.yaml: no binary functions/*/src/bin/*.rs belongs to {resource}")
    return complaints


def _sources(binary: Path) -> list[Path]:
    """The binary and its handler."""
    handler = binary.parents[1] / f"{binary.stem.replace('-', '_')}.rs"
    return [path for path in (binary, handler) if path.exists()]


def check_policies(known: dict[str, Function]) -> list[str]:
    """Every function says itself what it may do, statement by statement."""
    complaints = []
    for resource, function in known.items():
        policies = function.properties.get("Policies")
        if "Role" in function.properties:
            complaints.append(f"template.yaml: {resource} shares a Role; give it Policies of its own")
        elif not isinstance(policies, list):
            complaints.append(f"template.yaml: {resource} has no list of Policies (empty: it touches nothing)")
        elif any(not isinstance(policy, dict) or "Statement" not in policy for policy in policies):
            complaints.append(f"template.yaml: {resource} uses a managed policy or policy template; write statements")
    return complaints


def routes(template: dict[str, Any], known: dict[str, Function]) -> dict[str, Operation]:
    """Every route of the template except the catch-all, as API Gateway will serve it."""
    auth = template["Resources"]["HttpApi"]["Properties"].get("Auth", {})
    found = {}
    for resource, function in known.items():
        for event in function.http_events:
            own = event.get("Auth", {})
            authorizer = own.get("Authorizer", auth.get("DefaultAuthorizer"))
            name = resource.removesuffix("Function")
            found[route_key(event)] = Operation(
                operation_id=name[:1].lower() + name[1:],
                authenticated=authorizer not in (None, "NONE"),
                scopes=tuple(sorted(own.get("AuthorizationScopes", ()))),
            )
    found.pop(DEFAULT_ROUTE, None)
    return found


def operations(document: dict[str, Any]) -> dict[str, Operation]:
    """Every operation of the OpenAPI document, by the route key it has in API Gateway."""
    found = {}
    for method, path, operation in openapi_document.operations(document):
        security = operation.get("security", document.get("security", []))
        scopes = {scope for requirement in security for granted in requirement.values() for scope in granted}
        found[f"{method.upper()} {API_BASE}{path}"] = Operation(
            operation_id=operation.get("operationId", ""),
            authenticated=bool(security),
            scopes=tuple(sorted(scopes)),
        )
    return found


def check_operations(deployed: dict[str, Operation], documented: dict[str, Operation]) -> list[str]:
    """Routes and documented operations are the same set, under the same names and for the same callers."""
    complaints = [f"docs/openapi.yaml: {route} is not documented" for route in deployed.keys() - documented.keys()]
    complaints += [f"template.yaml: {route} is documented, not served" for route in documented.keys() - deployed.keys()]
    for route in deployed.keys() & documented.keys():
        real, said = deployed[route], documented[route]
        if real.operation_id != said.operation_id:
            complaints.append(
                f"docs/openapi.yaml: {route} must have operationId {real.operation_id}, not {said.operation_id}"
            )
        if real.authenticated != said.authenticated:
            who = "needs an access token" if real.authenticated else "is public (`security: []`)"
            complaints.append(f"docs/openapi.yaml: {route} {who} in template.yaml, but not here")
        elif real.scopes != said.scopes:
            complaints.append(
                f"docs/openapi.yaml: {route} is for scopes {list(said.scopes)}, in template.yaml for {list(real.scopes)}"
            )
    return complaints


def check_events(
    bins: dict[str, Path], known: dict[str, Function], sockets: list[websocket_routes.Route], folder: Path
) -> list[str]:
    """Every function has an event file to be invoked with, and one of an API is for the function's own route."""
    complaints = []
    files = {path.stem: path for path in sorted(folder.glob("*.json"))}
    complaints += [f"events/{name}.json is missing" for name in bins.keys() - files.keys()]
    complaints += [f"events/{name}.json belongs to no function" for name in files.keys() - bins.keys()]
    for name, path in files.items():
        try:
            event = json.loads(path.read_text())
        except ValueError as error:
            complaints.append(f"events/{name}.json is not JSON: {error}")
            continue
        function = known.get(f"{pascal_case(name)}Function")
        wanted = [route_key(route) for route in function.http_events] if function else []
        if wanted and event.get("routeKey") not in wanted:
            complaints.append(f"events/{name}.json must have routeKey {wanted[0]}, not {event.get('routeKey')}")
        for route in sockets:
            context = event.get("requestContext", {})
            for member, value in websocket_routes.event_of(route).items():
                if route.function == f"{pascal_case(name)}Function" and context.get(member) != value:
                    complaints.append(f"events/{name}.json must have {member} {value}, not {context.get(member)}")
    return complaints


def check(root: Path) -> list[str]:
    """Everything that disagrees in the checkout at ``root``."""
    template = cfn_yaml.load_file(root / "template.yaml")
    document = openapi_document.load(root / "docs" / "openapi.yaml")
    live = websocket_document.load(root / "docs" / "websocket.yaml")
    bins = {name: path.relative_to(root) for name, path in binaries(root).items()}
    sources = {name: root / path for name, path in bins.items()}
    known = functions(template)
    return sorted(
        [
            *(line.replace(f"{root}/", "") for line in check_names(sources, known)),
            *check_policies(known),
            *check_operations(routes(template, known), operations(document)),
            *websocket_routes.check(template, websocket_document.operations(live)),
            *check_events(bins, known, websocket_routes.routes(template), root / "events"),
            *openapi_document.check(document),
            *websocket_document.check(live),
        ]
    )


def main() -> int:
    """Prints every disagreement; 0 when there is none."""
    complaints = check(ROOT)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if complaints:
        print(f"Binaries, template, API documents and events disagree: {len(complaints)} times", file=sys.stderr)
        return 1
    print(f"{len(binaries(ROOT))} functions: binaries, template, API documents and events agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
