"""Building every function, the local servers and the web pages, and packing what changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import environment, web
from .console import Problem, step
from .paths import LAMBDA_ZIPS, ROOT

#: What was built last, see `_sources`.
_STAMP = LAMBDA_ZIPS / "sources.stamp"
#: Level 6 makes archives 15 % smaller and takes three times as long.
_COMPRESSION = 1
#: Archives of equal content are equal, whenever they were made.
_ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)


def build() -> None:
    """Brings functions, local servers and web pages up to date."""
    _build_programs()
    web.build()


def _build_programs() -> None:
    """Compiles all functions in one run, then packs each whose program changed."""
    functions = function_names()
    sources = _sources()
    if _STAMP.exists() and _STAMP.read_text() == sources:
        with step("Building") as remarks:
            remarks.append("nothing changed")
        return
    # `--workspace`, as tests are compiled: cargo unites features over the packages that it is asked for.
    with step("Compiling the functions") as remarks:
        _run(["cargo", "lambda", "build", "--compiler", "cargo", "--workspace", *_named(functions)])
        remarks.append(f"{len(functions)} functions")
    with step("Compiling the local servers"):
        _run(["cargo", "build", "--workspace", *_named(_programs("localstack/servers"))])
    with step("Packing the functions") as remarks:
        programs = sorted(LAMBDA_ZIPS.glob("*/bootstrap"))
        _remove_orphans(functions, programs)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            packed = sum(pool.map(pack, programs))
        remarks.append(f"{packed} of {len(programs)} changed")
    LAMBDA_ZIPS.mkdir(parents=True, exist_ok=True)
    _STAMP.write_text(sources)


def _sources() -> str:
    """A hash that changes with every edit and with the compiler, made without reading the files.

    cargo would know better, but cargo-lambda copies all programs, gigabytes of them, on every run.
    """
    digest = hashlib.sha256(subprocess.run(["rustc", "--version"], capture_output=True, check=False).stdout)
    files = [ROOT / name for name in ("Cargo.toml", "Cargo.lock", ".cargo/config.toml")]
    for folder in ("crates", "functions", "localstack/servers"):
        files += sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in filter(Path.exists, files):
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def function_names() -> list[str]:
    """The names of all functions, which are those of their programs."""
    return sorted(name for package in (ROOT / "functions").iterdir() for name in _programs(package))


def _programs(package: str | Path) -> list[str]:
    """The names of a package's programs."""
    return sorted(source.stem for source in (ROOT / package / "src" / "bin").glob("*.rs"))


def _named(programs: list[str]) -> list[str]:
    """cargo's options for so many programs."""
    return [word for name in programs for word in ("--bin", name)]


def pack(program: Path) -> bool:
    """Zips a program beside itself unless that was done already; returns whether it was needed."""
    archive, stamp = program.with_name("bootstrap.zip"), program.with_name("bootstrap.stamp")
    with program.open("rb") as content:
        wanted = hashlib.file_digest(content, "sha256").hexdigest()
    if archive.exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    with tempfile.TemporaryDirectory(dir=program.parent) as scratch:
        fresh = Path(scratch) / "fresh.zip"
        entry = zipfile.ZipInfo("bootstrap", _ARCHIVE_DATE)
        entry.external_attr = 0o755 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(fresh, "w") as target:
            target.writestr(entry, program.read_bytes(), compresslevel=_COMPRESSION)
        fresh.replace(archive)
    stamp.write_text(wanted)
    return True


def _remove_orphans(functions: list[str], programs: list[Path]) -> None:
    """Forgets functions that no longer exist, so that nothing old can be deployed by mistake."""
    for program in [program for program in programs if program.parent.name not in functions]:
        shutil.rmtree(program.parent)
        programs.remove(program)


def _run(command: list[str]) -> None:
    result = subprocess.run(command, cwd=ROOT, env=environment.base(), check=False)
    if result.returncode != 0:
        raise Problem(f"`{' '.join(command[:3])}` failed.", "The compiler's message is above.")
