"""IAM: by which action, resource and conditions a call is authorised."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any


def authorise_batches_as_single_calls() -> None:
    """SQS batch calls are authorised by the single call's action, ``sqs:SendMessage`` for example.

    They were checked by names that IAM does not know, ``sqs:SendMessageBatch`` for example.
    """
    from ministack.core import iam_actions

    extract: Any = iam_actions.extract_iam_action

    def extract_single_call(service: str, *args: Any, **kwargs: Any) -> str | None:
        action: str | None = extract(service, *args, **kwargs)
        return action.removesuffix("Batch") if service == "sqs" and action else action

    iam_actions.extract_iam_action = extract_single_call


def authorise_mail_by_its_sender() -> None:
    """Mail is authorised on the sender's identity, with the condition key ``ses:FromAddress``.

    It was checked on the resource ``*`` and without that key.
    """
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
