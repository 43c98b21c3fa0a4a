"""Let a deal go on in another process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import follow
from services.deals.domain.deal import Deal
from services.deals.domain.process import Process
from services.deals.domain.process_change import highest_after, landing
from services.deals.storage.deals import Deals
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class ChangeDealProcess:
    """Ask that a deal go on in a newer version of its process, or in another process.

    `stage` is where it goes on; without one, at the stage with the key of its present one. Guards are not asked for.
    """

    deal_id: UUID
    process_id: UUID
    stage: str | None = None
    expected_version: int | None = None


def change_deal_process(command: ChangeDealProcess, tx: Transaction, actor: Actor) -> Json:
    """Change the process of a deal in progress; answer the deal. It counts from now on in the new one."""
    actor.require("process")
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    go_on(deal, Processes(tx.connection).get(command.process_id), command.stage, deals, tx, actor)
    return deal_answer(deal, tx.enterprise.base_currency)


def go_on(deal: Deal, process: Process, stage: str | None, deals: Deals, tx: Transaction, actor: Actor) -> None:
    """Change the process of a deal that is held, and do what follows."""
    target = landing(deal, process, stage)
    changed = deal.go_on_in(process, stage=target, highest=highest_after(deal, process, target), now=tx.now)
    deals.save(deal)
    follow(changed, deal, tx, actor)
