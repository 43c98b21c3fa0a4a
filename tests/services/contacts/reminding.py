"""A process that fires the timers of contacts by a clock in a file, until it is killed: `python -m … URL FILE`."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import os  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from datetime import datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from chassis.errors import Unavailable  # noqa: E402
from chassis.store import database as store  # noqa: E402
from chassis.store.timers import Timers  # noqa: E402
from services.contacts.service import ContactsService  # noqa: E402
from services.contacts.storage.tables import metadata  # noqa: E402


def main(url: str, clock: Path) -> None:
    """Fire whatever is due, and say on the first line of the output that it began."""
    setattr(store, "utc_now", lambda: datetime.fromisoformat(clock.read_text()))  # noqa: B010 (it is the module's own)
    timers = Timers(store.Database("contacts", url, metadata), ContactsService.db.timers)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    tests = os.getppid()
    while os.getppid() == tests:  # it is not left behind by tests that were killed themselves
        try:
            if timers.fire_next():
                continue
        except Unavailable:  # the other one is writing
            pass
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
