"""A claims service without its bus: commands and queries for an actor, events as if heard."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.bus.envelope import Message, event_headers
from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.work import Caller, Work
from chassis.wire import Json, decode, encode
from services.claims.commands.assign_claim import AssignClaim, assign_claim
from services.claims.commands.change_claim import ChangeClaim, change_claim
from services.claims.commands.escalate_claim import EscalateClaim, escalate_claim
from services.claims.commands.record_satisfaction import RecordSatisfaction, record_satisfaction
from services.claims.commands.register_claim import RegisterClaim, register_claim
from services.claims.commands.reopen_claim import ReopenClaim, reopen_claim
from services.claims.commands.request_satisfaction import RequestSatisfaction, request_satisfaction
from services.claims.commands.resolve_claim import ResolveClaim, resolve_claim
from services.claims.commands.respond_to_claim import RespondToClaim, respond_to_claim
from services.claims.commands.resume_claim import ResumeClaim, resume_claim
from services.claims.commands.set_sla_policy import SetSlaPolicy, set_sla_policy
from services.claims.commands.wait_on_client import WaitOnClient, wait_on_client
from services.claims.queries.answers_of_claims import AnswersOfClaims, answers_of_claims
from services.claims.queries.changes_of_claims import ChangesOfClaims, changes_of_claims
from services.claims.queries.claims_by_ids import ClaimsByIds, claims_by_ids
from services.claims.queries.claims_of_deals import ClaimsOfDeals, claims_of_deals
from services.claims.queries.claims_of_partners import ClaimsOfPartners, claims_of_partners
from services.claims.queries.list_claims import ListClaims, list_claims
from services.claims.queries.satisfaction_of import SatisfactionOf, satisfaction_of, satisfaction_requests_of
from services.claims.queries.sla_policies import SlaPoliciesByIds, sla_policies_by_ids
from services.claims.service import ClaimsService
from services.claims.storage.tables import metadata

READ_WRITE = frozenset({"read", "write"})
HEAD = Actor(subject="head", role="head_of_sales", reach="all", scopes=READ_WRITE)
IMPORTER = Actor(subject="importer", role="integration", reach="all", scopes=READ_WRITE | {"import"})

_COMMANDS: dict[str, tuple[Any, Any]] = {
    "register_claim": (register_claim, RegisterClaim),
    "assign_claim": (assign_claim, AssignClaim),
    "resolve_claim": (resolve_claim, ResolveClaim),
    "change_claim": (change_claim, ChangeClaim),
    "respond_to_claim": (respond_to_claim, RespondToClaim),
    "wait_on_client": (wait_on_client, WaitOnClient),
    "resume_claim": (resume_claim, ResumeClaim),
    "escalate_claim": (escalate_claim, EscalateClaim),
    "reopen_claim": (reopen_claim, ReopenClaim),
    "set_sla_policy": (set_sla_policy, SetSlaPolicy),
    "request_satisfaction": (request_satisfaction, RequestSatisfaction),
    "record_satisfaction": (record_satisfaction, RecordSatisfaction),
}
_QUERIES: dict[str, tuple[Any, Any]] = {
    "claims_by_ids": (claims_by_ids, ClaimsByIds),
    "list_claims": (list_claims, ListClaims),
    "claims_of_partners": (claims_of_partners, ClaimsOfPartners),
    "claims_of_deals": (claims_of_deals, ClaimsOfDeals),
    "answers_of_claims": (answers_of_claims, AnswersOfClaims),
    "changes_of_claims": (changes_of_claims, ChangesOfClaims),
    "sla_policies_by_ids": (sla_policies_by_ids, SlaPoliciesByIds),
    "satisfaction_of": (satisfaction_of, SatisfactionOf),
    "satisfaction_requests_of": (satisfaction_requests_of, SatisfactionOf),
}


def manager(member_id: UUID, *, team_ids: tuple[UUID, ...] = ()) -> Actor:
    """A manager who sees their own rows, or, with teams, those of the teams."""
    return Actor(
        subject=f"manager-{member_id}",
        role="team_lead" if team_ids else "manager",
        reach="team" if team_ids else "own",
        member_id=member_id,
        team_ids=frozenset(team_ids),
        scopes=READ_WRITE,
    )


@dataclass
class Claims:
    """The service, as its callers and its neighbours meet it."""

    database: Database
    inbox: Inbox
    _positions: dict[str, itertools.count[int]] = field(default_factory=dict)

    def ask(self, method: str, actor: Actor = HEAD, /, **payload: Any) -> Json:
        """Run a command or a query."""
        work = Work(self.database, Caller(actor=actor))
        plain = decode(encode(payload))
        if method in _COMMANDS:
            return work.run(*_COMMANDS[method], plain)
        return work.read(*_QUERIES[method], plain)

    def register(self, actor: Actor = HEAD, /, **changes: Any) -> Json:
        """Register a claim, of a new partner unless told otherwise."""
        claim = {"partner_id": new_id(0x101), "subject": "Two boxes arrived wet", "cause": "DELIVERY"}
        return self.ask("register_claim", actor, **{**claim, **changes})

    def hear(self, source: str, type: str, sequence: int = 1, /, **data: Any) -> None:
        """Receive an event of another service."""
        position = next(self._positions.setdefault(source, itertools.count(1)))
        now = datetime.now(UTC)
        headers = event_headers(
            event_id=str(new_id(0)), source=source, type=type, subject="", occurred_at=now, recorded_at=now,
            sequence=sequence, position=position, correlation_id=None,
        )  # fmt: skip
        self.inbox.receive([Message(headers=headers, body=encode(data))])

    def told(self) -> list[tuple[str, Json]]:
        """Give the events in the outbox, as type and data."""
        outbox = self.database.tables.outbox
        with self.database.reading() as reading:
            rows = reading.connection.execute(sa.select(outbox.c.type, outbox.c.data).order_by(outbox.c.id)).all()
        return [(row.type, decode(row.data)) for row in rows]


@pytest.fixture
def claims(open_database: Callable[[str, sa.MetaData], Database]) -> Claims:
    """A claims service that knows nothing yet."""
    database = open_database("claims", metadata)
    return Claims(database, Inbox(database, reactions_of(ClaimsService), delays=()))
