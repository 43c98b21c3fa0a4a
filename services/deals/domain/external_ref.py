"""What other systems call things: importing again finds them by it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ExternalRef:
    """What another system calls a deal, or a document of one."""

    system: str
    id: str
