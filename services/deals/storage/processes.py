"""Sales processes in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import refuse
from services.deals.domain.definition import Definition
from services.deals.domain.process import Process
from services.deals.storage.definition_rows import definition_of, definition_row
from services.deals.storage.tables import processes

_published: dict[UUID, Process] = {}
"""A published process never changes, so that one reading of it serves for as long as the program runs."""

NEWER_VERSION = (
    sa.select(processes.c.id)
    .where(processes.c.key == sa.bindparam("of_process"), processes.c.version > sa.bindparam("than_version"))
    .order_by(processes.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
"""The id of the newest version of a process, if there is a newer one than that."""


class Processes:
    """Finds published processes; NOT_FOUND where there is none."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, process_id: UUID) -> Process:
        """Find a version of a process by its id."""
        found = self.find([process_id])
        if not found:
            raise refuse("NOT_FOUND", f"there is no sales process {process_id}", "process")
        return found[process_id]

    def require_newest(self, process: Process, newer: UUID | None) -> None:
        """Raise Refused with OUTDATED_PROCESS where a newer version, as NEWER_VERSION finds it, is published."""
        if newer is not None:
            message = f"version {process.version} of the process {process.key!r} is replaced; deals begin in the newest"
            raise refuse("OUTDATED_PROCESS", message, "process", details=(str(newer),))

    def find(self, ids: Sequence[UUID]) -> dict[UUID, Process]:
        """Find those versions of processes that are there, keyed by id."""
        unread = {process_id for process_id in ids if process_id not in _published}
        if unread:
            for row in self._connection.execute(sa.select(processes).where(processes.c.id.in_(unread))):
                _published[row.id] = _process(row)
        return {process_id: _published[process_id] for process_id in ids if process_id in _published}

    def current(self, key: str, field: str) -> Process:
        """Find the newest version of a process by its key, which an input's field holds."""
        newest = sa.select(processes).where(processes.c.key == key).order_by(processes.c.version.desc()).limit(1)
        row = self._connection.execute(newest).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no sales process {key[:50]!r}", field)
        return _process(row)

    def all_current(self) -> list[Process]:
        """Give the newest version of every process, in the order in which they were first published."""
        p = processes.c
        # those that ship are published at one moment: from the strictest to the freest
        rows = self._connection.execute(sa.select(processes).order_by(p.version, p.published_at, p.control, p.key))
        newest = {row.key: _process(row) for row in rows}
        return list(newest.values())

    def versions(self, keys: Sequence[str]) -> dict[str, list[Process]]:
        """Give all versions of processes, the newest first, keyed by the processes' keys."""
        found: dict[str, list[Process]] = {}
        of_keys = sa.select(processes).where(processes.c.key.in_(keys)).order_by(processes.c.version.desc())
        for row in self._connection.execute(of_keys):
            found.setdefault(row.key, []).append(_process(row))
        return found

    def next_version(self, key: str) -> int:
        """Tell which version of a process would be the next."""
        newest = sa.select(sa.func.max(processes.c.version)).where(processes.c.key == key)
        return (self._connection.execute(newest).scalar() or 0) + 1

    def has(self, key: str, version: int) -> bool:
        """Tell whether a version was published."""
        where = sa.and_(processes.c.key == key, processes.c.version == version)
        return self._connection.execute(sa.select(processes.c.id).where(where)).first() is not None

    def add(self, process: Process, published_at: Any) -> None:
        """Store a version that is published."""
        self._connection.execute(
            processes.insert(),
            {
                "id": process.id,
                "version": process.version,
                **definition_row(Definition.of(process)),
                "published_at": published_at,
            },
        )


def _process(row: sa.Row[Any]) -> Process:
    return definition_of(row).as_version(row.id, row.version)
