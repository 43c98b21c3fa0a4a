"""What is loaded by batch from contacts."""

from __future__ import annotations

from functools import cached_property

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class ContactLoaders(RequestLoaders):
    """Partners, persons, legal entities, managers and teams by id, and what belongs to them."""

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

    @cached_property
    def contact_persons(self) -> Loader:
        """Contact persons by id."""
        return self.by_ids("contacts", "contact_persons_by_ids")

    @cached_property
    def legal_entities(self) -> Loader:
        """Legal entities by id."""
        return self.by_ids("contacts", "legal_entities_by_ids")

    @cached_property
    def contact_points(self) -> Loader:
        """Contact points by id."""
        return self.by_ids("contacts", "contact_points_by_ids")

    @cached_property
    def interests(self) -> Loader:
        """Interests by id."""
        return self.by_ids("contacts", "interests_by_ids")

    @cached_property
    def interests_of_partners(self) -> Loader:
        """What each partner asked for."""
        return self.of_things("contacts", "interests_of_partners", "partner_ids", "interests")

    @cached_property
    def duplicates_of_partners(self) -> Loader:
        """Which partners each partner may be the same as."""
        return self.of_things("contacts", "duplicates_of_partners", "partner_ids", "duplicates")

    def branches_of_partners(self, arguments: Json) -> Loader:
        """Pages of each partner's branches."""
        return self.pages_of("contacts", "branches_of_partners", "partner_ids", arguments)

    def changes_of(self, arguments: Json) -> Loader:
        """Pages of what changed of each partner, person or legal entity."""
        return self.pages_of("contacts", "changes_of", "thing_ids", arguments)

    def contact_point_history(self, arguments: Json) -> Loader:
        """Pages of the history of each contact point, or of all those of an owner."""
        return self.pages_of("contacts", "contact_point_history", "ids", arguments)

    @cached_property
    def reminders(self) -> Loader:
        """Reminders by id."""
        return self.by_ids("contacts", "reminders_by_ids")

    @cached_property
    def calendar_feeds(self) -> Loader:
        """The calendar feeds of each manager."""
        return self.of_things("contacts", "calendar_feeds_of", "manager_ids", "feeds")

    @cached_property
    def segments(self) -> Loader:
        """Segments by id."""
        return self.by_ids("contacts", "segments_by_ids")

    @cached_property
    def segments_of_partners(self) -> Loader:
        """The segments that each partner belongs to."""
        return self.of_things("contacts", "segments_of_partners", "partner_ids", "segments")

    def members_of_segments(self, arguments: Json) -> Loader:
        """Pages of each segment's members."""
        return self.pages_of("contacts", "members_of_segments", "segment_ids", arguments)

    @cached_property
    def preferences(self) -> Loader:
        """Preferences by id."""
        return self.by_ids("contacts", "preferences_by_ids")

    def preferences_of_partners(self, as_of: str | None) -> Loader:
        """What each partner prefers on a day."""
        return self.pages_of("contacts", "preferences_of_partners", "partner_ids", {"as_of": as_of}, "preferences")

    @cached_property
    def hand_overs(self) -> Loader:
        """Hand-overs by id."""
        return self.by_ids("contacts", "hand_overs_by_ids")

    @cached_property
    def duplicate_pairs(self) -> Loader:
        """Pairs of partners that may be one, by id."""
        return self.by_ids("contacts", "duplicate_pairs_by_ids")
