"""What a thing is called in the system it came from."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.errors import Refused, refuse
from services.contacts.domain.text import line


@dataclass(frozen=True, kw_only=True)
class ExternalRef:
    """A system and the id it knows a thing by; unique per kind of thing."""

    system: str
    id: str

    def __post_init__(self) -> None:
        for name, longest in (("system", 100), ("id", 200)):
            object.__setattr__(self, name, line(getattr(self, name), "externalRef", name, longest=longest))


def taken(ref: ExternalRef, by: UUID) -> Refused:
    """Make the refusal of a reference that another thing has; its details name that thing."""
    message = f"{ref.system} {ref.id!r} is already registered; change that one instead"
    return refuse("EXTERNAL_REF_TAKEN", message, "externalRef", details=(str(by),))
