"""Deals, as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.wire import Json
from services.deals.domain.deal import Deal
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
        "planned_start_on": row["planned_start_on"],
        "probability": float(row["probability"]) if row["probability"] is not None else None,
        "created_at": row["created_at"],
        "closed_at": row["closed_at"],
        "loss_reason": row["loss_reason"],
        "competitor_id": row["competitor_id"],
        "hold": {"since": row["held_since"], "until": row["held_until"]} if row["held_since"] else None,
        "voided": row["voided_at"] is not None,
        "merged_into_id": row["merged_into_id"],
        "external_ref": ref,
    }


def deal_answer(deal: Deal, base_currency: str) -> Json:
    """Give a deal from the domain, as a command answers."""
    return deal_json({**deal_row(deal), "number": deal.number}, base_currency)


def deal_number(number: int | None) -> str | None:
    """Give a deal's number as people read it: D-000123."""
    return f"D-{number:06}" if number is not None else None
