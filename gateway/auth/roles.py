"""Which role may do what, and to which rows."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.errors import Misconfigured


@dataclass(frozen=True)
class Role:
    """What a role sees ("all", "team" or "own" rows) and may do."""

    reach: str
    scopes: frozenset[str]


ROLES = {
    "admin": Role(
        "all", frozenset({"read", "write", "import", "lists", "process", "approve", "privacy", "classify", "admin"})
    ),
    "head_of_sales": Role("all", frozenset({"read", "write", "lists", "process", "approve", "classify"})),
    "team_lead": Role("team", frozenset({"read", "write"})),
    "manager": Role("own", frozenset({"read", "write"})),
    "analyst": Role("all", frozenset({"read", "classify"})),
    "privacy_officer": Role("all", frozenset({"read", "write", "privacy"})),
    "integration": Role("all", frozenset({"read", "write", "import"})),
}


def role_named(name: str) -> Role:
    """Give a role; raise Misconfigured if there is none of that name."""
    if name not in ROLES:
        raise Misconfigured(f"there is no role {name!r}; there are {', '.join(ROLES)}")
    return ROLES[name]
