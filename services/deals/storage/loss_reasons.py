"""The managed list of loss reasons in the database."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.deals.domain.loss_reason import LossReason, LossReasonList
from services.deals.storage.audit import Subject, note_changes
from services.deals.storage.tables import loss_reasons


def loss_reason_list(connection: sa.Connection) -> LossReasonList:
    """Read the list in its order."""
    return tuple(map(_reason, connection.execute(_IN_ORDER)))


class LossReasons:
    """The list, held until the transaction ends: who changes it waits for who does."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._rows = {row.key: row._asdict() for row in tx.connection.execute(_IN_ORDER.with_for_update())}

    @property
    def list(self) -> LossReasonList:
        """The list as it was read."""
        return tuple(LossReason(**{n: v for n, v in row.items() if n != "place"}) for row in self._rows.values())

    def save(self, reasons: LossReasonList) -> None:
        """Write what differs from what was read."""
        for place, reason in enumerate(reasons, start=1):
            row, before = _row(reason, place), self._rows.get(reason.key)
            if before is None:
                self._tx.connection.execute(loss_reasons.insert(), row)
            elif row != before:
                self._tx.connection.execute(loss_reasons.update().where(loss_reasons.c.key == reason.key), row)
            subject = Subject(kind="loss_reason", id=_audited_as(reason.key), version=1)
            note_changes(self._tx, subject, before=before, after=row)


_IN_ORDER = sa.select(loss_reasons).order_by(loss_reasons.c.place, loss_reasons.c.key)


def _audited_as(key: str) -> UUID:
    """Give the id under which the audit knows a reason, which has a key and no id."""
    return uuid5(NAMESPACE_OID, f"loss_reason:{key}")


def _reason(row: sa.Row[Any]) -> LossReason:
    return LossReason(key=row.key, name=row.name, russian_name=row.russian_name, retired_at=row.retired_at)


def _row(reason: LossReason, place: int) -> dict[str, Any]:
    return {
        "key": reason.key,
        "name": reason.name,
        "russian_name": reason.russian_name,
        "place": place,
        "retired_at": reason.retired_at,
    }
