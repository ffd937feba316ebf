"""No function may do more than its code does: policies are explicit, exact and about its own resources.

Run by ``make check``; by hand: ``.tools/venv/bin/python -m unittest discover -s tests/policies``.
"""

from __future__ import annotations

import json
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
    "${Data.Outputs.WaitingRoomTableArn}/stream/*": "as above",
    "${Storage.Outputs.ImagesBucketArn}/uploads/*": "the name of an upload is made up while somebody asks to upload",
    "${Storage.Outputs.ImagesBucketArn}/images/*": "the name of a picture is the upload's",
    "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebSocketApi}/live/POST/@connections/*": (
        "API Gateway makes up the name of a connection when it begins"
    ),
    "${ImagesBucket.Arn}/images/*": "pictures are for everybody; what is in uploads/ is for nobody",
    "${ImagesBucketArn}/images/*": "as above, through the web distribution",
    "${WebBucket.Arn}/*": "the pages, which are for everybody",
}
#: Statements that are open to everybody, what they open, and why.
PUBLIC_STATEMENTS = {
    "AnyoneMayVerifyTokens": (
        {"${DiscoveryBucket.Arn}/.well-known/openid-configuration", "${DiscoveryBucket.Arn}/.well-known/jwks.json"},
        "verifying a token takes the public key",
    ),
    "AnyoneMaySeePictures": ({"${ImagesBucket.Arn}/images/*"}, "pages show them"),
}
#: The one that may read buckets, within its template.
DISTRIBUTION = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
#: Functions that read whole tables, and why.
SCANNING = {
    "ReplayEventsFunction": "it reads every event there is, once, when an operator asks it to",
}
#: Tables by the context they belong to, where that is more than one.
CONTEXT = {"Outputs.EventsTable": "insights", "Outputs.InsightsTable": "insights"}
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


def closing(template: dict[str, Any]) -> dict[str, Any]:
    """Whether the buckets that a public statement is about are closed to the public: not, or not where the policy is there."""
    closed: dict[str, Any] = {}
    for resource in template["Resources"].values():
        is_public = any("*" in texts(each.get("Principal", [])) and each["Effect"] == "Allow" for each in statements(resource))
        if resource["Type"] == "AWS::S3::BucketPolicy" and is_public:
            condition = resource.get("Condition")
            closed[resource["Properties"]["Bucket"]["Ref"]] = {"Fn::If": [condition, False, True]} if condition else False
    return closed


def table(resource: str) -> str:
    """The output that names the table of this ARN, or of this index: ``Outputs.BookingTable``."""
    arn = resource.removeprefix("${").split("}")[0]
    return arn.removeprefix("Data.").removesuffix("Arn")


def owned(reference: str) -> str:
    """Which output or resource a variable or an ARN is about: ``Outputs.ImagesBucket``, ``PgSecret``."""
    name = reference.removeprefix("${").split("}")[0]
    name = name[name.find("Outputs.") :] if "Outputs." in name else name
    return name.removesuffix("Arn").removesuffix(".Id")


class Statements(unittest.TestCase):
    """What holds for every statement of every template."""

    def all(self, effect: str = "Allow") -> Iterator[tuple[str, dict[str, Any]]]:
        found = 0
        for path, template in TEMPLATES.items():
            for name, resource in template["Resources"].items():
                for statement in statements(resource):
                    found += 1
                    if statement["Effect"] == effect:
                        yield f"{path.name}: {name}: {statement}", statement
        self.assertGreater(found, 40, "the search finds the statements")

    def test_what_is_denied_is_denied_to_everybody(self) -> None:
        denied = [statement for _, statement in self.all("Deny")]
        self.assertTrue(denied)
        for statement in denied:
            self.assertEqual((statement["Sid"], statement["Principal"], statement["Action"]), ("NobodyWithoutTls", "*", "s3:*"))
            self.assertEqual(statement["Condition"], {"Bool": {"aws:SecureTransport": "false"}})

    def test_actions_are_written_out(self) -> None:
        for place, statement in self.all():
            with self.subTest(place):
                self.assertNotIn("NotAction", statement)
                for action in as_list(statement["Action"]):
                    self.assertRegex(action, r"^[a-z0-9-]+:[A-Z][A-Za-z]+$")

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
                    opened, _ = PUBLIC_STATEMENTS[statement["Sid"]]
                    self.assertEqual(set(texts(statement["Resource"])), opened)
                    self.assertEqual(statement["Action"], "s3:GetObject")

    def test_other_services_are_let_in_on_behalf_of_our_account_only(self) -> None:
        found = 0
        for place, statement in self.all():
            principal = statement.get("Principal")
            if isinstance(principal, dict) and "AssumeRole" not in statement["Action"]:
                with self.subTest(place):
                    found += 1
                    self.assertEqual(principal.keys(), {"Service"})
                    account, distribution = {"Ref": "AWS::AccountId"}, {"Fn::Sub": DISTRIBUTION}
                    self.assertIn(
                        statement["Condition"]["StringEquals"], [{"aws:SourceAccount": account}, {"AWS:SourceArn": distribution}]
                    )
        self.assertTrue(found, "S3 is let into the queue of uploads")

    def test_buckets_are_encrypted_and_closed(self) -> None:
        found = 0
        for path, template in TEMPLATES.items():
            is_closed = closing(template)
            for name, resource in template["Resources"].items():
                if resource["Type"] != "AWS::S3::Bucket":
                    continue
                with self.subTest(f"{path.name}: {name}"):
                    found += 1
                    properties, closed = resource["Properties"], is_closed.get(name, True)
                    self.assertIn("BucketEncryption", properties)
                    self.assertEqual(properties["OwnershipControls"], {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
                    self.assertEqual(
                        properties["PublicAccessBlockConfiguration"],
                        {
                            "BlockPublicAcls": True,
                            "IgnorePublicAcls": True,
                            "BlockPublicPolicy": closed,
                            "RestrictPublicBuckets": closed,
                        },
                    )
        self.assertEqual(found, 4)

    def test_every_exception_is_needed(self) -> None:
        resources = {text for _, statement in self.all() for text in texts(statement["Resource"])}
        self.assertEqual(WILDCARD_RESOURCES.keys() - resources, set())
        self.assertEqual(PUBLIC_STATEMENTS.keys() - {statement.get("Sid") for _, statement in self.all()}, set())


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
                self.assertLessEqual(len({CONTEXT.get(each, each) for each in told}), 1, "a function belongs to one context")

    def test_no_function_scans_or_manages_tables(self) -> None:
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                granted = set().union(*actions(function, "dynamodb").values())
                self.assertFalse({action for action in granted if "Table" in action})
                self.assertEqual("dynamodb:Scan" in granted, name in SCANNING)

    def test_each_touches_the_buckets_and_secrets_it_is_told_about_and_no_other(self) -> None:
        for name, function in FUNCTIONS.items():
            variables = function.properties.get("Environment", {}).get("Variables", {})
            for service, ending in {"s3": "_BUCKET", "secretsmanager": "_SECRET_ARN"}.items():
                with self.subTest(name, service=service):
                    told = {owned(".".join(texts(value))) for key, value in variables.items() if key.endswith(ending)}
                    self.assertEqual({owned(resource) for resource in actions(function, service)}, told)

    def test_uploads_are_seen_by_nobody_but_the_function_that_checks_them(self) -> None:
        uploads = "${Storage.Outputs.ImagesBucketArn}/uploads/*"
        readers = {name for name, function in FUNCTIONS.items() if "s3:GetObject" in actions(function, "s3").get(uploads, ())}
        self.assertLessEqual(readers, {"ProcessImageFunction"})

    def test_keys_are_made_by_the_functions_that_are_there_for_it(self) -> None:
        makers = {"ProvisionSigningKeyFunction", "RotateSigningKeyFunction", "ProvisionPushKeyFunction"}
        for name, function in FUNCTIONS.items():
            granted = set().union(*actions(function, "secretsmanager").values())
            if granted - {"secretsmanager:GetSecretValue"}:
                self.assertIn(name, makers)

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
                    # Rounds of a waiting room follow on one another through the queue that brings them.
                    plans = (name, queue) == ("SteerQueuesFunction", "Messaging.Outputs.SteeringQueueArn")
                    self.assertEqual(granted, RECEIVING | {"sqs:SendMessage"} if plans else RECEIVING, name)
                    receivers.add((name, queue))
                else:
                    self.assertEqual(granted, {"sqs:SendMessage"}, name)
        self.assertEqual(receivers, queues)

    def test_sources_are_no_sam_events(self) -> None:
        """For those SAM would add a managed policy that opens every queue and stream of the account."""
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                types = {event["Type"] for event in function.properties.get("Events", {}).values()}
                self.assertLessEqual(types, {"HttpApi", "ScheduleV2"})

    def test_schedules_are_named_by_the_stack_and_send_nothing_unforeseen(self) -> None:
        """SAM's own name would be the same in every stack, and its own message a form that no function reads."""
        for name, function in FUNCTIONS.items():
            for event in function.properties.get("Events", {}).values():
                if event["Type"] == "ScheduleV2":
                    with self.subTest(name):
                        self.assertRegex(event["Properties"]["Name"]["Fn::Sub"], r"^\$\{AWS::StackName\}-")
                        self.assertIsInstance(json.loads(event["Properties"]["Input"]), dict)

    def test_no_secret_is_in_an_environment(self) -> None:
        hidden = {name for name, parameter in TEMPLATE["Parameters"].items() if parameter.get("NoEcho")}
        self.assertTrue(hidden)
        for name, function in FUNCTIONS.items():
            with self.subTest(name):
                self.assertFalse(hidden & set(texts(function.properties.get("Environment", {}))))


if __name__ == "__main__":
    unittest.main()
