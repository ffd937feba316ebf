"""Environments of functions: what they cost while they wait, and how fast they answer."""

from __future__ import annotations

import queue
import socket
import socketserver
import threading
from typing import Any

#: Seconds after which an environment without work looks whether it is still wanted, and its server whether it is to end.
_LOOK_AGAIN = 30.0
#: Seconds between two attempts to wake a server that is to end.
_PAUSE = 0.01


def wait_without_asking() -> None:
    """An environment that waits for an invocation sleeps until there is one.

    Each asked ten times a second, and so did the server of its Runtime API: with the hundred environments of this
    application, that was an eighth of a processor for nothing, and two thousand interruptions a second of whatever else
    this process does.
    """
    from ministack.core import lambda_runtime

    worker: Any = lambda_runtime.ProvidedWorker
    build: Any = worker._build_handler_class

    def build_patient_handler(self: Any, generation: int, pending: queue.Queue[Any]) -> Any:
        return build(self, generation, _Patient(pending))

    worker._build_handler_class = build_patient_handler
    # Nothing else in this process makes such servers.
    socketserver.ThreadingTCPServer = PatientServer  # type: ignore[misc]


def hand_over_events_at_once() -> None:
    """An event is sent to its environment as soon as it is there.

    Its headers and its body were two packets, and the second was held back until the environment had acknowledged the first,
    which takes forty milliseconds: a function of two milliseconds took fifty.
    """
    from ministack.core import lambda_runtime

    worker: Any = lambda_runtime.ProvidedWorker
    build: Any = worker._build_handler_class

    def build_prompt_handler(self: Any, *args: Any) -> Any:
        handler = build(self, *args)
        handler.disable_nagle_algorithm = True
        return handler

    worker._build_handler_class = build_prompt_handler


def answer_without_waiting_for_logs() -> None:
    """What a function has written by the time it answers is in the log of this invocation; the rest is in that of the next.

    Each answer was held back until no more had come for five milliseconds, and for fifty when there was nothing to come.
    On AWS an answer does not wait for logs.
    """
    from ministack.core import lambda_runtime

    worker: Any = lambda_runtime.ProvidedWorker
    wait: Any = worker._drain_stderr_bounded

    def what_is_there(self: Any, *args: Any, **kwargs: Any) -> str:
        # Of an environment that did not start, the last words are waited for.
        return str(wait(self, *args, **kwargs) if args or kwargs else self._drain_stderr())

    worker._drain_stderr_bounded = what_is_there


class _Patient:
    """A queue as its reader sees it, who gets more time than it asks for."""

    def __init__(self, pending: queue.Queue[Any]) -> None:
        self._pending = pending

    def get(self, timeout: float) -> Any:
        return self._pending.get(timeout=max(timeout, _LOOK_AGAIN))


class PatientServer(socketserver.ThreadingTCPServer):
    """A server that is woken when it is to end, and does not look for that ten times a second."""

    def __init__(self, *args: Any) -> None:
        self._ended = threading.Event()
        super().__init__(*args)

    def serve_forever(self, poll_interval: float = _LOOK_AGAIN) -> None:
        """Until ``shutdown``."""
        try:
            super().serve_forever(max(poll_interval, _LOOK_AGAIN))
        finally:
            self._ended.set()

    def shutdown(self) -> None:
        """Returns when ``serve_forever`` has."""
        threading.Thread(target=self._wake, daemon=True).start()
        super().shutdown()

    def _wake(self) -> None:
        while not self._ended.wait(_PAUSE):
            try:
                socket.create_connection(self.server_address, timeout=1.0).close()
            except OSError:
                return
