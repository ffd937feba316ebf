"""Processes are stopped only when they are still ours, and a taken port is explained."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import unittest
from pathlib import Path

from jari_local import processes
from jari_local.console import Problem

_SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)  # jari-test-sleeper"]
_MARKER = "jari-test-sleeper"


class Processes(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "logs" / "sleeper.log"

    def start(self, command: list[str] = _SLEEPER) -> int:
        pid = processes.start("sleeper", command, self.log, os.environ, self.log.parents[1])
        self.addCleanup(processes.stop, pid, _MARKER, 5)
        return pid

    def test_starts_and_stops(self) -> None:
        pid = self.start()
        self.assertTrue(processes.is_running(pid, _MARKER))
        self.assertTrue(processes.stop(pid, _MARKER, 5))
        self.assertFalse(processes.is_running(pid, _MARKER))

    def test_leaves_a_process_alone_that_is_not_ours(self) -> None:
        pid = self.start()
        self.assertTrue(processes.stop(pid, "something else", 5))
        self.assertTrue(processes.is_running(pid, _MARKER))

    def test_explains_a_failed_start_with_the_log(self) -> None:
        pid = self.start([sys.executable, "-c", "print('out of luck')  # jari-test-sleeper"])
        with self.assertRaises(Problem) as raised:
            processes.wait_until("sleeper", lambda: False, pid, _MARKER, self.log, 5)
        self.assertIn("out of luck", raised.exception.details)

    def test_names_who_holds_a_port(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as holder:
            port = holder.getsockname()[1]
            with self.assertRaises(Problem) as raised:
                processes.claim_port("the web gateway", port, "--gateway-port")
        self.assertIn(str(port), raised.exception.what)
        self.assertIn("--gateway-port", raised.exception.remedy)

    def test_accepts_a_free_port(self) -> None:
        processes.claim_port("the web gateway", processes.free_port(), "--gateway-port")


if __name__ == "__main__":
    unittest.main()
