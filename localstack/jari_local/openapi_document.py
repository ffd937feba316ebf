"""The API document: its operations, and whether it keeps its own promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import referencing
import referencing.exceptions
import referencing.jsonschema
import yaml

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_URI = "urn:jari:openapi"


class _Loader(yaml.SafeLoader):
    """A safe loader to which a date or time is the text it is in JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> dict[str, Any]:
    """Parses the document."""
    document = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 - a SafeLoader
    if not isinstance(document, dict):
        raise ValueError(f"{path} must be a mapping")
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield method, path, item[method]


def check(document: dict[str, Any]) -> list[str]:
    """What is wrong with the document by itself: references, path parameters, examples."""
    return [*_references(document), *_parameters(document), *_examples(document)]


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """``node``, or what it refers to."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _walk(node: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from _walk(value, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _walk(value, f"{place}/{index}")


def _references(document: dict[str, Any]) -> list[str]:
    complaints = []
    used = set()
    for place, node in _walk(document):
        reference = node.get("$ref")
        if not isinstance(reference, str):
            continue
        used.add(reference)
        try:
            resolve(document, node)
        except (KeyError, TypeError):
            complaints.append(f"docs/openapi.yaml: {place} refers to {reference}, which is not there")
    for kind, members in document.get("components", {}).items():
        if kind == "securitySchemes":
            continue
        for name in members:
            if f"#/components/{kind}/{name}" not in used:
                complaints.append(f"docs/openapi.yaml: component {kind}/{name} is not used")
    return complaints


def _parameters(document: dict[str, Any]) -> list[str]:
    complaints = []
    for method, path, operation in operations(document):
        declared = [*document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        resolved = [resolve(document, parameter) for parameter in declared]
        described = {parameter["name"] for parameter in resolved if parameter["in"] == "path"}
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        if described != named:
            complaints.append(f"docs/openapi.yaml: {method.upper()} {path} describes path parameters {sorted(described)}")
    return complaints


def _examples(document: dict[str, Any]) -> list[str]:
    """Every example next to a schema is an instance of it."""
    resource = referencing.jsonschema.DRAFT202012.create_resource(document)
    registry = referencing.Registry().with_resource(_URI, resource)
    complaints = []
    for place, node in _walk(document):
        schema = node.get("schema")
        if not isinstance(schema, dict):
            continue
        # The place is a JSON pointer; as the fragment of a URI it must not contain the braces of a path.
        pointer = f"{_URI}#{quote(place.removeprefix('#'))}/schema"
        examples = {"example": node["example"]} if "example" in node else {}
        examples |= {
            name: resolve(document, example).get("value")
            for name, example in (node.get("examples") or {}).items()
            if isinstance(example, dict)
        }
        for name, example in examples.items():
            complaints += _violations(pointer, registry, example, f"{place} {name}")
    return complaints


def _violations(pointer: str, registry: referencing.Registry[Any], example: Any, place: str) -> list[str]:
    draft = jsonschema.Draft202012Validator
    validator = draft({"$ref": pointer}, registry=registry, format_checker=draft.FORMAT_CHECKER)
    try:
        errors = list(validator.iter_errors(example))
    except referencing.exceptions.Unresolvable as error:
        return [f"docs/openapi.yaml: {place}: {error}"]
    return [f"docs/openapi.yaml: {place}: {error.json_path}: {error.message}" for error in errors]

