"""How far the import is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_LINES_EVERY = 5.0  # seconds between two plain lines


class Meter(Protocol):
    """What the import tells of its progress."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cease to show."""

    def start(self, name: str, total: int) -> None:
        """Begin a file with about so many rows."""

    def advance(self, rows: int) -> None:
        """Tell that so many more rows are done."""

    def finish(self) -> None:
        """End the file."""

    def say(self, line: str) -> None:
        """Tell something besides."""


def meter_for(console: Console) -> Meter:
    """Choose by where the output goes."""
    return BarMeter(console) if console.is_terminal else LineMeter(console)


class _Rate(ProgressColumn):
    """Rows a second over the whole file."""

    def render(self, task: Task) -> Text:
        """Write the rate."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")


class BarMeter:
    """A bar per file, with its rate and the time left."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
            console=console,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=0, visible=False)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def start(self, name: str, total: int) -> None:
        """Begin a file with about so many rows."""
        self._task = self._progress.add_task(name, total=total)

    def advance(self, rows: int) -> None:
        """Tell that so many more rows are done."""
        self._progress.advance(self._task, rows)

    def finish(self) -> None:
        """End the file: lines that were no rows count as done."""
        done = self._progress.tasks[self._task].completed
        self._progress.update(self._task, total=done, completed=done)

    def say(self, line: str) -> None:
        """Tell something besides."""
        self._progress.console.print(line, markup=False, highlight=False)


class LineMeter:
    """A line now and then, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._lock = threading.Lock()
        self._name, self._total, self._done = "", 0, 0
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """There is nothing to clear away."""

    def start(self, name: str, total: int) -> None:
        """Begin a file with about so many rows."""
        self._name, self._total, self._done = name, total, 0
        self._began = self._said = time.monotonic()

    def advance(self, rows: int) -> None:
        """Tell that so many more rows are done."""
        self._done += rows
        if time.monotonic() - self._said >= _LINES_EVERY:
            self._said = time.monotonic()
            left = (self._total - self._done) / self._rate()
            self.say(
                f"{self._name}: {self._done:,} of {self._total:,} rows, {self._rate():,.0f} rows/s, {left:,.0f} s left"
            )

    def finish(self) -> None:
        """End the file."""
        self.say(f"{self._name}: {self._done:,} rows, {self._rate():,.0f} rows/s")

    def say(self, line: str) -> None:
        """Tell something besides."""
        with self._lock:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _rate(self) -> float:
        return max(self._done, 1) / max(time.monotonic() - self._began, 1e-3)


def outage_teller(meter: Meter, *, every: float = 15.0) -> Callable[[str, float], None]:
    """Give what tells that a request is tried again: at once, and then not more often than so many seconds."""
    told = -every

    def tell(reason: str, seconds: float) -> None:
        nonlocal told
        if time.monotonic() - told >= every:
            told = time.monotonic()
            meter.say(f"{reason}; trying again in {seconds:.1f} s")

    return tell
