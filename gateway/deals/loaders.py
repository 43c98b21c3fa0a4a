"""What is loaded by batch from deals."""

from __future__ import annotations

from functools import cached_property

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class DealLoaders(RequestLoaders):
    """Deals, processes, and what belongs to deals and partners."""

    @cached_property
    def deals(self) -> Loader:
        """Deals by id."""
        return self.by_ids("deals", "deals_by_ids")

    @cached_property
    def processes(self) -> Loader:
        """Sales processes by the id of their version."""
        return self.by_ids("deals", "processes_by_ids")

    @cached_property
    def transitions(self) -> Loader:
        """The history of each deal."""
        return self.of_things("deals", "transitions_of_deals", "deal_ids", "transitions")

    @cached_property
    def documents(self) -> Loader:
        """The documents of each deal."""
        return self.of_things("deals", "documents_of_deals", "deal_ids", "documents")

    @cached_property
    def next_steps(self) -> Loader:
        """Steps by id."""
        return self.by_ids("deals", "next_steps_by_ids")

    @cached_property
    def planned_hand_overs(self) -> Loader:
        """Hand-overs of deals by id, that are set for a day to come."""
        return self.by_ids("deals", "planned_hand_overs")

    @cached_property
    def steps_of_deals(self) -> Loader:
        """All steps of each deal."""
        return self.of_things("deals", "next_steps_of_deals", "deal_ids", "steps")

    @cached_property
    def planned_steps(self) -> Loader:
        """The step that is planned for each deal, in a list of one or none."""
        return Loader(
            self.services,
            self.batches,
            ("deals", "next_steps_of_deals"),
            lambda ids: {"deal_ids": ids, "planned": True},
            lambda answer: list(answer["steps"]),
        )

    @cached_property
    def tasks(self) -> Loader:
        """Tasks by id."""
        return self.by_ids("deals", "tasks_by_ids")

    @cached_property
    def tasks_of_deals(self) -> Loader:
        """The tasks of each deal."""
        return self.of_things("deals", "tasks_of_deals", "deal_ids", "tasks")

    @cached_property
    def work_plans(self) -> Loader:
        """How far the work on each deal is."""
        return self.of_things("deals", "work_plans_of_deals", "deal_ids", "plans")

    @cached_property
    def proposals(self) -> Loader:
        """Proposals by id."""
        return self.by_ids("deals", "proposals_by_ids")

    @cached_property
    def proposals_of_deals(self) -> Loader:
        """The proposals of each deal."""
        return self.of_things("deals", "proposals_of_deals", "deal_ids", "proposals")

    @cached_property
    def sale_terms(self) -> Loader:
        """Sale terms by id."""
        return self.by_ids("deals", "sale_terms_by_ids")

    def terms_of_deals(self, on: str | None) -> Loader:
        """The terms that hold for each deal on a day."""
        return self.pages_of("deals", "terms_of_deals", "deal_ids", {"on": on}, "terms")

    def terms_of_partners(self, on: str | None) -> Loader:
        """The terms that hold for each partner on a day."""
        return self.pages_of("deals", "terms_of_partners", "partner_ids", {"on": on}, "terms")

    @cached_property
    def sales_targets(self) -> Loader:
        """Sales targets by id."""
        return self.by_ids("deals", "sales_targets_by_ids")

    @cached_property
    def classified(self) -> Loader:
        """Whether effective sale terms are registered for each partner."""
        return self.of_things("deals", "classified_partners", "partner_ids", "classified")

    @cached_property
    def possible_duplicates(self) -> Loader:
        """The deals that may be the same sale as each deal."""
        return self.of_things("deals", "possible_duplicates_of_deals", "deal_ids", "duplicates")

    @cached_property
    def merged_into_deals(self) -> Loader:
        """The deals that were merged into each deal."""
        return self.of_things("deals", "merged_into_deals", "deal_ids", "merged")

    def changes_of_deals(self, arguments: Json) -> Loader:
        """Pages of what was changed of each deal."""
        return self.pages_of("deals", "changes_of_deals", "deal_ids", arguments)

    @cached_property
    def approvals(self) -> Loader:
        """Approvals by id."""
        return self.by_ids("deals", "approvals_by_ids")

    @cached_property
    def approvals_of_deals(self) -> Loader:
        """The approvals of each deal."""
        return self.of_things("deals", "approvals_of_deals", "deal_ids", "approvals")

    @cached_property
    def process_drafts(self) -> Loader:
        """Drafts of sales processes by id."""
        return self.by_ids("deals", "process_drafts_by_ids")

    @cached_property
    def process_versions(self) -> Loader:
        """All versions of each process, by its key."""
        return self.of_things("deals", "versions_of_processes", "keys", "versions")

    @cached_property
    def process_texts(self) -> Loader:
        """The YAML and the diagram of each version of a process."""
        return self.by_ids("deals", "texts_of_processes")

    @cached_property
    def can_enter(self) -> Loader:
        """What a move of each deal to each stage of its process would meet."""
        return self.of_things("deals", "can_enter_of_deals", "deal_ids", "entries")

    def deals_of_partners(self, arguments: Json) -> Loader:
        """Pages of each partner's deals."""
        return self.pages_of("deals", "deals_of_partners", "partner_ids", arguments)
