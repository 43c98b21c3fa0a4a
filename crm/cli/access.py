"""Where the client commands find the system, and what lets them in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from chassis.settings import Settings

_RENEW = 600.0  # seconds; well within a development token's life


def local_token(settings: Settings, role: str, manager: str | None = None) -> str:
    """Make a token of the local system's development issuer."""
    from gateway.auth import issue_token

    return issue_token(settings, role, manager=manager)


def url_of(settings: Settings, given: str | None) -> str:
    """Tell where the system is: as given, else CRM_URL, else the local one."""
    return given or os.environ.get("CRM_URL") or f"http://127.0.0.1:{settings.http_port}"


def token_source(settings: Settings, given: str | None, role: str = "integration") -> Callable[[], str]:
    """Give what makes a token for each request: as given, else CRM_TOKEN, else the local development issuer's."""
    fixed = given or os.environ.get("CRM_TOKEN")
    if fixed:
        return lambda: fixed
    made: tuple[float, str] | None = None

    def renewed() -> str:
        nonlocal made
        if made is None or time.monotonic() - made[0] > _RENEW:
            made = time.monotonic(), local_token(settings, role)
        return made[1]

    return renewed
