"""From a request's token to the signed actor that the services believe."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor, sign_actor
from chassis.errors import NotAuthenticated
from gateway.auth.roles import ROLES
from gateway.auth.tokens import TokenReader
from gateway.kinds import Kind, names_a

_KEPT = 2000
_FRESH = 30.0  # seconds after which a caller is made anew: so long a manager keeps the teams they have left
_SIGNED_FOR = 300.0

_CALENDAR = Actor(subject="calendar", role="calendar", scopes=frozenset({"read"}))

TeamsOf = Callable[[str, UUID], list[str]]
"""Asks contacts, as a signed actor, for the ids of the teams within a manager's reach."""


@dataclass(frozen=True)
class Caller:
    """Who asks, and what the services are shown of it."""

    actor: Actor
    signed: str
    until: float


class Callers:
    """Knows the callers by their tokens, for a short while."""

    def __init__(self, reader: TokenReader, secret: str) -> None:
        self._reader = reader
        self._secret = secret
        self._known: OrderedDict[str, Caller] = OrderedDict()

    @property
    def calendar(self) -> str:
        """Sign the caller that a calendar is: it may read, and has nobody's reach."""
        return sign_actor(_CALENDAR, self._secret, lifetime=_SIGNED_FOR)

    def of(self, authorization: str | None, teams_of: TeamsOf) -> Caller:
        """Give the caller of an Authorization header; raise NotAuthenticated if nobody vouches for them."""
        token = _bearer(authorization)
        known = self._known.get(token)
        if known is not None and known.until > time.time():
            self._known.move_to_end(token)
            return known
        caller = self._make(token, teams_of)
        self._known[token] = caller
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return caller

    def _make(self, token: str, teams_of: TeamsOf) -> Caller:
        claims = self._reader.read(token)
        actor = actor_of(claims)
        if actor.reach == "team" and actor.member_id is not None:
            teams = teams_of(sign_actor(actor, self._secret, lifetime=_SIGNED_FOR), actor.member_id)
            actor = replace(actor, team_ids=frozenset(UUID(team) for team in teams))
        signed = sign_actor(actor, self._secret, lifetime=_SIGNED_FOR)
        return Caller(actor, signed, min(time.time() + _FRESH, float(claims["exp"])))


def actor_of(claims: dict[str, object]) -> Actor:
    """Make the actor of a token's claims `sub`, `role` and `manager`; raise NotAuthenticated if they make none."""
    name = str(claims.get("role"))
    role = ROLES.get(name)
    if role is None:
        raise NotAuthenticated(f"the token's claim role is none of {', '.join(ROLES)}")
    manager = claims.get("manager")
    if manager is not None and not names_a(Kind.MANAGER, str(manager)):
        raise NotAuthenticated("the token's claim manager is not the id of a manager")
    member = UUID(str(manager)) if manager is not None else None
    return Actor(subject=str(claims["sub"])[:200], role=name, reach=role.reach, member_id=member, scopes=role.scopes)


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated("send a token: Authorization: Bearer …")
    return token.strip()
