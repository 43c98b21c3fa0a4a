"""The files of rows that were not taken: for each of them where it stands, why, and its own text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from chassis.errors import CrmError
from crm.importing.reading import Rejected

_LONGEST_REASON = 500  # characters; it may quote the value
COLUMNS = ("file", "line", "column", "reason", "row")


class Rejects:
    """Writes `<file>.rejected.csv` into a folder, for each file that has rejected rows; older ones go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, tuple[IO[str], Any]] = {}
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream, _ in self._open.values():
            stream.close()

    def path_of(self, file: str) -> Path:
        """Tell where the rejected rows of a file are written."""
        return self._folder / f"{Path(file).name}.rejected.csv"

    @property
    def written(self) -> Mapping[Path, int]:
        """The files written, with their numbers of rows."""
        return {self.path_of(file): count for file, count in self.counts.items()}

    def begin(self, file: str) -> None:
        """Take away what an earlier import wrote about a file."""
        if file not in self._open:
            try:
                self.path_of(file).unlink(missing_ok=True)
            except OSError as error:
                raise self._no_place(file, error) from error

    def write(self, file: str, rejected: Rejected) -> None:
        """Write one row that was not taken."""
        if file not in self._open:
            self._open[file] = self._start(file)
        stream, writer = self._open[file]
        writer.writerow((file, rejected.line, rejected.column or "", rejected.reason[:_LONGEST_REASON], rejected.text))
        stream.flush()  # what was rejected is known also if the import is broken off
        self.counts[file] = self.counts.get(file, 0) + 1

    def _start(self, file: str) -> tuple[IO[str], Any]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stream = self.path_of(file).open("w", encoding="utf-8", newline="", errors="backslashreplace")
        except OSError as error:
            raise self._no_place(file, error) from error
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        return stream, writer

    def _no_place(self, file: str, error: OSError) -> CrmError:
        return CrmError(
            f"{self.path_of(file)} cannot be written ({error.strerror}); give another folder with --rejects"
        )
