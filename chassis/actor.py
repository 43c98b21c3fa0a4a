"""Who asks: the gateway authenticates, signs the actor, and every service believes only what is signed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt

from chassis.errors import Forbidden, NotAuthenticated

_ALGORITHM = "HS256"
_AUDIENCE = "services"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Someone who asks for something: a person of the enterprise, another system, or the system itself.

    `reach` says which rows they see: "all", "team" (those of `team_ids`) or "own" (those of `member_id`).
    """

    subject: str
    role: str
    reach: str = "own"
    member_id: UUID | None = None
    team_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = field(default_factory=frozenset)

    def require(self, scope: str) -> None:
        """Raise Forbidden unless the actor has a scope."""
        if scope not in self.scopes:
            raise Forbidden(f"this needs the scope {scope!r}, which {self.subject} ({self.role}) does not have")

    def to_claims(self) -> dict[str, Any]:
        """Give the actor as claims of a token."""
        return {
            "sub": self.subject,
            "role": self.role,
            "reach": self.reach,
            "member": str(self.member_id) if self.member_id else None,
            "teams": sorted(str(team) for team in self.team_ids),
            "scopes": sorted(self.scopes),
        }

    @classmethod
    def from_claims(cls, claims: Mapping[str, Any]) -> Actor:
        """Read an actor from claims that `to_claims` made."""
        return cls(
            subject=str(claims["sub"]),
            role=str(claims["role"]),
            reach=str(claims["reach"]),
            member_id=UUID(claims["member"]) if claims.get("member") else None,
            team_ids=frozenset(UUID(team) for team in claims.get("teams", ())),
            scopes=frozenset(claims.get("scopes", ())),
        )


SYSTEM = Actor(subject="system", role="system", reach="all", scopes=frozenset({"read", "write", "import"}))
"""The system itself: reactions and timers run as this actor."""


def sign_actor(actor: Actor, secret: str, *, lifetime: float = 300.0) -> str:
    """Sign an actor for the services, for a time in seconds."""
    claims = {**actor.to_claims(), "aud": _AUDIENCE, "exp": int(time.time() + lifetime)}
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def verify_actor(token: str, secret: str) -> Actor:
    """Read a signed actor; raise NotAuthenticated if the signature or the time is wrong."""
    actor, expires_at = _verified(token, secret)
    if time.time() >= expires_at:
        raise NotAuthenticated("the actor's signature has expired")
    return actor


@lru_cache(maxsize=1024)  # one actor makes many calls; checking a signature costs as much as a small query
def _verified(token: str, secret: str) -> tuple[Actor, float]:
    try:
        claims = jwt.decode(
            token, secret, algorithms=[_ALGORITHM], audience=_AUDIENCE, options={"require": ["exp", "sub"]}
        )
        return Actor.from_claims(claims), float(claims["exp"])
    except (jwt.InvalidTokenError, KeyError, ValueError) as error:
        raise NotAuthenticated(f"the actor is not signed by the gateway: {error}") from error
