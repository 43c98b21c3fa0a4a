"""Sheets of XLSX files: read in a process of their own, whose memory is bounded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from chassis.errors import Misconfigured

_READER = Path(__file__).with_name("sheet_process.py")
MEMORY = 2 << 30
"""Bytes that reading a sheet may take; one of a million rows and ten columns takes less than half of it."""


def count_rows(path: Path, sheet: str) -> int:
    """Count the rows of a sheet; raise Misconfigured as `read_sheet` does."""
    with closing(_found(path, sheet, MEMORY)) as found:
        return int(next(found)["rows"])


def read_sheet(path: Path, sheet: str, *, memory: int = MEMORY) -> Generator[list[str] | None]:
    """Give the rows of a sheet as texts, from its first row on, empty ones too; None for one that is too long.

    Raise Misconfigured if the file is not there, is no XLSX file, is larger than it says, or has no such sheet.
    """
    with closing(_found(path, sheet, memory)) as found:
        next(found)
        yield from found


def _found(path: Path, sheet: str, memory: int) -> Generator[Any]:
    if not path.is_file():
        raise Misconfigured(f"{path} cannot be read: it is no file")
    # by itself, isolated: none of our own modules is in its way, nor in its memory
    command = [sys.executable, "-I", str(_READER), str(path), sheet, str(memory)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if not line.endswith(b"\n"):
                    break  # it died over this row
                found = json.loads(line)
                if isinstance(found, dict) and "refused" in found:
                    raise Misconfigured(f"{path}: {found['refused']}")
                yield found
            if process.wait() != 0:
                message = f"it cannot be read within {memory >> 20} MiB of memory; save the sheet as CSV"
                raise Misconfigured(f"{path}: {message}")
        finally:
            process.kill()
