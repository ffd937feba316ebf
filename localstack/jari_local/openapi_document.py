"""The document of the HTTP API: its operations, and whether it keeps its own promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .documents import Examples, load, references, resolve, walk

__all__ = ["check", "load", "operations", "resolve"]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NAME = "docs/openapi.yaml"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield method, path, item[method]


def check(document: dict[str, Any]) -> list[str]:
    """What is wrong with the document by itself: references, path parameters, examples."""
    return [*references(document, _NAME), *_parameters(document), *_examples(document)]


def _parameters(document: dict[str, Any]) -> list[str]:
    complaints = []
    for method, path, operation in operations(document):
        declared = [*document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        resolved = [resolve(document, parameter) for parameter in declared]
        described = {parameter["name"] for parameter in resolved if parameter["in"] == "path"}
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        if described != named:
            complaints.append(f"{_NAME}: {method.upper()} {path} describes path parameters {sorted(described)}")
    return complaints


def _examples(document: dict[str, Any]) -> list[str]:
    """Every example next to a schema is an instance of it."""
    held = Examples(document, _NAME)
    complaints = []
    for place, node in walk(document):
        schema = node.get("schema")
        if not isinstance(schema, dict):
            continue
        examples = {"example": node["example"]} if "example" in node else {}
        examples |= {
            name: resolve(document, example).get("value")
            for name, example in (node.get("examples") or {}).items()
            if isinstance(example, dict)
        }
        for name, example in examples.items():
            complaints += held.violations(f"{place}/schema", example, f"{place} {name}")
    return complaints
