"""Streams of DynamoDB tables: what they keep, and what counts as a failure."""

from __future__ import annotations

import copy
import json
from typing import Any


def save_stream_records() -> None:
    """Stream records outlive a restart, as the positions of their readers do.

    They were lost: after a restart a function missed the records it had not read, and as many new ones as it had.
    """
    from ministack.services import dynamodb

    get_state, restore_state = dynamodb.get_state, dynamodb._restore_state

    def get_state_with_streams() -> dict[str, Any]:
        streams = {
            "stream_records": copy.deepcopy(dynamodb._stream_records),
            "stream_trimmed": copy.deepcopy(dynamodb._stream_trimmed),
            "stream_sequence": dynamodb._stream_seq_counter,
        }
        return dict(get_state()) | streams

    def restore_state_with_streams(data: dict[str, Any] | None) -> None:
        restore_state(data)
        if data:
            dynamodb._stream_records.update(data.get("stream_records", {}))
            dynamodb._stream_trimmed.update(data.get("stream_trimmed", {}))
            dynamodb._stream_seq_counter = data.get("stream_sequence", 0)

    dynamodb.get_state = get_state_with_streams
    dynamodb._restore_state = restore_state_with_streams


def heed_stream_failures() -> None:
    """A stream function's ``batchItemFailures`` fail its batch, which is then delivered again as a whole.

    They were taken for success. AWS would begin again at the first failed record; the whole batch is what MiniStack does
    after any other failure.
    """
    from ministack.services import lambda_svc

    execute: Any = lambda_svc._execute_function

    def execute_heeding_failures(function: Any, event: Any, *args: Any, **kwargs: Any) -> Any:
        result = execute(function, event, *args, **kwargs)
        if _is_stream_batch(event) and isinstance(result, dict) and not result.get("error"):
            if failures := _batch_item_failures(result.get("body")):
                problem = {"errorType": "BatchItemFailures", "errorMessage": f"{len(failures)} records failed"}
                return result | {"error": True, "body": problem}
        return result

    lambda_svc._execute_function = execute_heeding_failures


def _batch_item_failures(body: Any) -> list[Any]:
    if isinstance(body, str | bytes):
        try:
            body = json.loads(body)
        except ValueError:
            return []
    return (body.get("batchItemFailures") or []) if isinstance(body, dict) else []


def _is_stream_batch(event: Any) -> bool:
    records = event.get("Records") if isinstance(event, dict) else None
    return bool(records) and records[0].get("eventSource") == "aws:dynamodb"
