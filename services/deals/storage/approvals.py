"""Approvals in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from chassis.store.database import Transaction
from services.deals.domain.approval import Approval, ApprovalStatus
from services.deals.domain.deal import Deal
from services.deals.storage.audit import Subject, conflict, note_changes
from services.deals.storage.tables import approvals


class Approvals:
    """The approvals of deals that are held, within one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def deal_of(self, approval_id: UUID) -> UUID:
        """Tell for which deal an approval was asked, without holding anything yet; raise Refused with NOT_FOUND."""
        select = sa.select(approvals.c.deal_id).where(approvals.c.id == approval_id)
        deal_id: UUID | None = self._tx.connection.execute(select).scalar()
        if deal_id is None:
            raise not_found(approval_id)
        return deal_id

    def get(self, approval_id: UUID, *, expected_version: int | None = None) -> Approval:
        """Read an approval of a deal that is held; raise Refused with CONFLICT."""
        row = self._tx.connection.execute(sa.select(approvals).where(approvals.c.id == approval_id)).one()
        if expected_version is not None and expected_version != row.version:
            raise conflict(
                self._tx.connection,
                "approval",
                row.id,
                version=row.version,
                expected=expected_version,
                field="expectedVersion",
            )
        return approval_of(row)

    def of(self, deal: Deal) -> list[Approval]:
        """Read the approvals of a deal that is held."""
        select = sa.select(approvals).where(approvals.c.deal_id == deal.id)
        return [approval_of(row) for row in self._tx.connection.execute(select.order_by(approvals.c.requested_at))]

    def add(self, approval: Approval) -> None:
        """Store a new request."""
        self._tx.connection.execute(approvals.insert(), _row(approval))
        self._note(None, approval)

    def save(self, before: Approval, after: Approval) -> None:
        """Write what was decided."""
        self._tx.connection.execute(approvals.update().where(approvals.c.id == after.id), _row(after))
        self._note(before, after)

    def _note(self, before: Approval | None, after: Approval) -> None:
        subject = Subject(kind="approval", id=after.id, version=after.version, deal_id=after.deal_id)
        state = _row(before) if before else None
        note_changes(self._tx, subject, before=state, after=_row(after))


def not_found(approval_id: UUID) -> Exception:
    """Make the refusal of an approval that is not there, or not for this caller."""
    return refuse("NOT_FOUND", f"there is no approval {approval_id}", "approval")


def approval_of(row: sa.Row[Any]) -> Approval:
    """Make the approval that a row stands for."""
    columns = {column.name: getattr(row, column.name) for column in approvals.c}  # a page's row has more
    return Approval(**{**columns, "status": ApprovalStatus(row.status)})


def _row(approval: Approval) -> dict[str, Any]:
    return {**asdict(approval), "status": approval.status.value}
