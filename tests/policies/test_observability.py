"""Whatever may be given up raises an alarm, and whoever is woken finds what to do.

Run by ``make check``, as the tests of the policies are.
"""

from __future__ import annotations

import json
import re
import sys
import unittest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "localstack"))

from jari_local import cfn_yaml  # noqa: E402 - found through the line above
from jari_local.check_contract import binaries  # noqa: E402

PREFIX = "${Prefix}-"


def resources(name: str, kind: str) -> dict[str, dict[str, Any]]:
    """Properties of the resources of a kind in ``infra/<name>.yaml``."""
    template = cfn_yaml.load_file(ROOT / "infra" / f"{name}.yaml")
    return {key: each["Properties"] for key, each in template["Resources"].items() if each["Type"] == kind}


ALARMS = resources("observability", "AWS::CloudWatch::Alarm")
QUEUES = {each["QueueName"]["Fn::Sub"] for each in resources("messaging", "AWS::SQS::Queue").values()}
FUNCTIONS = {f"{PREFIX}{name}" for name in binaries(ROOT)}
DASHBOARD = next(iter(resources("observability", "AWS::CloudWatch::Dashboard").values()))["DashboardBody"]["Fn::Sub"]


def watched(dimension: str) -> set[str]:
    """What the alarms watch, by a dimension of their metrics."""
    dimensions = [each for alarm in ALARMS.values() for each in alarm.get("Dimensions", [])]
    return {each["Value"]["Fn::Sub"] for each in dimensions if each["Name"] == dimension}


def drawn(dimension: str) -> set[str]:
    """What the dashboard shows, by a dimension of its metrics."""
    metrics = [metric for each in json.loads(DASHBOARD)["widgets"] for metric in each["properties"].get("metrics", [])]
    return {metric[3] for metric in metrics if metric[2:3] == [dimension]}


class Alarms(unittest.TestCase):
    def test_every_queue_of_failures_is_watched_and_drawn(self) -> None:
        failures = {name for name in QUEUES if name.endswith(("-dlq", "-failures"))}
        self.assertGreater(len(failures), 10)
        self.assertEqual(failures - watched("QueueName"), set())
        self.assertEqual(QUEUES - drawn("QueueName"), set())

    def test_nothing_is_watched_or_drawn_that_is_not_there(self) -> None:
        self.assertEqual((watched("QueueName") | drawn("QueueName")) - QUEUES, set())
        self.assertEqual((watched("FunctionName") | drawn("FunctionName")) - FUNCTIONS, set())

    def test_every_alarm_reaches_somebody_and_says_what_to_do(self) -> None:
        headings = set(re.findall(r"^### (\S+)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))
        names = set()
        for name, alarm in ALARMS.items():
            with self.subTest(name):
                names.add(alarm["AlarmName"]["Fn::Sub"].removeprefix(PREFIX))
                self.assertEqual(alarm["AlarmActions"], [{"Ref": "AlarmTopic"}])
                self.assertTrue(alarm["AlarmDescription"])
        self.assertEqual(names, headings)


if __name__ == "__main__":
    unittest.main()
