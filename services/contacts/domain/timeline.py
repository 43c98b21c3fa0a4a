"""The timeline: which facts it has, and what each stands under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

OWN = "contacts"

FACTS: dict[str, tuple[str, ...]] = {
    OWN: (
        "partner.registered",
        "partner.merged",
        "partner.unmerged",
        "partner.handed_over",
        "interaction.registered",
        "interaction.corrected",
        "interaction.planned",
        "interaction.rescheduled",
        "interaction.cancelled",
    ),
    "deals": (
        "deal.opened",
        "deal.stage_changed",
        "deal.won",
        "deal.lost",
        "deal.reopened",
        "deal.held",
        "deal.resumed",
        "deal.voided",
        "deal.merged",
        "deal.unmerged",
        "deal.process_changed",
        "sale_terms.registered",
        "proposal.sent",
        "proposal.responded",
        "proposal.superseded",
        "customer_order.confirmed",
        "customer_order.changed",
        "customer_order.cancelled",
        "supplier_order.placed",
        "supplier_order.received",
        "supplier_order.cancelled",
        "shipment.registered",
        "payment.registered",
        "payment.reversed",
        "return.registered",
        "obligation.registered",
        "obligation.fulfilled",
        "obligation.rescheduled",
        "obligation.reopened",
        "task.completed",
        "next_step.planned",
        "next_step.done",
        "next_step.dropped",
    ),
    "claims": (
        "claim.registered",
        "claim.assigned",
        "claim.changed",
        "claim.responded",
        "claim.waiting",
        "claim.resumed",
        "claim.escalated",
        "claim.resolved",
        "claim.reopened",
        "satisfaction.requested",
        "satisfaction.recorded",
    ),
}
"""The types of event that become entries, by the service that tells of them."""

_MOST_DETAILS = 40
_LONGEST_DETAIL = 200


def kind_of_fact(type: str) -> str:
    """Give the kind of the entries of a type of event: deal.stage_changed → DEAL_STAGE_CHANGED."""
    return type.replace(".", "_").upper()


@dataclass(frozen=True, kw_only=True)
class FactSubjects:
    """What a fact is about, as events name it: one of a kind, or several."""

    partner_id: UUID | None = None
    deal_id: UUID | None = None
    claim_id: UUID | None = None
    manager_id: UUID | None = None
    person_id: UUID | None = None
    interaction_id: UUID | None = None
    assignee_id: UUID | None = None
    partner_ids: list[UUID] = field(default_factory=list)
    deal_ids: list[UUID] = field(default_factory=list)
    claim_ids: list[UUID] = field(default_factory=list)
    manager_ids: list[UUID] = field(default_factory=list)
    person_ids: list[UUID] = field(default_factory=list)

    def places(self) -> Iterator[dict[str, UUID | None]]:
        """Spread what the fact is about over as few places as have room for one of each kind; at least one."""
        several = [
            _distinct(self.partner_id, *self.partner_ids),
            _distinct(self.deal_id, *self.deal_ids),
            _distinct(self.claim_id, *self.claim_ids),
            _distinct(
                self.assignee_id, self.manager_id, *self.manager_ids
            ),  # a task is first of all whose it was to do
            _distinct(self.person_id, *self.person_ids),
        ]
        for partner, deal, claim, manager, person in list(zip_longest(*several)) or [(None,) * 5]:
            yield {
                "partner_id": partner,
                "deal_id": deal,
                "claim_id": claim,
                "manager_id": manager,
                "person_id": person,
            }


def _distinct(*ids: UUID | None) -> list[UUID]:
    return list(dict.fromkeys(id for id in ids if id is not None))


_NO_DETAILS = frozenset({*FactSubjects.__dataclass_fields__, "sequence", "occurred_at"})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A fact of the timeline; `details` are what its event told besides what it is about."""

    id: UUID
    kind: str
    source: str
    subjects: FactSubjects
    occurred_at: datetime
    recorded_at: datetime
    details: Mapping[str, Any]


def details_told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Pick what an event tells besides what it is about: numbers, dates, keys, ids, and the amount."""
    told = {name: value for name, value in data.items() if name not in _NO_DETAILS and _is_small(value)}
    amount = data.get("amount")
    if isinstance(amount, Mapping) and {"amount", "currency"} <= amount.keys():
        told["amount"] = {name: value for name, value in amount.items() if _is_small(value)}
    return dict(list(told.items())[:_MOST_DETAILS])


def _is_small(value: object) -> bool:
    match value:
        case bool() | int() | float():
            return True
        case str():
            return len(value) <= _LONGEST_DETAIL
        case list():
            return 0 < len(value) <= _MOST_DETAILS and all(isinstance(v, str) and _is_small(v) for v in value)
        case _:
            return False
