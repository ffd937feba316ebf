"""Operators' functions are invoked until they are done, and say why when they are not."""

from __future__ import annotations

import contextlib
import io
import json
import unittest
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from botocore.exceptions import ClientError
from jari_local import operate
from jari_local.console import Problem


def report(stage: str, seconds: float) -> dict[str, Any]:
    """An answer of rotate-signing-key whose next step is so far away."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return {"stage": stage, "current": "k1", "keys": [], "nextStepAt": at.isoformat().replace("+00:00", "Z")}


class Operating(unittest.TestCase):
    def setUp(self) -> None:
        self.answers: list[Any] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.said = io.StringIO()

    def invoke(self, output: str, payload: dict[str, Any]) -> Any:
        self.asked.append((output, payload))
        return self.answers.pop(0)

    def run_quietly(self, what: Any, *arguments: Any) -> list[dict[str, Any]]:
        """Runs it to its end; answers with the payloads it sent."""
        with contextlib.redirect_stdout(self.said), mock.patch("time.sleep") as sleep:
            what(self.invoke, *arguments)
        self.slept = [call.args[0] for call in sleep.call_args_list]
        self.assertEqual(self.answers, [])
        return [payload for _, payload in self.asked]

    def test_a_rotation_waits_for_steps_that_are_due_soon(self) -> None:
        self.answers = [report("announced", 1), report("switched", 3600)]
        self.assertEqual(self.run_quietly(operate.rotate_signing_key, False), [{"start": True}, {}])
        self.assertEqual(len(self.slept), 1)
        self.assertTrue(0 < self.slept[0] <= 1)
        self.assertIn('"stage": "switched"', self.said.getvalue())

    def test_a_rotation_on_aws_is_left_to_its_schedule(self) -> None:
        self.answers = [report("announced", 7200)]
        self.assertEqual(self.run_quietly(operate.rotate_signing_key, False), [{"start": True}])

    def test_going_on_begins_nothing(self) -> None:
        self.answers = [report("steady", -5)]
        self.assertEqual(self.run_quietly(operate.rotate_signing_key, True), [{}])

    def test_a_replay_goes_on_where_it_stopped(self) -> None:
        done = {"events": 12, "generation": 2, "differences": [], "switched": True}
        self.answers = [{"events": 5, "cursor": {"at": 1}}, {"events": 9, "cursor": "two"}, done]
        self.assertEqual(self.run_quietly(operate.replay), [{}, {"cursor": {"at": 1}}, {"cursor": "two"}])
        self.assertIn('"switched": true', self.said.getvalue())


class Invoking(unittest.TestCase):
    def problem(self, **outcome: Any) -> Problem:
        """What is said when the client does that."""
        client = mock.Mock(**{f"invoke.{key}": value for key, value in outcome.items()})
        with self.assertRaises(Problem) as caught:
            operate._invoker(client, {"ReplayEventsFunction": "jari-replay-events"}, "remedy")("ReplayEventsFunction", {})
        return caught.exception

    def test_answers_what_the_function_answers(self) -> None:
        client = mock.Mock()
        client.invoke.return_value = {"Payload": io.BytesIO(b'{"events": 1}')}
        answer = operate._invoker(client, {"ReplayEventsFunction": "jari-replay-events"}, "")("ReplayEventsFunction", {"a": 1})
        self.assertEqual(answer, {"events": 1})
        client.invoke.assert_called_once_with(FunctionName="jari-replay-events", Payload=json.dumps({"a": 1}))

    def test_a_function_that_fails_is_a_problem_with_its_words(self) -> None:
        failed = {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorMessage": "no key"}')}
        self.assertIn("no key", self.problem(return_value=failed).details)

    def test_a_function_that_cannot_be_invoked_is_a_problem(self) -> None:
        refused = ClientError({"Error": {"Code": "AccessDenied", "Message": "not you"}}, "Invoke")
        self.assertIn("not you", self.problem(side_effect=refused).what)

    def test_a_stack_without_the_function_is_a_problem(self) -> None:
        with self.assertRaises(Problem):
            operate._invoker(mock.Mock(), {}, "Run `make dev`.")("ReplayEventsFunction", {})


if __name__ == "__main__":
    unittest.main()
