"""A plugin of pytest: eventlet patches before tests import anything, as in life; what hands out the tests it leaves alone."""

from __future__ import annotations

import os
from typing import Any

import eventlet
import execnet.gateway_base
import pytest
from eventlet.patcher import original


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Patch the standard library in the process that runs the tests."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _keep_native(execnet.gateway_base.ThreadExecModel)
    elif getattr(early_config.known_args_namespace, "numprocesses", None):
        return  # here run only threads that read from the workers
    eventlet.monkey_patch()


def _keep_native(model: Any) -> None:
    # a worker waits here for its next test, which a thread brings that knows nothing of green ones
    threading = original("threading")
    model.RLock = lambda _self: threading.RLock()
    model.Event = lambda _self: threading.Event()
