"""Deals in the database: read with a lock, written with their new transitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Problem, Refused, refuse
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.standing import merged_refusal
from services.deals.domain.told_history import KnownFact
from services.deals.domain.transition import Outcome, TransitionKind
from services.deals.storage.audit import Subject, conflict, note_changes, note_made
from services.deals.storage.exchange_rates import StoredRates
from services.deals.storage.holds import follow_hold
from services.deals.storage.merged import survivors
from services.deals.storage.processes import NEWER_VERSION, Processes
from services.deals.storage.reach import within_reach
from services.deals.storage.rows import audit_state, deal_of, deal_row, transition_row
from services.deals.storage.tables import deals, transitions

_HOLDING = sa.select(deals).where(deals.c.id == sa.bindparam("deal_id")).with_for_update()
# in one statement with the question whether its process has a newer version: each costs a wait for the database
_OPENING = deals.insert().returning(deals.c.number, NEWER_VERSION.label("newer"))


class Deals:
    """The deals that an actor reaches, within one transaction.

    Who holds several takes them in the order of their ids: two who do so never wait for each other in a ring.
    """

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor
        self._processes = Processes(tx.connection)
        self._rates = StoredRates(tx)
        self._as_read: dict[UUID, Mapping[str, Any]] = {}

    def get(self, deal_id: UUID, *, expected_version: int | None = None, also_uncounted: bool = False) -> Deal:
        """Read a deal and hold it until the transaction ends; raise Refused with NOT_FOUND or CONFLICT.

        Raise it, with DEAL_VOIDED or DEAL_MERGED, for a deal to which nothing may happen, unless that is asked for.
        """
        reach = within_reach(self._actor, deals.c.manager_id)
        row = self._tx.connection.execute(_HOLDING.where(*reach) if reach else _HOLDING, {"deal_id": deal_id}).first()
        if row is None:
            raise Refused(_not_found(deal_id))
        deal = self._deal(row)
        if not also_uncounted:
            self._require_counted(deal)
        self.require_version(deal, expected_version)
        return deal

    def get_all(self, named: Mapping[UUID, str]) -> dict[UUID, Deal]:
        """Read several deals as `get` does one, each with the field of the input that names it."""
        reach = within_reach(self._actor, deals.c.manager_id)
        rows = self._tx.connection.execute(
            sa.select(deals).where(deals.c.id.in_(named), *reach).order_by(deals.c.id).with_for_update()
        )
        found = {row.id: self._deal(row) for row in rows}
        missing = sorted(named.keys() - found.keys())
        if missing:
            raise Refused(*(_not_found(deal_id, named[deal_id]) for deal_id in missing))
        for deal in found.values():
            self._require_counted(deal)
        return found

    def open_of(self, *, manager_id: UUID | None = None, partner_ids: Collection[UUID] | None = None) -> list[Deal]:
        """Read, and hold, the deals in progress of a manager, with some partners where they are named."""
        d = deals.c
        narrowed = [] if manager_id is None else [d.manager_id == manager_id]
        narrowed += [] if partner_ids is None else [d.partner_id.in_(partner_ids)]
        counted = (d.outcome == Outcome.IN_PROGRESS.value, d.voided_at.is_(None), d.merged_into_id.is_(None))
        rows = self._tx.connection.execute(
            sa.select(deals)
            .where(*counted, *narrowed, *within_reach(self._actor, d.manager_id))
            .order_by(d.id)
            .with_for_update()
        )
        return [self._deal(row) for row in rows]

    def require_version(self, deal: Deal, expected: int | None) -> None:
        """Raise Refused with CONFLICT if a deal is not as somebody believes it to be."""
        if expected is not None and expected != deal.version:
            raise conflict(
                self._tx.connection, "deal", deal.id,
                version=deal.version, expected=expected, field="expectedVersion",
            )  # fmt: skip

    def hold(self, deal_id: UUID) -> Deal:
        """Read a deal and hold it, whatever the actor reaches: for those whom something of the deal has let in."""
        return self._deal(self._tx.connection.execute(_HOLDING, {"deal_id": deal_id}).one())

    def of_external(self, refs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Deal]:
        """Read, and hold, those deals that other systems know by these ids, keyed by the system and its id."""
        by_system: dict[str, list[str]] = defaultdict(list)
        for system, external_id in refs:
            by_system[system].append(external_id)
        d = deals.c
        named = (sa.and_(d.external_system == system, d.external_id.in_(ids)) for system, ids in by_system.items())
        found = self._tx.connection.execute(
            sa.select(deals).where(sa.or_(sa.false(), *named)).order_by(d.id).with_for_update()
        )
        return {(row.external_system, row.external_id): self._deal(row) for row in found}

    def valued_since(
        self, currency: str, since: datetime, *, after: tuple[datetime, int] | None, limit: int
    ) -> tuple[list[Deal], tuple[datetime, int] | None]:
        """Read, and hold, the next deals in a currency whose base amount takes a rate of a moment or later.

        `after` is where the deals before them ended; give also where these do, None where there are no more.
        """
        d = deals.c
        conditions = [d.currency == currency, d.valued_at >= since, *within_reach(self._actor, d.manager_id)]
        if after is not None:
            place = sa.tuple_(sa.literal(after[0], d.valued_at.type), sa.literal(after[1], d.number.type))
            conditions.append(sa.tuple_(d.valued_at, d.number) > place)
        next_ones = sa.select(d.id, d.valued_at, d.number).where(*conditions).order_by(d.valued_at, d.number)
        rows = self._tx.connection.execute(next_ones.limit(limit)).all()
        these = d.id.in_([row.id for row in rows])
        held = self._tx.connection.execute(sa.select(deals).where(these).order_by(d.id).with_for_update())
        end = (rows[-1].valued_at, rows[-1].number) if len(rows) == limit else None
        return [self._deal(row) for row in held], end

    def facts_of(self, deal_ids: Sequence[UUID]) -> dict[UUID, set[KnownFact]]:
        """Read the transitions of deals."""
        known: dict[UUID, set[KnownFact]] = {deal_id: set() for deal_id in deal_ids}
        t = transitions.c
        for row in self._tx.connection.execute(
            sa.select(t.deal_id, t.kind, t.to_stage, t.occurred_at).where(t.deal_id.in_(deal_ids))
        ):
            fact = KnownFact(kind=TransitionKind(row.kind), stage=row.to_stage, at=row.occurred_at)
            known[row.deal_id].add(fact)
        return known

    def add(self, deal: Deal) -> None:
        """Store a new deal and give it its number; raise Refused if its external reference is another deal's.

        Raise it, with OUTDATED_PROCESS, where a newer version of its process is published, in which deals begin.
        """
        row = {**deal_row(deal), "recorded_at": self._tx.now}
        try:
            inserted = self._tx.connection.execute(
                _OPENING, {**row, "of_process": deal.process.key, "than_version": deal.process.version}
            ).one()
        except sa.exc.IntegrityError as error:
            if deal.external_ref is None or "external" not in str(error.orig):
                raise
            ref = deal.external_ref
            raise refuse(
                "EXTERNAL_REF_TAKEN", f"another deal is {ref.id!r} of {ref.system!r}; importing finds it", "externalRef"
            ) from None
        self._processes.require_newest(deal.process, inserted.newer)
        deal.number = inserted.number
        self._note_made([deal])
        self._add_fresh([deal])

    def add_all(self, new: Sequence[Deal]) -> None:
        """Store many new deals at once; their numbers stay unknown here."""
        rows = [{**deal_row(deal), "recorded_at": self._tx.now} for deal in new]
        self._tx.connection.execute(deals.insert(), rows)
        self._note_made(new)
        self._add_fresh(new)

    def save(self, deal: Deal) -> None:
        """Write a deal that was read here, its new transitions, and what was changed of it."""
        row = deal_row(deal)
        before, self._as_read[deal.id] = self._as_read[deal.id], row
        changed = {name: value for name, value in row.items() if value != before[name]}
        self._tx.update(deals, {"id": deal.id, **changed})
        note_changes(self._tx, _subject(deal), before=audit_state(before), after=audit_state(row))
        follow_hold(self._tx, before, deal)
        self._add_fresh([deal])

    def count_goods(self, deal: Deal, *, shipped: bool) -> None:
        """Count a deal as shipped when all that is ordered now has left; else the shipment that completes it wins."""
        if deal.shipped != shipped:
            deal.shipped = shipped
            self.save(deal)

    def _add_fresh(self, changed: Sequence[Deal]) -> None:
        recorded = {"recorded_at": self._tx.now, "recorded_by": self._actor.subject[:200]}
        rows = [{**transition_row(transition), **recorded} for deal in changed for transition in deal.fresh]
        self._tx.insert(transitions, rows)

    def _require_counted(self, deal: Deal) -> None:
        if deal.merged_into_id is not None:
            found = survivors(self._tx.connection, {deal.id: deal.merged_into_id})
            raise merged_refusal(found[deal.id])
        deal.require_counted()

    def _note_made(self, new: Sequence[Deal]) -> None:
        note_made(self._tx, [(_subject(deal), audit_state(deal_row(deal))) for deal in new])

    def _deal(self, row: sa.Row[Any]) -> Deal:
        self._as_read[row.id] = row._asdict()
        return deal_of(row, self._processes.get(row.process_id), self._tx.enterprise.base_currency, self._rates)


def _not_found(deal_id: UUID, field: str = "deal") -> Problem:
    return Problem(code="NOT_FOUND", message=f"there is no deal {deal_id}", field=(field,))


def _subject(deal: Deal) -> Subject:
    return Subject(kind="deal", id=deal.id, version=deal.version, deal_id=deal.id)
