"""Proposals, as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from chassis.wire import Json
from services.deals.answers.documents import percent
from services.deals.answers.values import money_json
from services.deals.domain.lines import Line, Totals
from services.deals.domain.offer import Offer
from services.deals.storage.rows import amount_of


def proposal_json(row: sa.Row[Any], versions: Sequence[Json]) -> Json:
    """Give a proposal from its row, with its versions in their order."""
    return {
        "id": row.id,
        "version": row.version,
        "number": row.number,
        "deal_id": row.deal_id,
        "status": versions[-1]["status"],
        "dated_on": row.dated_on,
        "versions": versions,
    }


def proposal_version_json(row: sa.Row[Any], offer: Offer, responses: Sequence[sa.Row[Any]], base_currency: str) -> Json:
    """Give a version of a proposal, with all responses there were to it."""
    answered = [_response_json(response, base_currency) for response in responses]
    totals = offer.totals
    return {
        "id": row.id,
        "number": row.number,
        "status": row.status,
        "valid_until": row.valid_until,
        "note": row.note,
        "sent_at": row.sent_at,
        "prices_include_tax": offer.lines[0].line.tax_included,
        "lines": [{**line_json(offered.line), "alternative": offered.alternative} for offered in offer.lines],
        "alternatives": [
            {"name": name, "totals": totals_json(Totals.of(offer.taken(name)))} for name in offer.alternatives
        ],
        "totals": totals_json(totals) if totals else None,
        "response": next((response for response in answered if response["replaced_at"] is None), None),
        "responses": answered,
    }


def line_json(line: Line) -> Json:
    """Give a line of a document, with what it comes to."""

    def money(minor: int) -> Json:
        return money_json(minor, line.price.currency)

    return {
        "product": line.product,
        "quantity": number(line.quantity),
        "price": money(line.price.minor),
        "discount_percent": None if line.discount_percent is None else percent(line.discount_percent),
        "tax_percent": None if line.tax_percent is None else percent(line.tax_percent),
        "discount": money(line.discount),
        "net": money(line.net),
        "tax": money(line.tax),
        "gross": money(line.gross),
    }


def totals_json(totals: Totals) -> Json:
    """Give what lines add up to."""
    sums = {"discount": totals.discount, "net": totals.net, "tax": totals.tax, "gross": totals.gross}
    return {name: money_json(minor, totals.currency) for name, minor in sums.items()}


def number(value: Decimal) -> str:
    """Write a number without trailing zeros, exactly."""
    return format(value.normalize() + 0, "f")


def _response_json(row: sa.Row[Any], base_currency: str) -> Json:
    amount = amount_of(row.amount_minor, row.currency, row.base_minor, base_currency)
    return {
        "id": row.id,
        "response": row.kind,
        "reason": row.reason,
        "competitor_id": row.competitor_id,
        "deferred_until": row.deferred_until,
        "comment": row.comment,
        "alternative": row.alternative,
        "amount": amount.to_json() if amount else None,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "by": row.recorded_by,
        "replaced_at": row.replaced_at,
    }
