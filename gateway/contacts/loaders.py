"""What is loaded by batch from contacts."""

from __future__ import annotations

from functools import cached_property

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class ContactLoaders(RequestLoaders):
    """Partners, managers and teams by id."""

    @cached_property
    def partners(self) -> Loader:
        """Partners by id, without what belongs to them: most lists show a name only."""
        return self.by_ids("contacts", "partners_by_ids", contacts=False)

    @cached_property
    def whole_partners(self) -> Loader:
        """Partners by id, with their contact points, persons and legal entities."""
        return self.by_ids("contacts", "partners_by_ids")

    @cached_property
    def managers(self) -> Loader:
        """Managers by id."""
        return self.by_ids("contacts", "managers_by_ids")

    @cached_property
    def teams(self) -> Loader:
        """Teams by id."""
        return self.by_ids("contacts", "teams_by_ids")

    @cached_property
    def interactions(self) -> Loader:
        """Interactions by id."""
        return self.by_ids("contacts", "interactions_by_ids")

    def interactions_of(self, arguments: Json) -> Loader:
        """Pages of the interactions of each partner, person, deal, claim or manager."""
        return self.pages_of("contacts", "interactions_of", "thing_ids", arguments)

    def timelines_of(self, arguments: Json) -> Loader:
        """Pages of the timeline of each partner, person, deal, claim or manager."""
        return self.pages_of("contacts", "timelines_of", "thing_ids", arguments)
