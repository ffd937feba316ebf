"""Event source mappings: when a function is given what, and by whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

Mapping = dict[str, Any]

#: Seconds until a stream mapping is looked at again that got nowhere, as MiniStack does after a failure.
_PAUSE = 1.0

#: Which mappings the polling in this context is about, by mapping, account and region.
_SCOPE: ContextVar[Callable[[Mapping, str, str], bool]] = ContextVar("scope", default=lambda *_: True)

#: When unread records or messages were first seen, by mapping.
_waiting_since: dict[str, float] = {}
#: When a stream mapping that got nowhere is looked at again.
_paused_until: dict[str, float] = {}


def poll_each_mapping_at_its_own_pace() -> None:
    """Each stream mapping is polled in a thread of its own, and ``MaximumBatchingWindowInSeconds`` is kept.

    One thread polled all streams, one after the other, so that a slow function held up every other; windows were ignored.
    """
    from ministack.services import lambda_svc

    poll_sqs: Any = lambda_svc._poll_sqs
    poll_stream: Any = lambda_svc._poll_dynamodb_streams
    iterate: Any = lambda_svc._iter_all_esms

    def mappings_in_scope() -> Iterator[tuple[str, str, Mapping]]:
        is_meant = _SCOPE.get()
        return (found for found in iterate() if is_meant(found[2], found[0], found[1]))

    def poll_queues() -> Any:
        scope = _SCOPE.set(_is_queue_due)
        try:
            return poll_sqs()
        finally:
            _SCOPE.reset(scope)

    def poll_streams() -> bool:
        dispatched = False
        for account, region, mapping in iterate():
            is_free = _is_stream(mapping) and not lambda_svc._esm_inflight.get(mapping["UUID"])
            if is_free and _is_due(mapping, account, region):
                lambda_svc._dispatch_esm_batch(mapping["UUID"], poll_one, mapping["UUID"])
                dispatched = True
        return dispatched

    def poll_one(mapping_id: str) -> None:
        _SCOPE.set(lambda mapping, *_: bool(mapping["UUID"] == mapping_id))
        if not poll_stream():
            _paused_until[mapping_id] = time.monotonic() + _PAUSE

    lambda_svc._iter_all_esms = mappings_in_scope
    lambda_svc._poll_sqs = poll_queues
    lambda_svc._poll_dynamodb_streams = poll_streams


def fill_large_batches_of_queues() -> None:
    """A batch of a queue has up to ``BatchSize`` messages. It was cut at 10, what a single ReceiveMessage may return."""
    from ministack.services import sqs

    receive: Any = sqs._receive_messages_for_esm

    def receive_whole_batch(queue_url: str, max_number: int) -> list[dict[str, Any]]:
        batch: list[dict[str, Any]] = []
        while len(batch) < max_number:
            more = receive(queue_url, min(10, max_number - len(batch)))
            if not more:
                break
            batch += more
        return batch

    sqs._receive_messages_for_esm = receive_whole_batch


def serve_message_groups_side_by_side() -> None:
    """Message groups of a FIFO queue are worked on side by side, one batch of a group at a time.

    One batch of the whole queue was under way at a time, so that a group whose function takes long held up every other. Order
    needs no more: a group of which a message is under way, or has failed and waits, gives no further ones.
    """
    from ministack.services import lambda_svc

    concurrency: Any = lambda_svc._sqs_esm_concurrency

    def concurrency_as_of_any_queue(mapping: Mapping, function: Any, config: Any, queue: Any = None) -> int:
        return int(concurrency(mapping, function, config))

    lambda_svc._sqs_esm_concurrency = concurrency_as_of_any_queue


def _is_stream(mapping: Mapping) -> bool:
    return ":dynamodb:" in mapping.get("EventSourceArn", "")


def _is_queue_due(mapping: Mapping, account: str, region: str) -> bool:
    has_window = bool(mapping.get("MaximumBatchingWindowInSeconds"))
    return not _is_stream(mapping) and (not has_window or _is_due(mapping, account, region))


def _is_due(mapping: Mapping, account: str, region: str) -> bool:
    """Whether there is a full batch to read, or anything at all at the end of the batching window."""
    mapping_id = mapping["UUID"]
    now = time.monotonic()
    if _paused_until.get(mapping_id, 0) > now:
        return False
    unread = _unread(mapping, account, region)
    if not unread:
        _waiting_since.pop(mapping_id, None)
        return False
    window = float(mapping.get("MaximumBatchingWindowInSeconds") or 0)
    if mapping_id not in _waiting_since:
        _waiting_since[mapping_id] = now
        if window:
            _wake_after(window)
    if unread < mapping.get("BatchSize", 1) and now < _waiting_since[mapping_id] + window:
        return False
    del _waiting_since[mapping_id]
    return True


def _unread(mapping: Mapping, account: str, region: str) -> int:
    """How many records or messages wait for this mapping."""
    from ministack.services import dynamodb, lambda_svc, sqs

    arn = mapping["EventSourceArn"]
    if not _is_stream(mapping):
        queue = sqs._queue_by_arn(arn)
        now = time.time()
        return sum(message.get("visible_at", 0) <= now for message in list(queue["messages"])) if queue else 0
    account_token = lambda_svc._request_account_id.set(account)
    region_token = lambda_svc._request_region.set(region)
    try:
        table = arn.split("/stream/")[0].rsplit("/", 1)[-1]
        start, end = int(dynamodb.stream_start_position(table)), int(dynamodb.stream_end_position(table))
        return end - max(start, int(lambda_svc._dynamodb_stream_positions.get(mapping["UUID"], start)))
    finally:
        lambda_svc._request_account_id.reset(account_token)
        lambda_svc._request_region.reset(region_token)


def _wake_after(seconds: float) -> None:
    """Makes the poller look again then; by itself it does once a second."""
    from ministack.services import lambda_svc

    timer = threading.Timer(seconds, lambda_svc._esm_wake.set)
    timer.daemon = True
    timer.start()
