"""MiniStack as a program, with five defects of version 1.5.33 repaired.

1. When a nested stack is updated, the attributes of every resource in it that did not change are
   forgotten, so that the update fails at the first ``Fn::GetAtt`` of such a resource ("Requested
   attribute Arn does not exist in schema"), and the rollback after it too.
2. The records of DynamoDB streams are not saved on shutdown, but the positions of their readers are:
   after a restart a function misses the records it had not read and as many new ones as it had.
3. A stream function's ``batchItemFailures`` are taken for success. Here they fail the batch, which is
   then delivered again as a whole, as it is for any other failure.
4. IAM checks the SQS batch calls by names that IAM does not know, ``sqs:SendMessageBatch`` for example;
   AWS authorises them by the single call's name.
5. IAM checks mail on the resource ``*`` and without the condition key ``ses:FromAddress``; AWS checks it
   on the sender's identity.

Arguments are ignored; they only name the stack in the list of processes.
"""

from __future__ import annotations

import copy
import json
import sys
from email.utils import parseaddr
from typing import Any


def main() -> None:
    """Runs MiniStack in the foreground; its settings come from the environment."""
    _keep_attributes_of_unchanged_resources()
    _save_stream_records()
    _heed_stream_failures()
    _authorise_batches_as_single_calls()
    _authorise_mail_by_its_sender()
    from ministack.app import main as run

    sys.argv = ["ministack"]
    run()


def _keep_attributes_of_unchanged_resources() -> None:
    from ministack.services import cloudformation
    from ministack.services.cloudformation import provisioners

    update: Any = provisioners._update_resource

    def update_with_attributes(
        resource_type: str,
        physical_id: str,
        old_props: dict[str, Any],
        new_props: dict[str, Any],
        stack_name: str,
        logical_id: str | None = None,
        old_attrs: dict[str, Any] | None = None,
    ) -> Any:
        if old_attrs is None:
            stack = cloudformation._stacks.get(stack_name) or {}
            old_attrs = stack.get("_resources", {}).get(logical_id, {}).get("Attributes")
        return update(resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs)

    provisioners._update_resource = update_with_attributes


def _save_stream_records() -> None:
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


def _heed_stream_failures() -> None:
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


def _authorise_batches_as_single_calls() -> None:
    from ministack.core import iam_actions

    extract: Any = iam_actions.extract_iam_action

    def extract_single_call(service: str, *args: Any, **kwargs: Any) -> str | None:
        action: str | None = extract(service, *args, **kwargs)
        return action.removesuffix("Batch") if service == "sqs" and action else action

    iam_actions.extract_iam_action = extract_single_call


def _authorise_mail_by_its_sender() -> None:
    from ministack.core import iam_actions

    resource: Any = iam_actions.extract_resource_arn
    context: Any = iam_actions.request_tag_context

    def resource_of_mail(
        service: str, method: str, path: str, headers: Any, body: Any, params: Any, region: str, account: str
    ) -> Any:
        if sender := _sender(service, params):
            return f"arn:aws:ses:{region}:{account}:identity/{sender}"
        return resource(service, method, path, headers, body, params, region, account)

    def context_with_sender(service: str, action: str, body: Any, params: Any) -> dict[str, Any]:
        known = dict(context(service, action, body, params))
        if sender := _sender(service, params):
            known["ses:FromAddress"] = sender
        return known

    iam_actions.extract_resource_arn = resource_of_mail
    iam_actions.request_tag_context = context_with_sender


def _sender(service: str, params: Any) -> str:
    """The address in the ``Source`` of a mail, which may be given with a name; empty for anything else."""
    if service != "ses":
        return ""
    source = params.get("Source", "")
    return parseaddr(source[0] if isinstance(source, list) else source)[1]


if __name__ == "__main__":
    main()
