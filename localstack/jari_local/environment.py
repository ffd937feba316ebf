"""Environments of the programs we start: no credentials of the person, never the real AWS."""

from __future__ import annotations

import os

from .paths import LOCALSTACK, VENV_BIN
from .stack import REGION, Stack

#: MiniStack accepts this pair as the account's root user.
ACCESS_KEY = "test"
SECRET_KEY = "test"


def base() -> dict[str, str]:
    """The caller's environment without AWS settings, with the tools of the virtual environment first."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment["PATH"] = f"{VENV_BIN}{os.pathsep}{environment.get('PATH', '')}"
    environment["SAM_CLI_TELEMETRY"] = "0"
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def aws(endpoint: str) -> dict[str, str]:
    """``base`` with everything AWS tools and SDKs need to reach the local AWS and nothing else."""
    return base() | {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def ministack(stack: Stack, port: int) -> dict[str, str]:
    """Settings of MiniStack, which its functions inherit."""
    settings = aws(f"http://127.0.0.1:{port}") | {
        # IAM is enforced, so that every function's policy is proved sufficient.
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "PYTHONPATH": str(LOCALSTACK),
        # Servers on fixed ports that nobody here needs and a second stack would trip over.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "S3_DATA_DIR": str(stack.state / "s3"),
        "STATE_DIR": str(stack.state / "ministack"),
        "TMPDIR": str(stack.state / "tmp"),
    }
    if stack.persist:
        settings |= {"PERSIST_STATE": "1", "S3_PERSIST": "1"}
    return settings
