"""What operators ask of a stack, the local one or one on AWS: functions without a route, invoked until they are done."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from . import environment
from .console import Problem, say, step
from .stack import REGION, Stack

#: Invokes the function that an output of the stack names; raises Problem.
Invoke = Callable[[str, dict[str, Any]], Any]

#: A step of a rotation that is due within so many seconds is waited for.
_PATIENCE = 60.0
#: A rotation has two more steps after its beginning; each may be found not quite due once.
_STEPS = 4
#: Longer than a function may run; a call that is repeated because nobody waited for its answer would run twice.
_CONFIG = Config(read_timeout=910, retries={"total_max_attempts": 1})


def in_local(stack: Stack) -> Invoke:
    """Of a running local stack."""
    client = boto3.client(
        "lambda",
        endpoint_url=stack.aws_endpoint,
        region_name=REGION,
        aws_access_key_id=environment.ACCESS_KEY,
        aws_secret_access_key=environment.SECRET_KEY,
        config=_CONFIG,
    )
    return _invoker(client, stack.outputs, "Run `make dev`.")


def on_aws(name: str) -> Invoke:
    """Of a stack on AWS, with the credentials and the region in the environment."""
    outputs = outputs_on_aws(name)
    return _invoker(boto3.client("lambda", config=_CONFIG), outputs, f"Deploy {name}.")


def outputs_on_aws(name: str) -> dict[str, str]:
    """The outputs of a stack on AWS, with the credentials and the region in the environment; raises Problem."""
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    except (BotoCoreError, ClientError) as error:
        raise Problem(f"The stack {name} cannot be asked: {error}", "Check its name, AWS_PROFILE and AWS_REGION.") from error
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def _invoker(client: Any, outputs: dict[str, str], remedy: str) -> Invoke:
    def invoke(output: str, payload: dict[str, Any]) -> Any:
        if output not in outputs:
            raise Problem(f"The deployed stack has no output `{output}`.", remedy)
        try:
            answer = client.invoke(FunctionName=outputs[output], Payload=json.dumps(payload))
        except (BotoCoreError, ClientError) as error:
            raise Problem(f"{outputs[output]} cannot be invoked: {error}", "Run it again; every step may be repeated.") from error
        body = json.loads(answer["Payload"].read() or "null")
        if "FunctionError" in answer:
            raise Problem(
                f"{outputs[output]} failed.", "See its log, then run it again; every step may be repeated.", json.dumps(body, indent=2)
            )
        return body

    return invoke


def rotate_signing_key(invoke: Invoke, advance: bool) -> None:
    """Begins a rotation, or with ``advance`` only goes on with one, and waits for the steps that are due soon."""
    with step("Rotating the signing key") as remarks:
        answer = invoke("RotateSigningKeyFunction", {} if advance else {"start": True})
        for _ in range(_STEPS):
            wait = _seconds_until(answer["nextStepAt"])
            if answer["stage"] == "steady" or wait > _PATIENCE:
                break
            time.sleep(max(wait, 0))
            answer = invoke("RotateSigningKeyFunction", {})
        remarks.append(answer["stage"])
    say(json.dumps(answer, indent=2))


def replay(invoke: Invoke) -> None:
    """Builds the read models of sales anew from the event store, over as many invocations as it takes."""
    with step("Replaying the events") as remarks:
        calls, answer = 1, invoke("ReplayEventsFunction", {})
        while answer.get("cursor"):
            calls, answer = calls + 1, invoke("ReplayEventsFunction", {"cursor": answer["cursor"]})
        remarks.append(f"{answer['events']} events in {calls} calls")
    say(json.dumps(answer, indent=2, ensure_ascii=False))


def _seconds_until(moment: str) -> float:
    return (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds()
