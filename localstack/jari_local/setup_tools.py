"""Installing the pinned tools and saying what else a machine lacks. Needs nothing but Python itself."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass

from .console import Problem, step
from .paths import REQUIREMENTS_LOCK, ROOT, VENV, VENV_BIN, shown

_STAMP = VENV / "requirements.sha256"


@dataclass(frozen=True)
class Tool:
    """A program the machine must bring along."""

    name: str
    command: tuple[str, ...]
    minimum: tuple[int, ...]
    needed_for: str
    remedy: str


def setup() -> None:
    """Checks the machine and brings the virtual environment up to date."""
    _check_machine()
    if _is_current():
        return
    with step(f"Installing the pinned tools into {shown(VENV)}"):
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
        pip = [str(VENV_BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        result = subprocess.run([*pip, "--requirement", str(REQUIREMENTS_LOCK)], cwd=ROOT, check=False)
        if result.returncode != 0:
            raise Problem("The tools could not be installed.", "Check the network connection and pip's message above.")
        _STAMP.write_text(_wanted_stamp())


def _tools() -> list[Tool]:
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]
    rust = _version(workspace["package"]["rust-version"])
    rustup = "Install or update it with rustup (https://rustup.rs), then `rustup update stable`."
    return [
        Tool("Rust", ("rustc", "--version"), rust, "compiling everything", rustup),
        Tool("Cargo", ("cargo", "--version"), rust, "compiling everything", rustup),
        Tool(
            "A C linker",
            ("cc", "--version"),
            (),
            "linking Rust programs",
            "Debian/Ubuntu: `sudo apt-get install build-essential`; macOS: `xcode-select --install`.",
        ),
        Tool(
            "Node.js",
            ("node", "--version"),
            (20, 19),
            "building the web pages",
            "Install Node.js 20.19 or newer (https://nodejs.org).",
        ),
        Tool("npm", ("npm", "--version"), (), "building the web pages", "It comes with Node.js; on Debian/Ubuntu as the package `npm`."),
    ]


def _check_machine() -> None:
    if sys.version_info < (3, 11):
        raise Problem(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", "Install a newer Python.")
    missing = []
    for tool in _tools():
        found = _found_version(tool.command)
        wanted = ".".join(map(str, tool.minimum))
        if found is not None and found >= tool.minimum:
            continue
        state = "is missing" if found is None else f"is {'.'.join(map(str, found))}, but {wanted} is needed"
        missing.append(f"{tool.name} {state} (for {tool.needed_for}). {tool.remedy}")
    if missing:
        raise Problem("This machine lacks:\n  - " + "\n  - ".join(missing), "Install them and run this again.")


def _found_version(command: tuple[str, ...]) -> tuple[int, ...] | None:
    """The version a program reports; empty when it reports none, None when it is missing or broken."""
    if shutil.which(command[0]) is None:
        return None
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return _version(answer.stdout) if answer.returncode == 0 else None


def _version(text: str) -> tuple[int, ...]:
    match = re.search(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, match[0].split("."))) if match else ()


def _wanted_stamp() -> str:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(f"{python}\n{REQUIREMENTS_LOCK.read_text()}".encode()).hexdigest()


def _is_current() -> bool:
    return (VENV_BIN / "ministack").exists() and _STAMP.exists() and _STAMP.read_text() == _wanted_stamp()
