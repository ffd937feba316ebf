"""The web pages: installing their packages, building them, running their tests in a browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from . import environment
from .console import Problem, say, step
from .paths import BROWSER_TESTS, ROOT, TARGET, WEB, WEB_DIST, shown

#: What was built last, see `_sources`.
_STAMP = TARGET / "web.stamp"
#: Folders of `web/` that are made of the others.
_MADE = ("node_modules", "dist")
#: Names that Chromium, or a browser like it, goes by.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: The browser and letters for Korean, on Debian and Ubuntu.
_PACKAGES = ("chromium", "fonts-noto-cjk")


def build() -> None:
    """Builds the pages into ``web/dist``, unless nothing changed."""
    sources = _sources()
    if (WEB_DIST / "index.html").exists() and _STAMP.exists() and _STAMP.read_text() == sources:
        return
    install(WEB)
    with step("Building the web pages"):
        if npm(WEB, ["run", "build", "--silent", "--", "--logLevel", "warn"]) != 0:
            raise Problem("The web pages cannot be built.", "The message of Vite is above.")
    _STAMP.parent.mkdir(exist_ok=True)
    _STAMP.write_text(sources)


def install(folder: Path) -> None:
    """Installs the packages of a folder exactly as its lock file says, unless that was done already."""
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / ".lock.sha256"
    if not lock.exists():
        raise Problem(f"{shown(lock)} is missing.", "Run this in a complete checkout.")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step(f"Installing the packages of {shown(folder)}"):
        if npm(folder, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) != 0:
            raise Problem("The packages could not be installed.", "Check the network connection and npm's message above.")
        # A lock file without packages leaves no folder behind.
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted)


def npm(folder: Path, arguments: list[str], env: dict[str, str] | None = None) -> int:
    """Runs npm in a folder and returns its exit code."""
    return subprocess.run(["npm", *arguments], cwd=folder, env=env or environment.base(), check=False).returncode


def browser_tests(arguments: list[str]) -> int:
    """Runs the tests in ``tests/browser`` against the stack that the ``JARI_…`` variables name.

    Without a browser they are left out, which is said plainly; on a CI machine that is a failure.
    """
    browser = find_browser() or _installed_browser()
    if browser is None:
        how = f"Debian/Ubuntu: `sudo apt-get install {' '.join(_PACKAGES)}`; elsewhere set CHROMIUM_PATH to a Chromium or Chrome."
        if _is_ci():
            raise Problem("The browser tests need Chromium, and there is none.", how)
        say("\n  !! SKIPPED: the browser tests. No Chromium was found.")
        say(f"  !! {how}\n")
        return 0
    install(BROWSER_TESTS)
    say(f"▸ Running the browser tests in {browser}")
    return npm(BROWSER_TESTS, ["test", *arguments], environment.base() | {"CHROMIUM_PATH": browser})


def find_browser() -> str | None:
    """The browser to test in: that of CHROMIUM_PATH, else the first that is installed."""
    named = os.environ.get("CHROMIUM_PATH")
    if named and shutil.which(named) is None:
        raise Problem(f"CHROMIUM_PATH names {named}, which cannot be run.", "Correct it, or unset it.")
    return named or next(filter(None, map(shutil.which, _BROWSERS)), None)


def _installed_browser() -> str | None:
    """Installs a browser where that is nobody's desktop: on a CI machine, or as root."""
    is_root = os.geteuid() == 0
    if shutil.which("apt-get") is None or not (is_root or (_is_ci() and shutil.which("sudo"))):
        return None
    apt = ["apt-get"] if is_root else ["sudo", "apt-get"]
    env = environment.base() | {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {' and '.join(_PACKAGES)}"):
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *_PACKAGES]):
            done = subprocess.run([*apt, *command], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                say(done.stdout)
                return None
    return find_browser()


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def _sources() -> str:
    """A hash that changes with every edit, made without reading the files."""
    digest = hashlib.sha256()
    for path in sorted(_files(WEB)):
        facts = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_file():
            yield path
        elif path.is_dir() and path.name not in _MADE:
            yield from _files(path)
