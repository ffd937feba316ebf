"""What is known of one running stack, kept in ``<state>/stack.json`` between commands."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .console import Problem

STACK_NAME = "jari-local"
REGION = "us-east-1"


@dataclass
class Service:
    """A background process of the stack."""

    pid: int
    port: int
    log: str
    #: Text that its command line contains as long as the pid is ours.
    marker: str


@dataclass
class Stack:
    """Ports, processes and results of one local deployment."""

    state: Path
    persist: bool
    services: dict[str, Service] = field(default_factory=dict)
    #: Outputs of the deployed CloudFormation stack.
    outputs: dict[str, str] = field(default_factory=dict)
    #: Hash of everything that was deployed.
    deployed: str = ""
    gateway_port: int = 0

    @property
    def aws_endpoint(self) -> str:
        """Address of the local AWS."""
        return self._url("ministack")

    @property
    def pg_url(self) -> str:
        """Address of the virtual PG."""
        return self._url("virtual-pg")

    @property
    def google_url(self) -> str:
        """Address, and issuer, of the provider that stands in for Google."""
        return self._url("google")

    @property
    def push_url(self) -> str:
        """Address, and origin, of the push service."""
        return self._url("push-service")

    @property
    def public_url(self) -> str:
        """Address for people."""
        return f"http://localhost:{self.gateway_port}"

    @property
    def api_url(self) -> str:
        """The HTTP API at its stage, without the gateway."""
        return f"{self.aws_endpoint}/_aws/execute-api/{self._output('ApiId')}/$default"

    @property
    def websocket_url(self) -> str:
        """The WebSocket API at its stage, without the gateway."""
        return self._output("WebSocketUrl")

    def log(self, service: str) -> Path:
        """The log file of a service."""
        return self.state / "logs" / f"{service}.log"

    def save(self) -> None:
        """Writes ``stack.json``."""
        self.state.mkdir(parents=True, exist_ok=True)
        known = asdict(self)
        known.pop("state")
        if "ministack" in self.services:
            known["awsEndpoint"] = self.aws_endpoint
        if "virtual-pg" in self.services:
            known["pgUrl"] = self.pg_url
        if "google" in self.services:
            known["googleUrl"] = self.google_url
        if "push-service" in self.services:
            known["pushUrl"] = self.push_url
        known["publicUrl"] = self.public_url
        fresh = self.state / "stack.json.tmp"
        fresh.write_text(json.dumps(known, indent=2) + "\n")
        fresh.replace(self.state / "stack.json")

    def _output(self, name: str) -> str:
        value = self.outputs.get(name)
        if not value:
            raise Problem(f"The deployed stack has no output `{name}`.", "Add it to template.yaml.")
        return value

    def _url(self, service: str) -> str:
        return f"http://127.0.0.1:{self.services[service].port}"


def load(state: Path) -> Stack | None:
    """Reads ``stack.json``; None when there is none."""
    try:
        known: dict[str, Any] = json.loads((state / "stack.json").read_text())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise Problem(f"{state / 'stack.json'} is damaged.", "Run `make reset`.") from error
    return Stack(
        state=state,
        persist=known["persist"],
        services={name: Service(**service) for name, service in known["services"].items()},
        outputs=known["outputs"],
        deployed=known["deployed"],
        gateway_port=known["gateway_port"],
    )
