"""Environments of functions wait without work, and answer at once."""

from __future__ import annotations

import io
import queue
import socketserver
import sys
import threading
import time
import unittest
import zipfile
from typing import Any
from unittest import mock

from jari_local.repairs import environments
from ministack.core import lambda_runtime

_CONFIG = {
    "FunctionName": "echo",
    "FunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:echo",
    "Runtime": "provided.al2023",
    "Timeout": 10,
}
#: Answers every event with itself and writes a line before and after it.
_BOOTSTRAP = f"""#!{sys.executable}
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    event = api.getresponse()
    body, request = event.read(), event.headers["Lambda-Runtime-Aws-Request-Id"]
    print("before", request, flush=True)
    api.request("POST", f"/2018-06-01/runtime/invocation/{{request}}/response", body)
    api.getresponse().read()
    print("after", request, flush=True)
"""


def code() -> bytes:
    """An archive with the bootstrap."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        target.writestr(entry, _BOOTSTRAP)
    return archive.getvalue()


class Environments(unittest.TestCase):
    def setUp(self) -> None:
        worker = lambda_runtime.ProvidedWorker
        for owner, name in ((worker, "_build_handler_class"), (worker, "_drain_stderr_bounded"), (socketserver, "ThreadingTCPServer")):
            self.addCleanup(setattr, owner, name, getattr(owner, name))
        environments.wait_without_asking()
        environments.hand_over_events_at_once()
        environments.answer_without_waiting_for_logs()

    def environment(self) -> Any:
        environment = lambda_runtime.ProvidedWorker("echo", _CONFIG, code())
        self.addCleanup(environment.kill)
        return environment

    def test_events_are_answered_one_after_the_other(self) -> None:
        environment = self.environment()
        first = environment.invoke({"n": 1}, "r1")
        self.assertEqual((first["status"], first["result"], first["cold_start"]), ("ok", {"n": 1}, True))
        second = environment.invoke({"n": 2}, "r2")
        self.assertEqual((second["result"], second["cold_start"]), ({"n": 2}, False))

    def test_no_line_is_lost(self) -> None:
        environment = self.environment()
        deadline = time.monotonic() + 10
        log = ""
        for number in range(1000):
            log += environment.invoke({}, f"r{number}")["log"] + "\n"
            if "after r0\n" in log:
                break
            self.assertLess(time.monotonic(), deadline)
        self.assertLess(log.index("before r0"), log.index("after r0"))

    def test_an_answer_is_not_held_back_for_a_log(self) -> None:
        environment = self.environment()
        environment.invoke({}, "r1")
        with mock.patch.object(lambda_runtime.time, "sleep", side_effect=AssertionError("it waits")):
            self.assertEqual(environment.invoke({}, "r2")["status"], "ok")

    def test_nobody_asks_while_there_is_nothing_to_do(self) -> None:
        asked: list[float] = []

        class Counted(queue.Queue[Any]):
            def get(self, block: bool = True, timeout: float | None = None) -> Any:
                if block:
                    asked.append(timeout or 0)
                return super().get(block, timeout)

        with mock.patch.object(lambda_runtime.queue, "Queue", Counted):
            environment = self.environment()
            environment.invoke({}, "r1")
            environment.invoke({}, "r2")
        # Once for each of the two events, and once more for the next.
        self.assertLessEqual(len(asked), 3)
        self.assertTrue(all(timeout >= environments._LOOK_AGAIN for timeout in asked), asked)

    def test_small_packets_are_not_collected(self) -> None:
        handler = lambda_runtime.ProvidedWorker("echo", _CONFIG, b"")._build_handler_class(1, queue.Queue())
        self.assertTrue(handler.disable_nagle_algorithm)

    def test_the_end_is_not_waited_for(self) -> None:
        server = environments.PatientServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        serving = threading.Thread(target=server.serve_forever, args=(0.1,))
        serving.start()
        began = time.monotonic()
        server.shutdown()
        self.assertLess(time.monotonic() - began, environments._LOOK_AGAIN / 3)
        serving.join(timeout=environments._LOOK_AGAIN / 3)
        self.assertFalse(serving.is_alive())
        server.server_close()


if __name__ == "__main__":
    unittest.main()
