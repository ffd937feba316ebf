"""Functions behind streams and queues get what AWS would give them, when AWS would."""

from __future__ import annotations

import threading
import time
import unittest
from collections.abc import Callable
from typing import Any
from unittest import mock

from jari_local.repairs import mappings
from ministack.services import dynamodb, lambda_svc, sqs

ACCOUNT, REGION = "000000000000", "us-east-1"
_PATIENCE = 10.0


def stream(name: str, **settings: Any) -> dict[str, Any]:
    """A mapping of the stream of the table ``name``."""
    return {"UUID": name, "EventSourceArn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}/stream/1"} | settings


def queue(name: str, **settings: Any) -> dict[str, Any]:
    """A mapping of the queue ``name``."""
    return {"UUID": name, "EventSourceArn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"} | settings


class Pace(unittest.TestCase):
    def setUp(self) -> None:
        self.known: list[dict[str, Any]] = []
        self.unread: dict[str, int] = {}
        self.polled: list[str] = []
        self.while_polling: Callable[[str], Any] = lambda _: None
        for name in ("_iter_all_esms", "_poll_sqs", "_poll_dynamodb_streams"):
            self.addCleanup(setattr, lambda_svc, name, getattr(lambda_svc, name))
        for state in (mappings._waiting_since, mappings._paused_until):
            self.addCleanup(state.clear)
        patch = mock.patch.object(mappings, "_unread", lambda mapping, *_: self.unread.get(mapping["UUID"], 0))
        patch.start()
        self.addCleanup(patch.stop)
        lambda_svc._iter_all_esms = lambda: ((ACCOUNT, REGION, mapping) for mapping in self.known)
        lambda_svc._poll_sqs = lambda_svc._poll_dynamodb_streams = self.poll
        mappings.poll_each_mapping_at_its_own_pace()

    def poll(self) -> bool:
        """MiniStack's part: takes everything that the mappings in scope have."""
        for _, _, mapping in lambda_svc._iter_all_esms():
            self.while_polling(mapping["UUID"])
            self.polled.append(mapping["UUID"])
            self.unread[mapping["UUID"]] = 0
        return True

    def eventually(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.005)

    def test_a_slow_function_holds_up_nobody_else(self) -> None:
        self.known = [stream("slow"), stream("quick")]
        self.unread = {"slow": 1, "quick": 1}
        go_on = threading.Event()
        self.addCleanup(go_on.set)
        self.while_polling = lambda name: go_on.wait(_PATIENCE) if name == "slow" else None
        self.assertTrue(lambda_svc._poll_dynamodb_streams())
        self.eventually(lambda: self.polled == ["quick"])
        self.assertFalse(lambda_svc._poll_dynamodb_streams(), "the slow one is not called a second time meanwhile")
        go_on.set()
        self.eventually(lambda: self.polled == ["quick", "slow"])

    def test_nothing_is_started_for_nothing(self) -> None:
        self.known = [stream("idle"), queue("queue")]
        self.assertFalse(lambda_svc._poll_dynamodb_streams())

    def test_a_mapping_that_gets_nowhere_pauses(self) -> None:
        self.known, self.unread = [stream("broken")], {"broken": 1}
        lambda_svc._poll_dynamodb_streams = lambda: False
        mappings.poll_each_mapping_at_its_own_pace()
        self.assertTrue(lambda_svc._poll_dynamodb_streams())
        self.eventually(lambda: "broken" in mappings._paused_until)
        self.assertFalse(lambda_svc._poll_dynamodb_streams())

    def test_a_window_gathers_until_it_is_over_or_the_batch_is_full(self) -> None:
        for mapping in (stream("s", BatchSize=10, MaximumBatchingWindowInSeconds=1),
                        queue("q", BatchSize=10, MaximumBatchingWindowInSeconds=1)):
            with self.subTest(mapping["UUID"]), mock.patch("time.monotonic") as clock:
                def is_due(at: float, unread: int, mapping: dict[str, Any] = mapping, clock: Any = clock) -> bool:
                    clock.return_value = at
                    self.unread[mapping["UUID"]] = unread
                    return mappings._is_due(mapping, ACCOUNT, REGION)

                self.assertFalse(is_due(100.0, 3))
                self.assertFalse(is_due(100.9, 9))
                self.assertTrue(is_due(101.0, 9))
                self.assertFalse(is_due(101.5, 1), "a new window began")
                self.assertTrue(is_due(101.6, 10))
                self.assertFalse(is_due(109.0, 0))

    def test_looking_at_queues_does_not_use_up_the_windows_of_streams(self) -> None:
        self.known = [stream("s", MaximumBatchingWindowInSeconds=1, BatchSize=10), queue("plain"),
                      queue("patient", MaximumBatchingWindowInSeconds=1, BatchSize=10)]
        self.unread = {"s": 10, "patient": 3}
        lambda_svc._poll_sqs()
        self.assertEqual(self.polled, ["plain"])
        self.unread["patient"] = 10
        lambda_svc._poll_sqs()
        self.assertEqual(self.polled, ["plain", "plain", "patient"])
        self.assertNotIn("s", mappings._waiting_since)


class Unread(unittest.TestCase):
    def test_counts_the_records_after_a_readers_position(self) -> None:
        dynamodb._stream_records["table"] = [{"dynamodb": {"ApproximateCreationDateTime": time.time()}}] * 5
        self.addCleanup(dynamodb._stream_records.clear)
        self.addCleanup(lambda_svc._dynamodb_stream_positions.clear)
        self.assertEqual(mappings._unread(stream("table"), ACCOUNT, REGION), 5)
        lambda_svc._dynamodb_stream_positions["table"] = 3
        self.assertEqual(mappings._unread(stream("table"), ACCOUNT, REGION), 2)

    def test_counts_the_messages_that_are_visible(self) -> None:
        messages = [{"visible_at": 0}, {"visible_at": time.time() + 60}]
        with mock.patch.object(sqs, "_queue_by_arn", lambda _: {"messages": messages}):
            self.assertEqual(mappings._unread(queue("q"), ACCOUNT, REGION), 1)
        self.assertEqual(mappings._unread(queue("missing"), ACCOUNT, REGION), 0)


class LargeBatches(unittest.TestCase):
    def test_are_filled_ten_by_ten(self) -> None:
        self.addCleanup(setattr, sqs, "_receive_messages_for_esm", sqs._receive_messages_for_esm)
        waiting = [{"id": number} for number in range(37)]

        def receive(_: str, most: int) -> list[dict[str, Any]]:
            self.assertLessEqual(most, 10)
            taken, waiting[:] = waiting[:most], waiting[most:]
            return taken

        sqs._receive_messages_for_esm = receive
        mappings.fill_large_batches_of_queues()
        self.assertEqual(len(sqs._receive_messages_for_esm("url", 25)), 25)
        self.assertEqual(len(sqs._receive_messages_for_esm("url", 25)), 12)
        self.assertEqual(sqs._receive_messages_for_esm("url", 25), [])


class MessageGroups(unittest.TestCase):
    URL = "http://127.0.0.1:4566/000000000000/groups.fifo"

    def setUp(self) -> None:
        self.addCleanup(setattr, lambda_svc, "_sqs_esm_concurrency", lambda_svc._sqs_esm_concurrency)
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:groups.fifo"
        sqs._queues[self.URL] = self.queue = {
            "is_fifo": True, "messages": [], "url": self.URL, "name": "groups.fifo", "dedup_cache": {},
            "attributes": {"QueueArn": arn, "VisibilityTimeout": "30"},
        }
        self.addCleanup(sqs._queues.pop, self.URL)

    def send(self, *groups: str) -> None:
        for group in groups:
            number = len(self.queue["messages"])
            self.queue["messages"].append({
                "id": f"{group}-{number}", "body": "", "group_id": group, "visible_at": 0, "receive_count": 0,
                "receipt_handle": None, "sent_at": time.time(),
            })

    def receive(self) -> list[str]:
        return [message["id"] for message in sqs._receive_messages_for_esm(self.URL, 10)]

    def test_several_batches_may_be_under_way(self) -> None:
        mapping = queue("groups.fifo", ScalingConfig={"MaximumConcurrency": 5})
        self.assertEqual(lambda_svc._sqs_esm_concurrency(mapping, {}, {}, self.queue), 1)
        mappings.serve_message_groups_side_by_side()
        self.assertEqual(lambda_svc._sqs_esm_concurrency(mapping, {}, {}, self.queue), 5)

    def test_of_a_group_one_batch_at_a_time_in_order(self) -> None:
        self.send("a", "a", "b")
        self.assertEqual(self.receive(), ["a-0", "a-1", "b-2"])
        self.send("a", "b", "c")
        self.assertEqual(self.receive(), ["c-5"])
        done = {message["receipt_handle"] for message in self.queue["messages"] if message["id"] == "b-2"}
        sqs._delete_messages_for_esm(self.URL, done)
        self.assertEqual(self.receive(), ["b-4"])


if __name__ == "__main__":
    unittest.main()
