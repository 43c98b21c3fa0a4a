"""A run of the classification, in the shape of the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def run_json(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Give a run."""
    return {
        "id": row["id"],
        "as_of": row["as_of"],
        "known_at": row["known_at"],
        "recorded_at": row["recorded_at"],
        "scheduled": row["scheduled"],
        "period": {"from": row["first_day"], "to": row["end_day"]},
        **row["parameters"],
        "clients": row["clients"],
    }
