"""Where the command line begins: `crm …` and `python -m crm …`."""

from __future__ import annotations

import sys
import warnings

_UNDER_EVENTLET = {"run", "serve"}


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # eventlet says at every start that it is in maintenance; why it is used all the same is in docs/
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    if _UNDER_EVENTLET.intersection(sys.argv[1:2]):
        # before anything else is imported: what took a lock or a socket class earlier would keep the unpatched one
        import eventlet

        eventlet.monkey_patch()
    from crm.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
