"""The document of the WebSocket API (AsyncAPI 3): its operations, and whether it keeps its own promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .documents import Examples, load, references, resolve, walk

__all__ = ["check", "load", "operations"]

_NAME = "docs/websocket.yaml"
#: Which member of a message says what it is: of those that the server receives, and of those that it sends.
_SAYS_WHAT = {"receive": "action", "send": "type"}


def operations(document: dict[str, Any]) -> dict[str, str]:
    """The operation that receives each message, by the message's name, which is a route key."""
    return {
        message.get("name", ""): operation_id
        for operation_id, action, message in _messages(document)
        if action == "receive"
    }


def check(document: dict[str, Any]) -> list[str]:
    """What is wrong with the document by itself: references, names, examples, messages that nobody sends or receives."""
    return [*references(document, _NAME), *_unused(document), *_names(document), *_examples(document)]


def _messages(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Operation, action and description of every message that an operation is about."""
    for operation_id, operation in document.get("operations", {}).items():
        for message in operation.get("messages", []):
            try:
                yield operation_id, operation.get("action", ""), resolve(document, message)
            except (KeyError, TypeError):
                continue  # a reference that leads nowhere, of which `references` speaks


def _unused(document: dict[str, Any]) -> list[str]:
    used = {node.get("$ref") for _, node in walk(document.get("operations", {}))}
    return [
        f"{_NAME}: message {name} of the channel {channel} is in no operation"
        for channel, description in document.get("channels", {}).items()
        for name in description.get("messages", {})
        if f"#/channels/{channel}/messages/{name}" not in used
    ]


def _names(document: dict[str, Any]) -> list[str]:
    """A message's name is what its ``action`` or ``type`` says."""
    complaints = []
    for operation_id, action, message in _messages(document):
        member = _SAYS_WHAT.get(action)
        if member is None:
            complaints.append(f"{_NAME}: operation {operation_id} must receive or send, not {action!r}")
            continue
        said = message.get("payload", {}).get("properties", {}).get(member, {}).get("const")
        if said != message.get("name"):
            complaints.append(f"{_NAME}: message {message.get('name')} has {member} {said!r}")
    return complaints


def _examples(document: dict[str, Any]) -> list[str]:
    """Every message has examples, and they are instances of its payload."""
    held = Examples(document, _NAME)
    complaints = []
    for name, message in document.get("components", {}).get("messages", {}).items():
        place = f"#/components/messages/{name}"
        if not message.get("examples"):
            complaints.append(f"{_NAME}: message {name} has no example")
        for number, example in enumerate(message.get("examples", [])):
            complaints += held.violations(f"{place}/payload", example.get("payload"), f"{place} {number}")
    return complaints
