"""References to files, as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.wire import Json


def file_json(row: Mapping[str, Any] | sa.RowMapping) -> Json:
    """Give a reference to a file from its row."""
    return {
        "id": row["id"],
        "deal_id": row["deal_id"],
        "name": row["name"],
        "media_type": row["media_type"],
        "size": str(row["bytes"]),
        "location": row["location"],
        "sha256": row["sha256"],
        "attached_at": row["attached_at"],
        "by": row["attached_by"],
    }
