"""A deals service without its bus: commands, queries and events go straight to the database."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Problem, Refused
from chassis.events import Heard
from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.timers import Due
from chassis.store.work import Caller, Work
from chassis.wire import Json, decode, plain
from services.deals.commands.install_processes import install_processes
from services.deals.due import DUE
from services.deals.service import DealsService
from tests.support.databases import contents

PARTNER, MANAGER, TEAM = 0x101, 0x102, 0x103

ADMIN = Actor(
    subject="admin",
    role="admin",
    reach="all",
    scopes=frozenset({"read", "write", "import", "lists", "process", "approve", "admin"}),
)
SALES = Actor(
    subject="sales", role="head_of_sales", reach="all", scopes=frozenset({"read", "write", "process", "approve"})
)


def manager_actor(member_id: UUID) -> Actor:
    """Make a manager, who sees their own deals."""
    return Actor(
        subject=str(member_id), role="manager", reach="own", member_id=member_id, scopes=frozenset({"read", "write"})
    )


def lead_actor(member_id: UUID, team_id: UUID) -> Actor:
    """Make a team's lead, who sees the team's deals."""
    return Actor(
        subject=str(member_id),
        role="team_lead",
        reach="team",
        member_id=member_id,
        team_ids=frozenset({team_id}),
        scopes=frozenset({"read", "write"}),
    )


class World:
    """The service as its callers see it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.transaction() as tx:
            install_processes(tx)
        self.processes = {process["key"]: process for process in self.ask("list_processes")["nodes"]}

    def do(
        self, operation: str, actor: Actor = ADMIN, *, key: str | None = None, given: Json = None, **payload: Any
    ) -> Json:
        """Run a command and give its answer; `given` are more fields of it, whatever they are called."""
        payload |= given or {}
        module = importlib.import_module(f"services.deals.commands.{operation}")
        work = Work(self.database, Caller(actor=actor, idempotency_key=key))
        return work.run(getattr(module, operation), getattr(module, _class(operation)), _jsonable(payload))

    def ask(self, operation: str, actor: Actor = ADMIN, **payload: Any) -> Json:
        """Run a query and give its answer."""
        module = importlib.import_module(f"services.deals.queries.{operation}")
        work = Work(self.database, Caller(actor=actor))
        return work.read(getattr(module, operation), getattr(module, _class(operation)), _jsonable(payload))

    def refused(self, operation: str, actor: Actor = ADMIN, **payload: Any) -> Problem:
        """Run a command that is refused, with one problem, and leaves neither a row nor an event."""
        before = self.footprint()
        with pytest.raises(Refused) as refusal:
            self.do(operation, actor, **payload)
        assert self.footprint() == before
        (problem,) = refusal.value.problems
        return problem

    def open(self, process: str = "manual_sale", actor: Actor = ADMIN, **more: Any) -> Json:
        """Open a deal."""
        payload = {"title": "A deal", "process_id": self.processes[process]["id"], **more}
        return self.do("open_deal", actor, **payload)

    def open_at(self, stage: str, process: str = "typical_sale", **more: Any) -> Json:
        """Open a deal of a classified client, and move it stage by stage to where it is wanted."""
        partner = more.setdefault("partner_id", new_id(PARTNER))
        self.classify(partner)
        deal = self.open(process, **more)
        for step in self.processes[process]["stages"][1:]:
            if deal["stage"] == stage:
                break
            self.meet(deal, step)
            deal = self.do("move_deal", deal_id=deal["id"], stage=step["key"])
        assert deal["stage"] == stage
        return deal

    def meet(self, deal: Json, stage: Json) -> None:
        """Do what a stage's guards on proposals and orders ask for: ten pumps are offered, taken and ordered."""
        pumps = {"product": "pump", "quantity": "10", "price": {"amount": "1.25", "currency": "USD"}}
        if "proposal_sent" in stage["guards"]:
            self.do("send_proposal", deal_id=deal["id"], lines=[pumps], valid_until="2999-12-31")
        if "proposal_accepted" in stage["guards"]:
            self.do("record_proposal_response", deal_id=deal["id"], response="ACCEPTED", set_deal_amount=False)
        if "order_confirmed" in stage["guards"]:
            (proposals,) = self.ask("proposals_of_deals", deal_ids=[deal["id"]])["proposals"]
            order = self.do("order_from_proposal", proposal_id=proposals[0]["id"])
            self.do("confirm_customer_order", order_id=order["id"])

    def classify(self, partner_id: UUID, **more: Any) -> Json:
        """Register sale terms for a client."""
        payload = {"partner_id": partner_id, "currency": "USD", "valid_from": "2020-01-01", **more}
        return self.do("register_sale_terms", **payload)

    def deal(self, deal_id: str, actor: Actor = ADMIN) -> Json:
        """Read a deal."""
        return self.ask("deals_by_ids", actor, ids=[deal_id])["nodes"][0]

    def history(self, deal_id: str) -> list[Json]:
        """Read the transitions of a deal."""
        (transitions,) = self.ask("transitions_of_deals", deal_ids=[deal_id])["transitions"]
        return list(transitions)

    def changes(self, deal_id: str, actor: Actor = ADMIN, **page: Any) -> Json:
        """Read a page of what was changed of a deal, the newest first."""
        return self.ask("changes_of_deals", actor, deal_ids=[deal_id], page=page)["pages"][0]

    def told(self, *types: str) -> list[Json]:
        """Read the events that were told, of these types or all but processes; each with its `type`."""
        outbox = self.database.tables.outbox
        with self.database.reading() as reading:
            rows = reading.connection.execute(sa.select(outbox).order_by(outbox.c.id)).all()
        wanted = types or tuple({row.type for row in rows} - {"process.published"})
        return [{"type": row.type, **decode(row.data)} for row in rows if row.type in wanted]

    def hear(self, type: str, sequence: int, **data: Any) -> None:
        """Let the service hear an event of contacts."""
        now = datetime.now(UTC)
        event = Heard(
            id="1", source="contacts", type=type, position=1, sequence=sequence,
            occurred_at=now, recorded_at=now, data=_jsonable(data),
        )  # fmt: skip
        for reaction in reactions_of(DealsService)["contacts", type]:
            with self.database.transaction() as tx:
                reaction(event, tx)

    def fire(self, at: datetime) -> None:
        """Fire the timers that are due at a moment, as if it had come."""
        timers = self.database.tables.timers
        with self.database.transaction() as tx:
            tx.now = at
            due = tx.connection.execute(sa.select(timers).where(timers.c.due_at <= at).order_by(timers.c.due_at)).all()
            for row in due:
                tx.cancel(row.name, row.key)
                DUE[row.name](Due(name=row.name, key=row.key, due_at=row.due_at, data=decode(row.data)), tx)

    def footprint(self) -> dict[str, list[Any]]:
        """Read everything that is stored, to be compared."""
        return contents(self.database)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Read the rows of a table."""
        with self.database.reading() as reading:
            return [tuple(row) for row in reading.connection.execute(sa.select(self.database.metadata.tables[table]))]


def _class(operation: str) -> str:
    return "".join(word.title() for word in operation.split("_"))


def _jsonable(payload: dict[str, Any]) -> Json:
    return plain(payload)
