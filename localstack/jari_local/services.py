"""Starting and stopping the processes of a stack: MiniStack, virtual PG, Google, push service, gateway."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request

from . import environment, processes
from .console import Problem, say, step
from .paths import DEMO_DATA, LOCALSTACK, ROOT, TARGET, VENV_BIN, WEB_DIST
from .stack import Service, Stack

#: Seconds to become ready; the first start of MiniStack compiles its Python files.
_MINISTACK_PATIENCE = 60.0
_SERVER_PATIENCE = 10.0
#: Seconds to stop; MiniStack writes its state then.
_STOP_PATIENCE = 30.0

MINISTACK = "ministack"
VIRTUAL_PG = "virtual-pg"
GOOGLE = "google"
PUSH_SERVICE = "push-service"
GATEWAY = "local-gateway"


def is_running(stack: Stack, name: str) -> bool:
    """Whether a service of this stack runs."""
    service = stack.services.get(name)
    return service is not None and processes.is_running(service.pid, service.marker)


def start_ministack(stack: Stack, port: int) -> None:
    """Starts the local AWS, with the state of last time if there is any."""
    if is_running(stack, MINISTACK):
        return
    processes.claim_port("the local AWS", port, "--port")
    # Unpacked functions of former versions gather here; MiniStack unpacks again what it needs.
    shutil.rmtree(stack.state / "tmp", ignore_errors=True)
    (stack.state / "tmp").mkdir(parents=True)
    command = [str(VENV_BIN / "python"), "-m", "jari_local.ministack", str(stack.state)]
    with step(f"Starting the local AWS on port {port}"):
        _start(stack, MINISTACK, command, port, environment.ministack(stack, port), "/_ministack/health", _MINISTACK_PATIENCE)


def start_virtual_pg(stack: Stack, port: int) -> None:
    """Starts the payment gateway, which reports late approvals to our gateway."""
    if is_running(stack, VIRTUAL_PG):
        return
    processes.claim_port("the virtual payment gateway", port, "--pg-port")
    callback = f"http://127.0.0.1:{stack.gateway_port}/api/v1/payments/webhook"
    command = [_binary(VIRTUAL_PG), "--port", str(port), "--callback-url", callback]
    if stack.persist:
        command += ["--state-file", str(stack.state / "virtual-pg.json")]
    with step(f"Starting the virtual payment gateway on port {port}"):
        _start(stack, VIRTUAL_PG, command, port, environment.base(), "/_virtual-pg/payments", _SERVER_PATIENCE)


def start_google(stack: Stack, port: int) -> None:
    """Starts the provider behind the log-in with Google, which sends browsers back to our gateway."""
    if is_running(stack, GOOGLE):
        return
    processes.claim_port("the stand-in for Google", port, "--google-port")
    command = [str(VENV_BIN / "python"), "-m", "jari_local.google", f"--port={port}", "--redirect-origin", stack.public_url]
    command += ["--people", str(DEMO_DATA / "demo.json")]
    env = environment.base() | {"PYTHONPATH": str(LOCALSTACK)}
    with step(f"Starting the stand-in for Google on port {port}"):
        _start(stack, GOOGLE, command, port, env, "/.well-known/openid-configuration", _SERVER_PATIENCE)


def start_push_service(stack: Stack, port: int) -> None:
    """Starts the push service, which keeps what browsers would be sent."""
    if is_running(stack, PUSH_SERVICE):
        return
    processes.claim_port("the push service", port, "--push-port")
    command = [_binary(PUSH_SERVICE), "--port", str(port)]
    with step(f"Starting the push service on port {port}"):
        _start(stack, PUSH_SERVICE, command, port, environment.base(), "/_push-service/messages", _SERVER_PATIENCE)


def start_gateway(stack: Stack) -> None:
    """Starts the front door before the deployed APIs and the pages, anew if one of them is another one now."""
    port = stack.gateway_port
    command = [_binary(GATEWAY), "--port", str(port), "--api-url", stack.api_url, "--websocket-url", stack.websocket_url]
    command += ["--aws-endpoint", stack.aws_endpoint, "--checkout-url", f"{stack.pg_url}/checkout", "--web", str(WEB_DIST)]
    if is_running(stack, GATEWAY):
        if " ".join(command) in processes.command_line(stack.services[GATEWAY].pid):
            return
        stop_service(stack, GATEWAY)
    processes.claim_port("the web gateway", port, "--gateway-port")
    with step(f"Starting the web gateway on port {port}"):
        _start(stack, GATEWAY, command, port, environment.base(), "/", _SERVER_PATIENCE)


def stop_service(stack: Stack, name: str) -> None:
    """Stops one service, if it runs."""
    service = stack.services.get(name)
    if service and not processes.stop(service.pid, service.marker, _STOP_PATIENCE):
        say(f"  {name} did not stop by itself and was killed; it may have lost its latest changes.")
    stack.services.pop(name, None)
    stack.save()


def stop_all(stack: Stack) -> None:
    """Stops what runs, the front door first."""
    for name in (GATEWAY, PUSH_SERVICE, GOOGLE, VIRTUAL_PG, MINISTACK):
        stop_service(stack, name)


def _start(stack: Stack, name: str, command: list[str], port: int, env: dict[str, str], path: str, patience: float) -> None:
    log = stack.log(name)
    marker = " ".join(command[:4])
    pid = processes.start(name, command, log, env, ROOT)
    stack.services[name] = Service(pid=pid, port=port, log=str(log), marker=marker)
    stack.save()
    processes.wait_until(name, lambda: _answers(port, path), pid, marker, log, patience)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _binary(name: str) -> str:
    """The newest build of one of our programs; cargo may or may not add the target's name to the path."""
    builds = [path for path in (TARGET / "debug" / name, *TARGET.glob(f"*/debug/{name}")) if path.exists()]
    if not builds:
        raise Problem(f"The program {name} is not built.", "Run `make build`.")
    return str(max(builds, key=lambda path: path.stat().st_mtime))
