"""Sales targets, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.domain.sales_target import SalesTarget


def sales_target_json(target: SalesTarget) -> Json:
    """Give a target; its value is in major units of the currency, or a count."""
    return {
        "id": target.id,
        "version": target.version,
        "manager_id": target.aim.manager_id,
        "team_id": target.aim.team_id,
        "measure": target.aim.measure,
        "period": target.aim.period,
        "begins_on": target.aim.first,
        "to": target.aim.end,
        "value": format(target.value, "f"),
        "currency": target.amount.currency if target.amount is not None else None,
        "withdrawn_at": target.withdrawn_at,
    }
