"""No function may do more than its code does: policies are explicit, exact and about its own resources.

Run by ``make check``; by hand: ``.tools/venv/bin/python -m unittest discover -s tests/policies``.
"""

from __future__ import annotations

import sys
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "localstack"))

from jari_local import cfn_yaml  # noqa: E402 - found through the line above
from jari_local.check_contract import Function, functions  # noqa: E402

#: Resources with a wildcard, and why they have one.
WILDCARD_RESOURCES = {
    "${Data.Outputs.IdentityTableArn}/stream/*": "a stream's ARN ends in the moment it was made, and Lambda lists them",
    "${Data.Outputs.CatalogTableArn}/stream/*": "as above",
    "${Data.Outputs.BookingTableArn}/stream/*": "as above",
    "${Data.Outputs.PaymentsTableArn}/stream/*": "as above",
}
#: Statements that are open to everybody, and why.
PUBLIC_STATEMENTS = {
    "AnyoneMayVerifyTokens": "verifying a token takes the public key; two objects, reading only",
}
#: What a worker's mapping needs of its queue.
RECEIVING = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}

FILES = [ROOT / "template.yaml", *sorted((ROOT / "infra").glob("*.yaml"))]
TEMPLATES = {path: cfn_yaml.load_file(path) for path in FILES}
TEMPLATE = TEMPLATES[ROOT / "template.yaml"]
FUNCTIONS: dict[str, Function] = functions(TEMPLATE)


def statements(node: Any) -> Iterator[dict[str, Any]]:
    """Every policy statement below ``node``."""
    if isinstance(node, dict):
        for statement in as_list(node.get("Statement", [])):
            if isinstance(statement, dict) and "Effect" in statement:
                yield statement
        for value in node.values():
            yield from statements(value)
    elif isinstance(node, list):
        for value in node:
            yield from statements(value)


def as_list(value: Any) -> list[Any]:
    """A policy's "one or several" as several."""
    return value if isinstance(value, list) else [value]


def texts(node: Any) -> Iterator[str]:
    """Every text in a value with intrinsic functions."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def actions(function: Function, service: str) -> dict[str, set[str]]:
    """What a function may do with one service, by resource."""
    allowed: dict[str, set[str]] = {}
    for statement in statements(function.properties.get("Policies", [])):
        granted = {action for action in as_list(statement["Action"]) if action.startswith(f"{service}:")}
        for resource in as_list(statement["Resource"]) if granted else []:
            allowed.setdefault(".".join(texts(resource)), set()).update(granted)
    return allowed


def table(resource: str) -> str:
    """The output that names the table of this ARN, or of this index: ``Outputs.BookingTable``."""
    arn = resource.removeprefix("${").split("}")[0]
    return arn.removeprefix("Data.").removesuffix("Arn")


class Statements(unittest.TestCase):
    """What holds for every statement of every template."""

    def all(self) -> Iterator[tuple[str, dict[str, Any]]]:
        found = 0
        for path, template in TEMPLATES.items():
            for name, resource in template["Resources"].items():
                for statement in statements(resource):
                    found += 1
                    yield f"{path.name}: {name}: {statement}", statement
        self.assertGreater(found, 40, "the search finds the statements")

    def test_actions_are_written_out(self) -> None:
        for place, statement in self.all():
            with self.subTest(place):
                self.assertNotIn("NotAction", statement)
                for action in as_list(statement["Action"]):
                    self.assertRegex(action, r"^[a-z0-9]+:[A-Z][A-Za-z]+$")

    def test_resources_are_written_out(self) -> None:
        for place, statement in self.all():
            with self.subTest(place):
                self.assertNotIn("NotResource", statement)
                for text in texts(statement["Resource"]):
                    self.assertTrue("*" not in text or text in WILDCARD_RESOURCES, text)

    def test_nothing_else_is_public(self) -> None:
        for place, statement in self.all():
            with self.subTest(place):
                if "*" in texts(statement.get("Principal", [])):
                    self.assertIn(statement.get("Sid"), PUBLIC_STATEMENTS)
                    self.assertEqual(statement["Action"], "s3:GetObject")

    def test_every_exception_is_needed(self) -> None:
        resources = {text for _, statement in self.all() for text in texts(statement["Resource"])}
        self.assertLessEqual(WILDCARD_RESOURCES.keys(), resources)
        self.assertLessEqual(PUBLIC_STATEMENTS.keys(), {statement.get("Sid") for _, statement in self.all()})


class Functions(unittest.TestCase):
    """What holds for every function."""

    def test_each_has_policies_of_its_own(self) -> None:
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                self.assertIsInstance(function.properties.get("Policies"), list)
                self.assertNotIn("Role", function.properties)
                for policy in function.properties["Policies"]:
                    self.assertEqual(policy.get("Version"), "2012-10-17")
        self.assertNotIn("Policies", TEMPLATE["Globals"]["Function"])

    def test_each_touches_the_table_it_is_told_about_and_no_other(self) -> None:
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                variables = function.properties.get("Environment", {}).get("Variables", {})
                told = {value["Fn::GetAtt"][1] for key, value in variables.items() if key.endswith("_TABLE")}
                touched = {
                    table(resource)
                    for resource in actions(function, "dynamodb")
                    if not resource.endswith("/stream/*")
                }
                self.assertEqual(touched, told)
                self.assertLessEqual(len(told), 1, "a function belongs to one context")

    def test_no_function_scans_or_manages_tables(self) -> None:
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                granted = set().union(*actions(function, "dynamodb").values())
                self.assertFalse({action for action in granted if "Table" in action or "Scan" in action})

    def test_only_the_function_with_the_queue_as_its_source_receives_from_it(self) -> None:
        mappings = [
            resource["Properties"]
            for resource in TEMPLATE["Resources"].values()
            if resource["Type"] == "AWS::Lambda::EventSourceMapping"
        ]
        sources = {(each["FunctionName"]["Ref"], ".".join(each["EventSourceArn"]["Fn::GetAtt"])) for each in mappings}
        queues = {(function, queue) for function, queue in sources if queue.startswith("Messaging.")}
        receivers = set()
        for name, function in FUNCTIONS.items():
            for queue, granted in actions(function, "sqs").items():
                if "sqs:ReceiveMessage" in granted:
                    self.assertEqual(granted, RECEIVING, name)
                    receivers.add((name, queue))
                else:
                    self.assertEqual(granted, {"sqs:SendMessage"}, name)
        self.assertEqual(receivers, queues)

    def test_sources_are_no_sam_events(self) -> None:
        """For those SAM would add a managed policy that opens every queue and stream of the account."""
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                types = {event["Type"] for event in function.properties.get("Events", {}).values()}
                self.assertLessEqual(types, {"HttpApi"})

    def test_no_secret_is_in_an_environment(self) -> None:
        hidden = {name for name, parameter in TEMPLATE["Parameters"].items() if parameter.get("NoEcho")}
        self.assertTrue(hidden)
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                self.assertFalse(hidden & set(texts(function.properties.get("Environment", {}))))


if __name__ == "__main__":
    unittest.main()
