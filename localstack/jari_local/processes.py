"""Background processes that outlive the command which started them, known by pid alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .console import Problem
from .paths import shown

_LOG_TAIL_LINES = 25

#: Processes started by this very command, by pid; one that ends must be collected to be seen as ended.
_children: dict[int, subprocess.Popen[bytes]] = {}


def start(
    name: str, command: Sequence[str], log: Path, environment: Mapping[str, str], cwd: Path
) -> int:
    """Starts ``command`` detached from this terminal and returns its pid."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        try:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd=cwd,
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise Problem(f"{name} cannot start: {error.filename} is missing.", "Run `make setup build`.") from error
    _children[process.pid] = process
    # For an instant after the start the kernel shows no command line yet, as if the process had ended.
    deadline = time.monotonic() + 1
    while process.poll() is None and not command_line(process.pid) and time.monotonic() < deadline:
        time.sleep(0.005)
    return process.pid


def command_line(pid: int) -> str:
    """The command line of a running process, or an empty string."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        return raw.replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        pass
    # macOS has no /proc.
    answer = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def is_running(pid: int, marker: str) -> bool:
    """Whether ``pid`` is still the process we started: its command line contains ``marker``."""
    _reap(pid)
    return marker in command_line(pid)


def stop(pid: int, marker: str, patience: float) -> bool:
    """Asks a process of ours to stop and waits; kills it when ``patience`` seconds have passed.

    Returns whether it stopped by itself. A pid that is not ours any more is left alone.
    """
    if not is_running(pid, marker):
        return True
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not is_running(pid, marker):
            return True
        time.sleep(0.05)
    if is_running(pid, marker):
        os.kill(pid, signal.SIGKILL)
        _reap(pid)
    return False


def wait_until(name: str, is_ready: Callable[[], bool], pid: int, marker: str, log: Path, patience: float) -> None:
    """Waits for a process of ours to become ready; explains with its log when it does not."""
    deadline = time.monotonic() + patience
    while not is_ready():
        if not is_running(pid, marker):
            raise Problem(f"{name} stopped while starting.", f"Its log is {shown(log)}.", tail(log))
        if time.monotonic() > deadline:
            raise Problem(
                f"{name} is not ready after {patience:.0f} seconds.",
                f"Its log is {shown(log)}; `make stop` and try again.",
                tail(log),
            )
        time.sleep(0.05)


def tail(log: Path) -> str:
    """The last lines of a log."""
    try:
        with log.open(errors="replace") as lines:
            return "".join(deque(lines, _LOG_TAIL_LINES))
    except OSError:
        return ""


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def claim_port(name: str, port: int, flag: str) -> None:
    """Raises a Problem that names the holder when ``port`` is taken."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if family == socket.AF_INET6 and error.errno != _address_in_use():
                continue
            holder = _holder_of(port) or "another process"
            raise Problem(
                f"Port {port}, which {name} needs, is used by {holder}.",
                f"Stop that process, or choose another port with {flag}.",
            ) from error


def _address_in_use() -> int:
    import errno

    return errno.EADDRINUSE


def _holder_of(port: int) -> str:
    """Names the process listening on a port, as far as this user may see it."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, rows):
            is_listening = fields[3] == "0A"
            if is_listening and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(fields[9])
    for link in Path("/proc").glob("[0-9]*/fd/*") if inodes else ():
        try:
            match = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link))
        except OSError:
            continue
        if match and match[1] in inodes:
            pid = int(link.parts[2])
            return f"process {pid} ({command_line(pid)[:80]})"
    return ""


def _reap(pid: int) -> None:
    if pid in _children:
        _children[pid].poll()
