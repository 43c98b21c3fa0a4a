"""Publish the sales processes that ship with the system."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.ids import new_id
from chassis.store.database import Transaction
from services.deals.domain.kinds import PROCESS
from services.deals.domain.shipped_processes import SHIPPED, ShippedProcess
from services.deals.events import process_told
from services.deals.storage.processes import Processes


def install_processes(tx: Transaction) -> None:
    """Publish those shipped processes that are not published yet; run again it does nothing."""
    for definition in SHIPPED:
        _publish(definition, tx)


def _publish(definition: ShippedProcess, tx: Transaction) -> None:
    processes = Processes(tx.connection)
    if processes.has(definition.key, definition.version):
        return
    process = definition.published(new_id(PROCESS), definition.version)
    try:
        with tx.attempt():
            processes.add(process, tx.now)
            tx.emit(process_told(process, tx.now))
    except sa.exc.IntegrityError:
        pass  # another replica starts at the same moment and was first
