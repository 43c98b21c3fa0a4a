"""Ports that nothing listens on, and waiting for what will."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable

_given: set[int] = set()
_workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _workers


def free_port() -> int:
    """Give a TCP port of the loopback that is free now; never the same one twice, nor one of another worker."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in _given and port // 2 % _workers == _worker:  # Linux gives odd ones only
            _given.add(port)
            return port


def wait_until(ready: Callable[[], object], *, seconds: float, what: str) -> None:
    """Poll until `ready` gives something true; raise TimeoutError, with the last fault, after so many seconds."""
    deadline = time.monotonic() + seconds
    fault: Exception | None = None
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except AssertionError:  # it will never be
            raise
        except Exception as error:  # whatever is wrong now may be right in a moment
            fault = error
        time.sleep(0.05)
    raise TimeoutError(f"{what} within {seconds:g} s" + (f": {fault}" if fault else ""))
