"""The errors that cross the wire.

CrmError
 ├─ Refused             what the caller may put right: one problem or several
 ├─ NotAuthenticated    nobody vouches for the caller
 ├─ Forbidden           the caller is known and may not
 ├─ Unavailable         something needed is down; trying later may help
 │   ├─ DeadlineExceeded  no answer came in time; what was asked may still have happened
 │   └─ Contended         the database undid this transaction, for another one to go on
 ├─ Undecodable         a message that is not what its sender claims; parked at once
 └─ Misconfigured       a setting is missing or wrong; the operator has to act
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


class CrmError(Exception):
    """What the others derive from; `code` is its name in answers."""

    code = "INTERNAL"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to put right: a stable code, a sentence, the path of the input field and further details."""

    code: str
    message: str
    field: tuple[str, ...] | None = None
    details: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the problem in the shape of the wire."""
        field = list(self.field) if self.field is not None else None
        return {"code": self.code, "message": self.message, "field": field, "details": list(self.details)}

    def under(self, *path: str) -> Problem:
        """Give the same problem of an input that is part of a larger one, where `path` leads to it."""
        return replace(self, field=(*path, *(self.field or ())))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Problem:
        """Read a problem that `to_json` wrote."""
        field = data.get("field")
        return cls(
            code=str(data["code"]),
            message=str(data["message"]),
            field=tuple(str(part) for part in field) if field is not None else None,
            details=tuple(str(detail) for detail in data.get("details", ())),
        )


class Refused(CrmError):
    """The caller asked for what the rules do not allow; nothing was changed."""

    code = "REFUSED"

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.message}" for problem in problems))
        self.problems = problems


def refuse(code: str, message: str, *field: str, details: tuple[str, ...] = ()) -> Refused:
    """Make a refusal with one problem: `raise refuse("NO_STAGES", "…", "stage")`."""
    return Refused(Problem(code=code, message=message, field=field or None, details=details))


class NotAuthenticated(CrmError):
    """Nobody vouches for the caller."""

    code = "UNAUTHENTICATED"


class Forbidden(CrmError):
    """The caller is known and may not do this."""

    code = "FORBIDDEN"


class Unavailable(CrmError):
    """Something needed is down; the same request may succeed later."""

    code = "SERVICE_UNAVAILABLE"


class DeadlineExceeded(Unavailable):
    """No answer came in time; what was asked may still have happened."""


class Contended(Unavailable):
    """Two transactions waited for each other, and the database undid this one; run again it most likely succeeds."""


class Undecodable(CrmError):
    """A message that cannot be read."""

    code = "UNDECODABLE"


class Misconfigured(CrmError):
    """A setting is missing or wrong; the operator has to act."""

    code = "MISCONFIGURED"
