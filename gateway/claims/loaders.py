"""What is loaded by batch from claims."""

from __future__ import annotations

from functools import cached_property

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class ClaimLoaders(RequestLoaders):
    """Claims, and those of deals and partners."""

    @cached_property
    def claims(self) -> Loader:
        """Claims by id."""
        return self.by_ids("claims", "claims_by_ids")

    def claims_of_partners(self, arguments: Json) -> Loader:
        """Pages of each partner's claims."""
        return self.pages_of("claims", "claims_of_partners", "partner_ids", arguments)

    def claims_of_deals(self, arguments: Json) -> Loader:
        """Pages of each deal's claims."""
        return self.pages_of("claims", "claims_of_deals", "deal_ids", arguments)
