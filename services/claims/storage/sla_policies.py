"""The versions of the service levels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import Json
from services.claims.domain.severity import Severity
from services.claims.domain.sla_policy import SlaPolicy, Target
from services.claims.storage.tables import sla_policies

_p = sla_policies.c
_SECOND = timedelta(seconds=1)


class SlaPolicies:
    """Service levels, of which the newest version is in force."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, policy_id: UUID) -> SlaPolicy:
        """Read a version."""
        return _policy(self._connection.execute(sa.select(sla_policies).where(_p.id == policy_id)).one())

    def in_force(self) -> SlaPolicy:
        """Read the newest version."""
        return _policy(self._connection.execute(sa.select(sla_policies).order_by(_p.version.desc()).limit(1)).one())

    def latest_version(self) -> int:
        """Tell the number of the newest version; who wants to add the next one holds it until the transaction ends."""
        newest = sa.select(_p.version).order_by(_p.version.desc()).limit(1).with_for_update()
        version: int = self._connection.execute(newest).scalar_one()
        return version

    def add(self, policy: SlaPolicy, recorded_by: str) -> None:
        """Put a new version in."""
        row = {
            "id": policy.id,
            "version": policy.version,
            "valid_from": policy.valid_from,
            "warn_at_percent": policy.warn_at_percent,
            "targets": {
                severity.value: [target.first_response // _SECOND, target.resolution // _SECOND]
                for severity, target in policy.targets.items()
            },
            "recorded_by": recorded_by[:200],
        }
        self._connection.execute(sla_policies.insert(), row)


def policy_json(
    id: UUID, version: int, valid_from: datetime, warn_at_percent: int | None, targets: Mapping[str, Any]
) -> Json:
    """Give a version as those who ask see it: targets in minutes of business time, the mildest severity first."""
    return {
        "id": id,
        "version": version,
        "valid_from": valid_from,
        "warn_at_percent": warn_at_percent,
        "targets": [
            {
                "severity": severity,
                "first_response_minutes": targets[severity][0] // 60,
                "resolution_minutes": targets[severity][1] // 60,
            }
            for severity in Severity
        ],
    }


def _policy(row: sa.Row[Any]) -> SlaPolicy:
    return SlaPolicy(
        id=row.id,
        version=row.version,
        valid_from=row.valid_from,
        warn_at_percent=row.warn_at_percent,
        targets={
            Severity(severity): Target(first_response=first * _SECOND, resolution=until * _SECOND)
            for severity, (first, until) in row.targets.items()
        },
    )
