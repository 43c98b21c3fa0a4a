"""`python -m crm.schemas write|check`."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # known; it comes with the service classes

from chassis.errors import Misconfigured  # noqa: E402
from crm.schemas import documents  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the documents of the events; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m crm.schemas", description="The documents of the events.")
    actions = parser.add_subparsers(dest="action", required=True)
    write = actions.add_parser("write", help="write docs/events from the event classes")
    write.add_argument("--anew", action="store_true", help="also where it breaks a schema: nobody has received it yet")
    check = actions.add_parser("check", help="fail where docs/events says other than the event classes do")
    check.add_argument("--against", metavar="REVISION", help="fail also where a schema of this commit is broken")
    chosen = parser.parse_args(arguments)
    try:
        return _write(chosen.anew) if chosen.action == "write" else _check(chosen.against)
    except Misconfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _write(anew: bool) -> int:
    return _tell(documents.write(anew=anew), "Published schemas only grow: raise the class's version, or put it back.")


def _check(against: str | None) -> int:
    promises = documents.broken(documents.written(), documents.generated())
    if against is not None:
        promises += documents.broken(documents.committed(against), documents.generated())
    return _tell(promises, "Published schemas only grow: raise the class's version, or put it back.") or _tell(
        documents.differences(), "docs/events is not up to date: run `make schema` and commit what it writes."
    )


def _tell(faults: Sequence[str], advice: str) -> int:
    if not faults:
        return 0
    sys.stderr.writelines(f"{line}\n" for line in (*dict.fromkeys(faults), advice))
    return 1


if __name__ == "__main__":
    sys.exit(main())
