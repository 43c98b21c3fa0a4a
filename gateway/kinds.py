"""What an id names: every id of this system carries the kind of its thing, so the gateway knows whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from chassis.ids import kind_of


class Kind(IntEnum):
    """The kinds of thing that the API refers to by id."""

    PARTNER = 0x101
    MANAGER = 0x102
    TEAM = 0x103
    INTERACTION = 0x118
    CONTACT_PERSON = 0x104
    CONTACT_POINT = 0x105
    LEGAL_ENTITY = 0x106
    REMINDER = 0x120
    INTEREST = 0x111
    SEGMENT = 0x130
    PREFERENCE = 0x131
    HAND_OVER = 0x132
    DUPLICATE_PAIR = 0x128
    PROCESS = 0x201
    DEAL = 0x202
    SHIPMENT = 0x204
    SALE_TERMS = 0x203
    CUSTOMER_ORDER = 0x220
    TASK = 0x230
    PROPOSAL = 0x218
    SUPPLIER_ORDER = 0x221
    PAYMENT = 0x222
    FILE = 0x226
    OBLIGATION = 0x224
    NEXT_STEP = 0x231
    PROCESS_DRAFT = 0x210
    APPROVAL = 0x211
    PLANNED_HAND_OVER = 0x238
    SALES_TARGET = 0x241
    CLAIM = 0x301
    CLASSIFICATION_RUN = 0x402
    SLA_POLICY = 0x302
    SATISFACTION_RESPONSE = 0x303
    SATISFACTION_REQUEST = 0x304

    @property
    def word(self) -> str:
        """The kind's name in a sentence."""
        return "sales process" if self is Kind.PROCESS else self.name.lower().replace("_", " ")


@dataclass(frozen=True)
class Thing:
    """What the API knows of a kind: its GraphQL type, the service that owns it, the loader that gives it by id."""

    type: str
    owner: str
    loader: str


THINGS = {
    Kind.PARTNER: Thing("Partner", "contacts", "partners"),
    Kind.MANAGER: Thing("Manager", "contacts", "managers"),
    Kind.TEAM: Thing("Team", "contacts", "teams"),
    Kind.INTERACTION: Thing("Interaction", "contacts", "interactions"),
    Kind.CONTACT_PERSON: Thing("ContactPerson", "contacts", "contact_persons"),
    Kind.CONTACT_POINT: Thing("ContactPoint", "contacts", "contact_points"),
    Kind.LEGAL_ENTITY: Thing("LegalEntity", "contacts", "legal_entities"),
    Kind.REMINDER: Thing("Reminder", "contacts", "reminders"),
    Kind.INTEREST: Thing("Interest", "contacts", "interests"),
    Kind.SEGMENT: Thing("Segment", "contacts", "segments"),
    Kind.PREFERENCE: Thing("Preference", "contacts", "preferences"),
    Kind.HAND_OVER: Thing("HandOver", "contacts", "hand_overs"),
    Kind.DUPLICATE_PAIR: Thing("DuplicatePair", "contacts", "duplicate_pairs"),
    Kind.PROCESS: Thing("SalesProcess", "deals", "processes"),
    Kind.DEAL: Thing("Deal", "deals", "deals"),
    Kind.SHIPMENT: Thing("Shipment", "deals", "shipments"),
    Kind.SALE_TERMS: Thing("SaleTerms", "deals", "sale_terms"),
    Kind.CUSTOMER_ORDER: Thing("CustomerOrder", "deals", "customer_orders"),
    Kind.TASK: Thing("Task", "deals", "tasks"),
    Kind.PROPOSAL: Thing("Proposal", "deals", "proposals"),
    Kind.SUPPLIER_ORDER: Thing("SupplierOrder", "deals", "supplier_orders"),
    Kind.FILE: Thing("DealFile", "deals", "files"),
    Kind.PAYMENT: Thing("Payment", "deals", "payments"),
    Kind.OBLIGATION: Thing("Obligation", "deals", "obligations"),
    Kind.PLANNED_HAND_OVER: Thing("PlannedHandOver", "deals", "planned_hand_overs"),
    Kind.NEXT_STEP: Thing("NextStep", "deals", "next_steps"),
    Kind.APPROVAL: Thing("Approval", "deals", "approvals"),
    Kind.PROCESS_DRAFT: Thing("SalesProcessDraft", "deals", "process_drafts"),
    Kind.SALES_TARGET: Thing("SalesTarget", "deals", "sales_targets"),
    Kind.CLAIM: Thing("Claim", "claims", "claims"),
    Kind.CLASSIFICATION_RUN: Thing("ClassificationRun", "reporting", "classification_runs"),
    Kind.SLA_POLICY: Thing("SlaPolicy", "claims", "sla_policies"),
    Kind.SATISFACTION_RESPONSE: Thing("SatisfactionResponse", "claims", "satisfaction"),
    Kind.SATISFACTION_REQUEST: Thing("SatisfactionRequest", "claims", "satisfaction_requests"),
}
"""Every kind; the owner answers `<loader>_by_ids`."""


def kind_named_by(text: str) -> Kind | int | None:
    """Tell the kind of thing an id names: one the API knows, the number of another, or None where it is no id."""
    try:
        kind = kind_of(UUID(text))
    except ValueError:
        return None
    if kind is None:
        return 0
    return Kind(kind) if kind in Kind._value2member_map_ else kind


def names_a(kind: Kind, text: str) -> bool:
    """Tell whether an id names a thing of a kind."""
    return kind_named_by(text) is kind
