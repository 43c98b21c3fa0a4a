"""Partners: whom the enterprise deals with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import line, optional_line, optional_text

_INTEREST_LENGTH = 2000


class Role(StrEnum):
    """What a partner is to the enterprise; several at once, but a client is no prospect any more."""

    PROSPECT = "PROSPECT"
    CLIENT = "CLIENT"
    SUPPLIER = "SUPPLIER"
    COMPETITOR = "COMPETITOR"


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner's own facts; contact points, persons and legal entities are kept beside it.

    One that turned out to be another points to it by `merged_into_id`; `survivor_id` is where such pointers end.
    """

    id: UUID
    version: int
    name: str
    roles: frozenset[Role]
    manager_id: UUID | None
    parent_id: UUID | None
    source: str | None
    interest: str | None
    external_ref: ExternalRef | None
    registered_at: datetime
    merged_into_id: UUID | None = None
    survivor_id: UUID | None = None

    @classmethod
    def register(
        cls,
        *,
        name: str,
        roles: Iterable[Role],
        at: datetime,
        manager_id: UUID | None = None,
        parent_id: UUID | None = None,
        source: str | None = None,
        interest: str | None = None,
        external_ref: ExternalRef | None = None,
    ) -> Partner:
        """Make a new partner; raise Refused with all that does not fit."""
        problems = Problems()
        partner = cls(
            id=new_id(PARTNER), version=1, name="", roles=frozenset(), manager_id=manager_id, parent_id=parent_id,
            source=None, interest=None, external_ref=external_ref, registered_at=at,
        )  # fmt: skip
        with problems.under():
            partner = replace(partner, name=line(name, "name"))
        with problems.under():
            partner = replace(partner, roles=_some_roles(roles))
        with problems.under():
            partner = replace(partner, source=optional_line(source, "source", longest=200))
        with problems.under():
            partner = replace(partner, interest=optional_text(interest, "interest", longest=_INTEREST_LENGTH))
        problems.settle()
        return partner

    def renamed(self, name: str) -> Partner:
        """Give the partner another name."""
        return replace(self, name=line(name, "name"))

    def within(self, parent_id: UUID | None, above: Iterable[UUID]) -> Partner:
        """Make the partner a branch of another one, or of none; raise Refused if it would come to be below itself.

        `above` are the parent and all that it is a branch of.
        """
        if self.id in above:
            raise refuse("PARTNER_WITHIN_ITSELF", "a partner cannot be a branch of itself or of its own", "parent")
        return replace(self, parent_id=parent_id)

    def in_roles(self, roles: Iterable[Role]) -> Partner:
        """Give the partner exactly these roles; raise Refused if there is none."""
        return replace(self, roles=_some_roles(roles))

    def with_roles(self, roles: Iterable[Role]) -> Partner:
        """Give the partner further roles; who is a client already does not become a prospect again."""
        return replace(self, roles=_settled(self.roles.union(roles)))

    def become_client(self) -> Partner:
        """Make a client of the partner: what a won deal does; a prospect it is then no more."""
        return self.with_roles({Role.CLIENT})

    def differences(self, before: Partner) -> tuple[str, ...]:
        """Name the fields in which this differs from what it was before."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(before, field.name))

    def next_version(self) -> Partner:
        """Count one change."""
        return replace(self, version=self.version + 1)


def united_roles(of: Iterable[Iterable[Role]]) -> frozenset[Role]:
    """Give the roles of partners that are one."""
    return _settled(frozenset(role for roles in of for role in roles))


def _some_roles(roles: Iterable[Role]) -> frozenset[Role]:
    settled = _settled(frozenset(roles))
    if not settled:
        raise refuse("REQUIRED", "a partner has a role; PROSPECT if nothing more is known", "roles")
    return settled


def _settled(roles: frozenset[Role]) -> frozenset[Role]:
    return roles - {Role.PROSPECT} if Role.CLIENT in roles else roles
