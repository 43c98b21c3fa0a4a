"""How much processor time processes have used."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: Iterable[int]) -> float:
    """Give the user and system time of processes and of their children, those that have ended among them, seconds."""
    wanted = set(pids)
    total = 0.0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # the name stands in parentheses and may hold spaces; what follows it does not
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid, parent = int(folder.name), int(fields[1])
            if pid in wanted or parent in wanted:
                wanted.add(pid)
                # its own, and that of the children it has waited for: a server's workers come and go
                total += sum(map(int, fields[11:15])) / _TICK
    return total
