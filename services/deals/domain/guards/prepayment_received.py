"""The guard `prepayment_received`."""

from __future__ import annotations

from typing import ClassVar

from services.deals.domain.guards.guard import Guard, StageFacts
from services.deals.domain.guards.parameters import Parameter, WholeNumber


class PrepaymentReceived(Guard):
    """Enough of what was ordered is paid."""

    name = "prepayment_received"
    description = "Of what the deal's confirmed orders come to, so much is paid."
    parameters: ClassVar[tuple[Parameter, ...]] = (
        WholeNumber(name="percent", description="how much of it, in percent", smallest=1, largest=100),
    )

    def __init__(self, percent: int) -> None:
        self.percent = percent
        self.missing = f"register payments of {percent} percent of the confirmed orders"

    def met(self, facts: StageFacts) -> bool:
        """Tell whether payments that stand reach the percentage of what was ordered."""
        return facts.has_received(self.percent)
