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

    @cached_property
    def sla_policies(self) -> Loader:
        """Versions of the service levels by id."""
        return self.by_ids("claims", "sla_policies_by_ids")

    @cached_property
    def satisfaction(self) -> Loader:
        """Answers of clients by id."""
        return self.by_ids("claims", "satisfaction_by_ids")

    @cached_property
    def satisfaction_requests(self) -> Loader:
        """Who was asked, by id."""
        return self.by_ids("claims", "satisfaction_requests_by_ids")

    def satisfaction_of(self, arguments: Json) -> Loader:
        """Pages of what clients answered about each thing of one kind."""
        return self.pages_of("claims", "satisfaction_of", "ids", arguments)

    def satisfaction_requests_of(self, arguments: Json) -> Loader:
        """Pages of who was asked about each thing of one kind."""
        return self.pages_of("claims", "satisfaction_requests_of", "ids", arguments)

    def answers_of_claims(self, arguments: Json) -> Loader:
        """Pages of what was said about each claim."""
        return self.pages_of("claims", "answers_of_claims", "claim_ids", arguments)

    def changes_of_claims(self, arguments: Json) -> Loader:
        """Pages of what was changed of each claim."""
        return self.pages_of("claims", "changes_of_claims", "claim_ids", arguments)

    def claims_of_partners(self, arguments: Json) -> Loader:
        """Pages of each partner's claims."""
        return self.pages_of("claims", "claims_of_partners", "partner_ids", arguments)

    def claims_of_deals(self, arguments: Json) -> Loader:
        """Pages of each deal's claims."""
        return self.pages_of("claims", "claims_of_deals", "deal_ids", arguments)
