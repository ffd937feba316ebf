"""MiniStack as a program, with the defects of version 1.5.33 that matter here repaired (package ``repairs``).

Arguments are ignored; they only name the stack in the list of processes.
"""

from __future__ import annotations

import sys

from . import repairs


def main() -> None:
    """Runs MiniStack in the foreground; its settings come from the environment."""
    repairs.all_of_them()
    from ministack.app import main as run

    sys.argv = ["ministack"]
    run()


if __name__ == "__main__":
    main()
