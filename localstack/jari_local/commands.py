"""What the commands do: up, down, reset, status, and the isolated stack of the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import build, demo, environment, processes, services
from .console import Problem, say, step
from .deploy import deploy
from .paths import ROOT, TEST_LOGS, shown
from .stack import Stack, load

DEFAULT_PORTS = {"port": 4566, "gateway": 3000, "pg": 4570, "google": 4572, "push": 4574}


def up(state: Path, ports: dict[str, int], persist: bool) -> Stack:
    """Starts the local AWS and what stands in for others, and the gateway if something is deployed already."""
    stack = load(state) or Stack(state=state, persist=persist)
    if not any(services.is_running(stack, name) for name in stack.services):
        stack.services.clear()
        stack.persist = persist
        stack.gateway_port = ports["gateway"]
    services.start_ministack(stack, ports["port"])
    services.start_virtual_pg(stack, ports["pg"])
    services.start_google(stack, ports["google"])
    services.start_push_service(stack, ports["push"])
    if stack.outputs:
        services.start_gateway(stack)
    return stack


def dev(state: Path, ports: dict[str, int], persist: bool) -> None:
    """Everything from sources to an application with demo data."""
    begin = time.monotonic()
    build.build()
    stack = up(state, ports, persist)
    deploy(stack)
    demo.load(stack)
    demo.show(stack)
    say(f"  Ready after {time.monotonic() - begin:.0f} s. `make stop` stops it and keeps the data.")


def running(state: Path) -> Stack:
    """The running stack of a state folder, or a Problem."""
    stack = load(state)
    if stack is None or not services.is_running(stack, services.MINISTACK):
        raise Problem("The local AWS is not running.", "Run `make dev`.")
    return stack


def down(state: Path) -> None:
    """Stops a stack; a persistent one keeps its data."""
    stack = load(state)
    if stack is None or not stack.services:
        say("Nothing is running.")
        return
    with step("Stopping"):
        services.stop_all(stack)


def reset(state: Path) -> None:
    """Stops a stack and deletes its data."""
    down(state)
    with step(f"Deleting {shown(state)}"):
        shutil.rmtree(state, ignore_errors=True)


def status(state: Path) -> bool:
    """Prints what runs where; returns whether all of it runs."""
    stack = load(state)
    names = (services.MINISTACK, services.VIRTUAL_PG, services.GOOGLE, services.PUSH_SERVICE, services.GATEWAY)
    alive = [name for name in names if stack and services.is_running(stack, name)]
    for name in names:
        service = stack.services.get(name) if stack else None
        if service and name in alive:
            say(f"{name:14} running   port {service.port:5}   pid {service.pid:7}   {shown(Path(service.log))}")
        else:
            say(f"{name:14} stopped")
    return len(alive) == len(names)


def test_stack(command: list[str]) -> int:
    """Runs ``command`` beside a stack of its own and returns its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="jari-test-stack-"))
    code = 1
    try:
        ports = {name: processes.free_port() for name in DEFAULT_PORTS}
        stack = up(folder, ports, persist=False)
        deploy(stack)
        outputs = folder / "outputs.json"
        outputs.write_text(json.dumps(stack.outputs, indent=2))
        env = environment.base() | {
            "JARI_WEB_URL": stack.public_url,
            "JARI_API_URL": f"http://127.0.0.1:{stack.gateway_port}/api/v1",
            "JARI_AWS_ENDPOINT": stack.aws_endpoint,
            "JARI_PG_URL": stack.pg_url,
            "JARI_GOOGLE_URL": stack.google_url,
            "JARI_PUSH_URL": stack.push_url,
            "JARI_STACK_OUTPUTS": str(outputs),
            "JARI_STATE": str(folder),
        }
        say(f"▸ Running {' '.join(command)}")
        code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    finally:
        _tear_down(folder, keep_logs=code != 0)
    return code


def _tear_down(folder: Path, keep_logs: bool) -> None:
    stack = load(folder)
    if stack is not None:
        services.stop_all(stack)
    if keep_logs and (folder / "logs").is_dir():
        shutil.rmtree(TEST_LOGS, ignore_errors=True)
        shutil.copytree(folder / "logs", TEST_LOGS)
        say(f"Logs of the stack are in {shown(TEST_LOGS)}{os.sep}.")
    shutil.rmtree(folder, ignore_errors=True)
