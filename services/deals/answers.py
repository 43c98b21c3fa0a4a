"""The JSON in which this service answers, the same from commands and from queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from chassis.wire import Json
from services.deals.domain.deal import Deal
from services.deals.domain.process import Process
from services.deals.domain.sale_terms import DISCOUNT_DIGITS, SaleTerms
from services.deals.domain.shipment import Shipment
from services.deals.storage.rows import amount_of, deal_row


def deal_json(row: Mapping[str, Any] | sa.RowMapping, base_currency: str) -> Json:
    """Give a deal from its row."""
    amount = amount_of(row["amount_minor"], row["currency"], row["base_minor"], base_currency)
    ref = {"system": row["external_system"], "id": row["external_id"]} if row["external_system"] else None
    return {
        "id": row["id"],
        "version": row["version"],
        "number": deal_number(row["number"]),
        "title": row["title"],
        "process_id": row["process_id"],
        "stage": row["stage"],
        "outcome": row["outcome"],
        "partner_id": row["partner_id"],
        "manager_id": row["manager_id"],
        "amount": amount.to_json() if amount else None,
        "products": row["products"],
        "expected_close_on": row["expected_close_on"],
        "created_at": row["created_at"],
        "closed_at": row["closed_at"],
        "loss_reason": row["loss_reason"],
        "competitor_id": row["competitor_id"],
        "external_ref": ref,
    }


def deal_answer(deal: Deal, base_currency: str) -> Json:
    """Give a deal from the domain, as a command answers."""
    return deal_json({**deal_row(deal), "number": deal.number}, base_currency)


def deal_number(number: int | None) -> str | None:
    """Give a deal's number as people read it: D-000123."""
    return f"D-{number:06}" if number is not None else None


def process_json(process: Process) -> Json:
    """Give a version of a sales process."""
    return {
        "id": process.id,
        "key": process.key,
        "name": process.name,
        "russian_name": process.russian_name,
        "version": process.version,
        "control": process.control,
        "won_by": process.won_by,
        "stages": [
            {
                "key": stage.key,
                "name": stage.name,
                "russian_name": stage.russian_name,
                "rank": stage.rank,
                "probability": stage.probability,
                "guards": list(stage.guards),
            }
            for stage in process.stages
        ],
    }


def terms_json(terms: SaleTerms) -> Json:
    """Give sale terms."""
    discount = terms.discount_percent
    return {
        "id": terms.id,
        "partner_id": terms.partner_id,
        "deal_id": terms.deal_id,
        "currency": terms.currency,
        "valid_from": terms.valid_from,
        "valid_to": terms.valid_to,
        "discount_percent": None if discount is None else percent(discount),
    }


def percent(value: Decimal) -> str:
    """Write a percentage without trailing zeros, exactly."""
    return format(round(value, DISCOUNT_DIGITS).normalize() + 0, "f")


def shipment_json(shipment: Shipment) -> Json:
    """Give a shipment."""
    return {
        "id": shipment.id,
        "deal_id": shipment.deal_id,
        "number": shipment.number,
        "shipped_on": shipment.shipped_on,
        "complete": shipment.complete,
    }


def document_json(kind: str, document_id: Any, number: str | None, day: date) -> Json:
    """Give a line of a deal's list of documents."""
    return {"kind": kind, "id": document_id, "number": number, "date": day}
