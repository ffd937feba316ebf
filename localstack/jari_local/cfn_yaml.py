"""CloudFormation templates as plain data: ``!Ref``, ``!GetAtt`` and the like become their long form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """A safe loader that knows CloudFormation's short tags."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value}


_Loader.add_multi_constructor("!", _intrinsic)
# A date such as AWSTemplateFormatVersion's must stay the text it is.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """A dumper that writes repeated parts in full, since CloudFormation knows no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def load(text: str) -> dict[str, Any]:
    """Parses a template."""
    template = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    if not isinstance(template, dict):
        raise ValueError("a template must be a mapping")
    return template


def load_file(path: Path) -> dict[str, Any]:
    """Parses a template file."""
    return load(path.read_text())


def dump(template: dict[str, Any]) -> str:
    """Writes a template, intrinsic functions in their long form."""
    return yaml.dump(template, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
