"""What a command writes down, the next one reads."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from jari_local.console import Problem
from jari_local.stack import Service, Stack, load


class StackFile(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name) / "state"

    def test_nothing_is_there_at_first(self) -> None:
        self.assertIsNone(load(self.state))

    def test_is_read_as_it_was_written(self) -> None:
        stack = Stack(state=self.state, persist=True, gateway_port=3000, outputs={"ApiId": "abc"}, deployed="hash")
        stack.services["ministack"] = Service(pid=1, port=4566, log="log", marker="ministack")
        stack.save()
        self.assertEqual(load(self.state), stack)

    def test_knows_the_addresses(self) -> None:
        stack = Stack(state=self.state, persist=True, gateway_port=3000)
        stack.services["ministack"] = Service(pid=1, port=4599, log="log", marker="ministack")
        with self.assertRaises(Problem):
            _ = stack.api_url
        stack.outputs["ApiId"] = "abc"
        self.assertEqual(stack.api_url, "http://127.0.0.1:4599/_aws/execute-api/abc/$default")
        with self.assertRaises(Problem):
            _ = stack.websocket_url
        stack.outputs["WebSocketUrl"] = "ws://127.0.0.1:4599/_aws/execute-api/def/live"
        self.assertEqual(stack.websocket_url, stack.outputs["WebSocketUrl"])

    def test_writes_the_addresses_down_for_others(self) -> None:
        stack = Stack(state=self.state, persist=True, gateway_port=3000)
        names = {"virtual-pg": "pgUrl", "google": "googleUrl", "push-service": "pushUrl"}
        for port, name in enumerate(names, start=4570):
            stack.services[name] = Service(pid=1, port=port, log="log", marker=name)
        stack.save()
        known = json.loads((self.state / "stack.json").read_text())
        self.assertEqual([known[key] for key in names.values()], [f"http://127.0.0.1:{port}" for port in (4570, 4571, 4572)])
        self.assertEqual(stack.push_url, known["pushUrl"])

    def test_a_damaged_file_is_a_problem(self) -> None:
        self.state.mkdir()
        (self.state / "stack.json").write_text("{")
        with self.assertRaises(Problem):
            load(self.state)


if __name__ == "__main__":
    unittest.main()
