"""Deploying the application to a running local AWS, only when something changed."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import boto3

from . import cfn_yaml, environment, local_template, processes, services
from .console import Problem, step
from .paths import INFRA, LOCALSTACK, ROOT, TEMPLATE, shown
from .stack import REGION, STACK_NAME, Stack

_BUCKET = "jari-local-deployments"
_SAM_CONFIG = ROOT / "samconfig.toml"
_PARAMETERS = LOCALSTACK / "parameters.json"


def deploy(stack: Stack) -> None:
    """Brings the application in the local AWS up to date and puts the gateway before it."""
    if not TEMPLATE.exists():
        raise Problem(f"{shown(TEMPLATE)} is missing.", "Run this in a complete checkout.")
    template = _derive(stack)
    parameters = _parameters(stack, template)
    fingerprint = _fingerprint(template, parameters)
    if fingerprint == stack.deployed and _exists(stack):
        with step("Deploying") as remarks:
            remarks.append("nothing changed")
    else:
        _deploy(stack, template, parameters)
        stack.deployed = fingerprint
        stack.save()
    services.start_gateway(stack)


def client(stack: Stack, service: str) -> Any:
    """A boto3 client for the local AWS."""
    return boto3.client(
        service,
        endpoint_url=stack.aws_endpoint,
        region_name=REGION,
        aws_access_key_id=environment.ACCESS_KEY,
        aws_secret_access_key=environment.SECRET_KEY,
    )


def _derive(stack: Stack) -> dict[str, Any]:
    try:
        template = local_template.derive(cfn_yaml.load_file(TEMPLATE))
    except local_template.UnsupportedTemplate as error:
        raise Problem(f"template.yaml cannot be deployed locally: {error}.", "Correct the template.") from error
    template = local_template.with_local_addresses(template, stack.aws_endpoint)
    return local_template.with_absolute_paths(template, ROOT)


def _parameters(stack: Stack, template: dict[str, Any]) -> dict[str, str]:
    """The parameters of samconfig.toml's environment ``local``, corrected for this stack and machine.

    What has to be corrected says ``localstack/parameters.json``. SAM itself would not merge the two:
    overrides on its command line replace those of its file.
    """
    facts = {
        "architecture": "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64",
        "awsEndpoint": stack.aws_endpoint,
        "googleUrl": stack.google_url,
        "pgUrl": stack.pg_url,
        "publicUrl": stack.public_url,
        "pushUrl": stack.push_url,
    }
    corrections: dict[str, str] = json.loads(_PARAMETERS.read_text())
    known = template.get("Parameters", {})
    parameters = _samconfig_parameters()
    parameters |= {name: value.format(**facts) for name, value in corrections.items() if name in known}
    return parameters


def _samconfig_parameters() -> dict[str, str]:
    if not _SAM_CONFIG.exists():
        return {}
    settings = tomllib.loads(_SAM_CONFIG.read_text()).get("local", {}).get("deploy", {}).get("parameters", {})
    overrides = settings.get("parameter_overrides", [])
    words = shlex.split(overrides) if isinstance(overrides, str) else overrides
    return dict(word.split("=", 1) for word in words)


def _fingerprint(template: dict[str, Any], parameters: dict[str, str]) -> str:
    """A hash of everything that decides what is deployed: templates, parameters, archives."""
    digest = hashlib.sha256()
    digest.update(json.dumps([template, parameters], sort_keys=True, default=str).encode())
    for path in [*sorted(INFRA.glob("*.yaml")), *local_template.archives(template)]:
        if not path.exists():
            raise Problem(f"{shown(path)} is missing, which the template names.", "Run `make build`.")
        digest.update(f"{path}\0".encode())
        digest.update(_content_hash(path))
    return digest.hexdigest()


def _content_hash(path: Path) -> bytes:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            with file.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.digest()


def _exists(stack: Stack) -> bool:
    """Whether the stack is there and sound: a reset or crash of the local AWS may have lost it."""
    cloudformation = client(stack, "cloudformation")
    try:
        found = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    except (cloudformation.exceptions.ClientError, IndexError):
        return False
    return str(found["StackStatus"]) in ("CREATE_COMPLETE", "UPDATE_COMPLETE")


def _deploy(stack: Stack, template: dict[str, Any], parameters: dict[str, str]) -> None:
    stack.state.mkdir(parents=True, exist_ok=True)
    path = stack.state / "template.yaml"
    path.write_text(cfn_yaml.dump(template))
    with step("Deploying"):
        s3 = client(stack, "s3")
        if _BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
            s3.create_bucket(Bucket=_BUCKET)
        _remove_failed(stack)
        _run_sam(stack, path, parameters)
        stack.outputs = _outputs(stack)


def _remove_failed(stack: Stack) -> None:
    """A stack whose creation failed can only be deleted, on AWS as here."""
    cloudformation = client(stack, "cloudformation")
    try:
        found = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    except (cloudformation.exceptions.ClientError, IndexError):
        return
    if found["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"):
        cloudformation.delete_stack(StackName=STACK_NAME)
        cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=STACK_NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )


def _run_sam(stack: Stack, template: Path, parameters: dict[str, str]) -> None:
    command = ["sam", "deploy", "--template-file", str(template), "--stack-name", STACK_NAME, "--s3-bucket", _BUCKET]
    command += ["--region", REGION, "--no-confirm-changeset", "--no-fail-on-empty-changeset"]
    command += ["--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
    if parameters:
        command += ["--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())]
    log = stack.log("deploy")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        env = environment.aws(stack.aws_endpoint)
        result = subprocess.run(command, env=env, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise Problem(
            "The deployment failed.",
            f"See {shown(log)} and {shown(stack.log(services.MINISTACK))}.",
            processes.tail(log),
        )


def _outputs(stack: Stack) -> dict[str, str]:
    found = client(stack, "cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
