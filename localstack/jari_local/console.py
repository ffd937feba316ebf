"""What people see: steps with durations, and failures that say what to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_IS_TERMINAL = sys.stdout.isatty()


class Problem(Exception):
    """A failure a person can do something about.

    ``what`` says what is wrong, ``remedy`` what to do, ``details`` is raw output worth seeing.
    """

    def __init__(self, what: str, remedy: str = "", details: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.details = details


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _IS_TERMINAL else text


def say(text: str = "") -> None:
    """Prints a line at once, also when the output is piped."""
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[list[str]]:
    """Prints ``name``, and when the block ends how long it took.

    Strings appended to the yielded list are shown beside the duration.
    """
    say(f"{_paint('▸', '36')} {name} …")
    remarks: list[str] = []
    begin = time.monotonic()
    try:
        yield remarks
    except BaseException:
        say(f"{_paint('✗', '31')} {name} ({time.monotonic() - begin:.1f} s)")
        raise
    remark = f"  {', '.join(remarks)}" if remarks else ""
    say(f"{_paint('✓', '32')} {name} ({time.monotonic() - begin:.1f} s){remark}")


def report(problem: Problem) -> None:
    """Prints a failure and its remedy to standard error."""
    if problem.details:
        print(f"\n{problem.details.rstrip()}", file=sys.stderr)
    print(f"\n{_paint('Problem:', '31;1')} {problem.what}", file=sys.stderr)
    if problem.remedy:
        print(f"{_paint('To do:', '33;1')}   {problem.remedy}", file=sys.stderr)
    sys.stderr.flush()
