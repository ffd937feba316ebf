"""What the contract documents have in common: YAML, references into themselves, examples beside schemas."""

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

_URI = "urn:jari:contract"


class _Loader(yaml.SafeLoader):
    """A safe loader to which a date or time is the text it is in JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> dict[str, Any]:
    """Parses a document."""
    document = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 - a SafeLoader
    if not isinstance(document, dict):
        raise ValueError(f"{path} must be a mapping")
    return document


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """``node``, or what it refers to."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def walk(node: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below ``node``, with its place as a JSON pointer."""
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from walk(value, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{place}/{index}")


def references(document: dict[str, Any], name: str) -> list[str]:
    """References that lead nowhere, and components to which nothing refers; ``name`` is what complaints call it."""
    complaints = []
    used = set()
    for place, node in walk(document):
        reference = node.get("$ref")
        if not isinstance(reference, str):
            continue
        used.add(reference)
        try:
            resolve(document, node)
        except (KeyError, TypeError):
            complaints.append(f"{name}: {place} refers to {reference}, which is not there")
    for kind, members in document.get("components", {}).items():
        if kind == "securitySchemes":
            continue
        for member in members:
            if f"#/components/{kind}/{member}" not in used:
                complaints.append(f"{name}: component {kind}/{member} is not used")
    return complaints


class Examples:
    """Holds examples of a document to its schemas."""

    def __init__(self, document: dict[str, Any], name: str) -> None:
        resource = referencing.jsonschema.DRAFT202012.create_resource(document)
        self._registry: referencing.Registry[Any] = referencing.Registry().with_resource(_URI, resource)
        self._name = name

    def violations(self, schema: str, example: Any, place: str) -> list[str]:
        """How ``example``, which stands at ``place``, breaks the schema at the JSON pointer ``schema``."""
        draft = jsonschema.Draft202012Validator
        # The pointer as the fragment of a URI: it must not contain the braces of a path.
        reference = {"$ref": f"{_URI}#{quote(schema.removeprefix('#'))}"}
        validator = draft(reference, registry=self._registry, format_checker=draft.FORMAT_CHECKER)
        try:
            errors = list(validator.iter_errors(example))
        except referencing.exceptions.Unresolvable as error:
            return [f"{self._name}: {place}: {error}"]
        return [f"{self._name}: {place}: {error.json_path}: {error.message}" for error in errors]
