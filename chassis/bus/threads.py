"""Green threads of a service that end by themselves when it stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet

_PATIENCE = 5.0  # seconds a thread may take to end; then the container kills it


class Threads:
    """The green threads of one extension; nameko would kill them in the middle of their work."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._threads: list[Any] = []

    def spawn(self, name: str, run: Callable[[], None]) -> None:
        """Run a function that returns once its extension is told to stop."""
        self._threads.append(self._container.spawn_managed_thread(run, identifier=name))

    def join(self) -> None:
        """Wait for the threads to end."""
        with eventlet.Timeout(_PATIENCE, False):
            for thread in self._threads:
                if not thread.dead:
                    thread.wait()
