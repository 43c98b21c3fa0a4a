"""Sales targets in the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.sales_target import Aim, Measure, SalesTarget, TargetPeriod
from services.deals.storage.audit import audited, conflict
from services.deals.storage.audited import SALES_TARGET
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import sales_targets

_t = sales_targets.c


class SalesTargets:
    """Targets that are read to be changed: held until the transaction ends."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, target_id: UUID, expected_version: int | None) -> SalesTarget:
        """Read a target; raise Refused with NOT_FOUND or CONFLICT."""
        target = self._read(_t.id == target_id)
        if target is None:
            raise refuse("NOT_FOUND", f"there is no target {target_id}", "target")
        self._require(target, expected_version)
        return target

    def of(self, aim: Aim, expected_version: int | None) -> SalesTarget | None:
        """Read the target of an aim, if there is one; raise Refused with CONFLICT, also where none is there and 0 is not expected."""
        owner = _t.manager_id == aim.manager_id if aim.manager_id is not None else _t.team_id == aim.team_id
        what = sa.and_(_t.measure == aim.measure.value, _t.period == aim.period.value, _t.first_on == aim.first)
        target = self._read(sa.and_(owner, what))
        if target is not None:
            self._require(target, expected_version)
        elif expected_version not in (None, 0):
            raise refuse("CONFLICT", "there is no such target yet; expect version 0", "expectedVersion")
        return target

    def save(self, target: SalesTarget) -> None:
        """Write a target; raise Refused with CONFLICT where another one has been set for the same at this moment."""
        with audited(self._tx, SALES_TARGET, target.id):
            if target.version > 1:
                self._tx.connection.execute(sales_targets.update().where(_t.id == target.id), _row(target))
                return
            row = {**_row(target), "recorded_at": self._tx.now}
            try:
                self._tx.connection.execute(sales_targets.insert(), row)
            except sa.exc.IntegrityError:
                raise refuse("CONFLICT", "another set this target at this moment; set it again", "value") from None

    def _read(self, which: sa.ColumnElement[bool]) -> SalesTarget | None:
        row = self._tx.connection.execute(sa.select(sales_targets).where(which).with_for_update()).first()
        return target_of(row) if row is not None else None

    def _require(self, target: SalesTarget, expected: int | None) -> None:
        if expected is not None and expected != target.version:
            raise conflict(
                self._tx.connection,
                "target",
                target.id,
                version=target.version,
                expected=expected,
                field="expectedVersion",
            )


def visible_to(actor: Actor) -> list[sa.ColumnElement[bool]]:
    """Say of rows of `sales_targets` that an actor sees them: those of managers within reach, and of the actor's teams."""
    if actor.reach == "all":
        return []
    mine = sa.and_(_t.manager_id.is_not(None), *within_reach(actor, _t.manager_id))
    return [sa.or_(mine, _t.team_id.in_(actor.team_ids))]


def target_of(row: sa.Row[Any]) -> SalesTarget:
    """Make the target that a row holds."""
    return SalesTarget(
        id=row.id,
        version=row.version,
        aim=Aim(
            manager_id=row.manager_id,
            team_id=row.team_id,
            measure=Measure(row.measure),
            period=TargetPeriod(row.period),
            first=row.first_on,
        ),
        amount=Money(minor=row.amount_minor, currency=row.currency) if row.currency is not None else None,
        count=row._mapping["count"],  # a row is a tuple, which has a method of this name
        withdrawn_at=row.withdrawn_at,
    )


def _row(target: SalesTarget) -> dict[str, Any]:
    aim, amount = target.aim, target.amount
    return {
        "id": target.id,
        "version": target.version,
        "manager_id": aim.manager_id,
        "team_id": aim.team_id,
        "measure": aim.measure.value,
        "period": aim.period.value,
        "first_on": aim.first,
        "currency": amount.currency if amount is not None else None,
        "amount_minor": amount.minor if amount is not None else None,
        "count": target.count,
        "withdrawn_at": target.withdrawn_at,
    }
