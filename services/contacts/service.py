"""The contacts service: what can be asked of it and what it hears."""

from __future__ import annotations

from typing import TypeVar

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.contacts.commands import following_plans
from services.contacts.commands.add_contact_point import AddContactPoint, add_contact_point
from services.contacts.commands.add_segment_members import AddSegmentMembers, add_segment_members
from services.contacts.commands.cancel_interaction import CancelInteraction, cancel_interaction
from services.contacts.commands.cancel_reminder import CancelReminder, cancel_reminder
from services.contacts.commands.change_contact_person import ChangeContactPerson, change_contact_person
from services.contacts.commands.change_contact_point import ChangeContactPoint, change_contact_point
from services.contacts.commands.change_legal_entity import ChangeLegalEntity, change_legal_entity
from services.contacts.commands.change_manager import ChangeManager, change_manager
from services.contacts.commands.change_partner import ChangePartner, change_partner
from services.contacts.commands.change_segment import ChangeSegment, change_segment
from services.contacts.commands.change_team import ChangeTeam, change_team
from services.contacts.commands.close_interest import CloseInterest, close_interest
from services.contacts.commands.complete_interaction import CompleteInteraction, complete_interaction
from services.contacts.commands.correct_interaction import CorrectInteraction, correct_interaction
from services.contacts.commands.dismiss_duplicate import DismissDuplicate, dismiss_duplicate
from services.contacts.commands.dismiss_reminder import DismissReminder, dismiss_reminder
from services.contacts.commands.end_contact_point import EndContactPoint, end_contact_point
from services.contacts.commands.end_preference import EndPreference, end_preference
from services.contacts.commands.erase_person import ErasePerson, erase_person
from services.contacts.commands.hand_over_partners import GO_ON, HandOverPartners, hand_over_partners
from services.contacts.commands.import_interactions import ImportInteractions, import_interactions
from services.contacts.commands.import_managers import ImportManagers, import_managers
from services.contacts.commands.import_partners import ImportPartners, import_partners
from services.contacts.commands.import_persons import ImportPersons, import_persons
from services.contacts.commands.link_contact_person import LinkContactPerson, link_contact_person
from services.contacts.commands.link_legal_entity import LinkLegalEntity, link_legal_entity
from services.contacts.commands.merge_partners import MergePartners, merge_partners
from services.contacts.commands.open_calendar_feed import OpenCalendarFeed, open_calendar_feed
from services.contacts.commands.plan_interaction import PlanInteraction, plan_interaction
from services.contacts.commands.postpone_interaction import PostponeInteraction, postpone_interaction
from services.contacts.commands.register_contact_person import RegisterContactPerson, register_contact_person
from services.contacts.commands.register_interaction import RegisterInteraction, register_interaction
from services.contacts.commands.register_interest import RegisterInterest, register_interest
from services.contacts.commands.register_legal_entity import RegisterLegalEntity, register_legal_entity
from services.contacts.commands.register_manager import RegisterManager, register_manager
from services.contacts.commands.register_partner import RegisterPartner, register_partner
from services.contacts.commands.register_preference import RegisterPreference, register_preference
from services.contacts.commands.register_segment import RegisterSegment, register_segment
from services.contacts.commands.register_team import RegisterTeam, register_team
from services.contacts.commands.remove_segment_members import RemoveSegmentMembers, remove_segment_members
from services.contacts.commands.reschedule_interaction import RescheduleInteraction, reschedule_interaction
from services.contacts.commands.reschedule_reminder import RescheduleReminder, reschedule_reminder
from services.contacts.commands.restore_contact_point import RestoreContactPoint, restore_contact_point
from services.contacts.commands.review_interaction import ReviewInteraction, review_interaction
from services.contacts.commands.revoke_calendar_feed import RevokeCalendarFeed, revoke_calendar_feed
from services.contacts.commands.segment_members import REVIEW
from services.contacts.commands.set_assignment_rules import SetAssignmentRules, set_assignment_rules
from services.contacts.commands.set_primary_contact_point import SetPrimaryContactPoint, set_primary_contact_point
from services.contacts.commands.set_reminder import SetReminder, set_reminder
from services.contacts.commands.snooze_reminder import SnoozeReminder, snooze_reminder
from services.contacts.commands.unlink_contact_person import UnlinkContactPerson, unlink_contact_person
from services.contacts.commands.unlink_legal_entity import UnlinkLegalEntity, unlink_legal_entity
from services.contacts.commands.unmerge_partner import UnmergePartner, unmerge_partner
from services.contacts.domain.timeline import FACTS, OWN
from services.contacts.due.escalate import escalate_commitment, escalate_interaction
from services.contacts.due.find_duplicates import find_duplicates
from services.contacts.due.hand_over_rest import hand_over_rest
from services.contacts.due.remind import remind, remind_again
from services.contacts.due.review_segment import review_segment
from services.contacts.queries.assignment_rules import AssignmentRules, assignment_rules
from services.contacts.queries.branches_of_partners import BranchesOfPartners, branches_of_partners
from services.contacts.queries.calendar_feeds_of import CalendarFeedsOf, calendar_feeds_of
from services.contacts.queries.calendar_of_feed import CalendarOfFeed, calendar_of_feed
from services.contacts.queries.changes_of import ChangesOf, changes_of
from services.contacts.queries.contact_persons_by_ids import ContactPersonsByIds, contact_persons_by_ids
from services.contacts.queries.contact_point_history import ContactPointHistory, contact_point_history
from services.contacts.queries.contact_points_by_ids import ContactPointsByIds, contact_points_by_ids
from services.contacts.queries.duplicate_pairs_by_ids import DuplicatePairsByIds, duplicate_pairs_by_ids
from services.contacts.queries.duplicates_of_partners import DuplicatesOfPartners, duplicates_of_partners
from services.contacts.queries.hand_overs_by_ids import HandOversByIds, hand_overs_by_ids
from services.contacts.queries.interactions_by_ids import InteractionsByIds, interactions_by_ids
from services.contacts.queries.interactions_of import InteractionsOf, interactions_of
from services.contacts.queries.interests_by_ids import InterestsByIds, interests_by_ids
from services.contacts.queries.interests_of_partners import InterestsOfPartners, interests_of_partners
from services.contacts.queries.legal_entities_by_ids import LegalEntitiesByIds, legal_entities_by_ids
from services.contacts.queries.list_contact_persons import ListContactPersons, list_contact_persons
from services.contacts.queries.list_duplicate_pairs import ListDuplicatePairs, list_duplicate_pairs
from services.contacts.queries.list_interactions import ListInteractions, list_interactions
from services.contacts.queries.list_interests import ListInterests, list_interests
from services.contacts.queries.list_legal_entities import ListLegalEntities, list_legal_entities
from services.contacts.queries.list_managers import ListManagers, list_managers
from services.contacts.queries.list_partners import ListPartners, list_partners
from services.contacts.queries.list_reminders import ListReminders, list_reminders
from services.contacts.queries.list_segments import ListSegments, list_segments
from services.contacts.queries.list_teams import ListTeams, list_teams
from services.contacts.queries.locate import Locate, locate
from services.contacts.queries.managers_by_ids import ManagersByIds, managers_by_ids
from services.contacts.queries.members_of_segments import MembersOfSegments, members_of_segments
from services.contacts.queries.merge_preview import MergePreview, merge_preview
from services.contacts.queries.partners_by_ids import PartnersByIds, partners_by_ids
from services.contacts.queries.personal_data import PersonalData, personal_data
from services.contacts.queries.preferences_by_ids import PreferencesByIds, preferences_by_ids
from services.contacts.queries.preferences_of_partners import PreferencesOfPartners, preferences_of_partners
from services.contacts.queries.reach_of_manager import ReachOfManager, reach_of_manager
from services.contacts.queries.reminders_by_ids import RemindersByIds, reminders_by_ids
from services.contacts.queries.search import Search, search
from services.contacts.queries.segments_by_ids import SegmentsByIds, segments_by_ids
from services.contacts.queries.segments_of_partners import SegmentsOfPartners, segments_of_partners
from services.contacts.queries.teams_by_ids import TeamsByIds, teams_by_ids
from services.contacts.queries.timelines_of import TimelinesOf, timelines_of
from services.contacts.queries.traces_of_person import TracesOfPerson, traces_of_person
from services.contacts.reactions import follow_commitment
from services.contacts.reactions.follow_deals import CHANGED, follow_deals
from services.contacts.reactions.follow_merged_deal import follow_merged_deal
from services.contacts.reactions.know_claim import know_claim
from services.contacts.reactions.make_client import make_client
from services.contacts.reactions.record_facts import record_facts
from services.contacts.reactions.refresh_segments import AFFECTING, refresh_partners_of_manager, refresh_segments
from services.contacts.reactions.tell_of_client import tell_of_escalated_claim, tell_of_low_satisfaction
from services.contacts.storage.duplicate_pairs import LOOK
from services.contacts.storage.reminders import AGAIN, DUE
from services.contacts.storage.tables import metadata

S = TypeVar("S")


def _with_timeline(service: S) -> S:
    """Let a service record every fact of the timeline that others tell of."""
    for source, record in (("deals", follow_deals), ("claims", record_facts)):
        for fact in FACTS[source]:
            setattr(service, f"records_{fact.replace('.', '_')}", listen(source, fact, record, in_batches=True))
    return service


def _with_segments(service: S) -> S:
    """Let a service hear what it tells itself of partners, by which they come to belong to segments or cease to."""
    for fact in AFFECTING:
        setattr(service, f"refreshes_segments_on_{fact.replace('.', '_')}", listen(OWN, fact, refresh_segments))
    return service


@_with_segments
@_with_timeline
class ContactsService:
    """Partners and how to reach them; managers and their teams."""

    name = "contacts"
    db = Storage(
        metadata,
        timers={
            LOOK: find_duplicates,
            DUE: remind,
            AGAIN: remind_again,
            following_plans.OVERDUE: escalate_interaction,
            follow_commitment.OVERDUE: escalate_commitment,
            REVIEW: review_segment,
            GO_ON: hand_over_rest,
        },
    )

    # partners

    @rpc
    def merge_partners(self, command: Json) -> Json:
        """Merge a partner into another one."""
        return self.db.run(merge_partners, MergePartners, command)

    @rpc
    def unmerge_partner(self, command: Json) -> Json:
        """Undo a merge."""
        return self.db.run(unmerge_partner, UnmergePartner, command)

    @rpc
    def dismiss_duplicate(self, command: Json) -> Json:
        """Say that two partners are two."""
        return self.db.run(dismiss_duplicate, DismissDuplicate, command)

    @rpc
    def import_partners(self, command: Json) -> Json:
        """Take partners over from elsewhere."""
        return self.db.run(import_partners, ImportPartners, command)

    @rpc
    def import_persons(self, command: Json) -> Json:
        """Take contact persons over from elsewhere."""
        return self.db.run(import_persons, ImportPersons, command)

    @rpc
    def import_interactions(self, command: Json) -> Json:
        """Take interactions over from elsewhere."""
        return self.db.run(import_interactions, ImportInteractions, command)

    @rpc
    def register_partner(self, command: Json) -> Json:
        """Register a partner."""
        return self.db.run(register_partner, RegisterPartner, command)

    @rpc
    def change_partner(self, command: Json) -> Json:
        """Change what is known of a partner."""
        return self.db.run(change_partner, ChangePartner, command)

    @rpc
    def hand_over_partners(self, command: Json) -> Json:
        """Hand a manager's partners and plans over to another one."""
        return self.db.run(hand_over_partners, HandOverPartners, command)

    @rpc
    def merge_preview(self, query: Json) -> Json:
        """Tell what would come of merging a partner into another one."""
        return self.db.read(merge_preview, MergePreview, query)

    @rpc
    def duplicates_of_partners(self, query: Json) -> Json:
        """Give the likely duplicates of partners."""
        return self.db.read(duplicates_of_partners, DuplicatesOfPartners, query)

    @rpc
    def list_duplicate_pairs(self, query: Json) -> Json:
        """Give a page of the pairs of partners that may be one."""
        return self.db.read(list_duplicate_pairs, ListDuplicatePairs, query)

    @rpc
    def duplicate_pairs_by_ids(self, query: Json) -> Json:
        """Give pairs by ids."""
        return self.db.read(duplicate_pairs_by_ids, DuplicatePairsByIds, query)

    @rpc
    def partners_by_ids(self, query: Json) -> Json:
        """Give partners by ids."""
        return self.db.read(partners_by_ids, PartnersByIds, query)

    @rpc
    def list_partners(self, query: Json) -> Json:
        """Give a page of partners."""
        return self.db.read(list_partners, ListPartners, query)

    @rpc
    def branches_of_partners(self, query: Json) -> Json:
        """Give pages of the branches of partners."""
        return self.db.read(branches_of_partners, BranchesOfPartners, query)

    @rpc
    def hand_overs_by_ids(self, query: Json) -> Json:
        """Give hand-overs by ids."""
        return self.db.read(hand_overs_by_ids, HandOversByIds, query)

    # legal entities

    @rpc
    def register_legal_entity(self, command: Json) -> Json:
        """Register a legal entity."""
        return self.db.run(register_legal_entity, RegisterLegalEntity, command)

    @rpc
    def change_legal_entity(self, command: Json) -> Json:
        """Change what is known of a legal entity."""
        return self.db.run(change_legal_entity, ChangeLegalEntity, command)

    @rpc
    def link_legal_entity(self, command: Json) -> Json:
        """Put a legal entity behind a partner."""
        return self.db.run(link_legal_entity, LinkLegalEntity, command)

    @rpc
    def unlink_legal_entity(self, command: Json) -> Json:
        """Take a legal entity from behind a partner."""
        return self.db.run(unlink_legal_entity, UnlinkLegalEntity, command)

    @rpc
    def legal_entities_by_ids(self, query: Json) -> Json:
        """Give legal entities by ids."""
        return self.db.read(legal_entities_by_ids, LegalEntitiesByIds, query)

    @rpc
    def list_legal_entities(self, query: Json) -> Json:
        """Give a page of legal entities."""
        return self.db.read(list_legal_entities, ListLegalEntities, query)

    # contact persons

    @rpc
    def register_contact_person(self, command: Json) -> Json:
        """Register a contact person."""
        return self.db.run(register_contact_person, RegisterContactPerson, command)

    @rpc
    def change_contact_person(self, command: Json) -> Json:
        """Change what is known of a contact person."""
        return self.db.run(change_contact_person, ChangeContactPerson, command)

    @rpc
    def link_contact_person(self, command: Json) -> Json:
        """Say for whom a person works."""
        return self.db.run(link_contact_person, LinkContactPerson, command)

    @rpc
    def unlink_contact_person(self, command: Json) -> Json:
        """Say that a person works for someone no more."""
        return self.db.run(unlink_contact_person, UnlinkContactPerson, command)

    @rpc
    def contact_persons_by_ids(self, query: Json) -> Json:
        """Give contact persons by ids."""
        return self.db.read(contact_persons_by_ids, ContactPersonsByIds, query)

    @rpc
    def list_contact_persons(self, query: Json) -> Json:
        """Give a page of contact persons."""
        return self.db.read(list_contact_persons, ListContactPersons, query)

    # contact points and their history

    @rpc
    def add_contact_point(self, command: Json) -> Json:
        """Add a way to reach someone."""
        return self.db.run(add_contact_point, AddContactPoint, command)

    @rpc
    def change_contact_point(self, command: Json) -> Json:
        """Change a contact point."""
        return self.db.run(change_contact_point, ChangeContactPoint, command)

    @rpc
    def end_contact_point(self, command: Json) -> Json:
        """Say that a contact point holds no more."""
        return self.db.run(end_contact_point, EndContactPoint, command)

    @rpc
    def restore_contact_point(self, command: Json) -> Json:
        """Take back that a contact point has ended."""
        return self.db.run(restore_contact_point, RestoreContactPoint, command)

    @rpc
    def set_primary_contact_point(self, command: Json) -> Json:
        """Say which contact point to use first."""
        return self.db.run(set_primary_contact_point, SetPrimaryContactPoint, command)

    @rpc
    def contact_points_by_ids(self, query: Json) -> Json:
        """Give contact points by ids."""
        return self.db.read(contact_points_by_ids, ContactPointsByIds, query)

    @rpc
    def contact_point_history(self, query: Json) -> Json:
        """Give pages of the history of contact points."""
        return self.db.read(contact_point_history, ContactPointHistory, query)

    # personal data

    @rpc
    def erase_person(self, command: Json) -> Json:
        """Erase a person."""
        return self.db.run(erase_person, ErasePerson, command)

    @rpc
    def traces_of_person(self, query: Json) -> Json:
        """Tell by what a person is named, and where, before they are erased."""
        return self.db.read(traces_of_person, TracesOfPerson, query)

    @rpc
    def personal_data(self, query: Json) -> Json:
        """Give all that is held about a person."""
        return self.db.read(personal_data, PersonalData, query)

    # interests

    @rpc
    def register_interest(self, command: Json) -> Json:
        """Put on record what a partner asked for."""
        return self.db.run(register_interest, RegisterInterest, command)

    @rpc
    def close_interest(self, command: Json) -> Json:
        """Say what became of an interest."""
        return self.db.run(close_interest, CloseInterest, command)

    @rpc
    def interests_by_ids(self, query: Json) -> Json:
        """Give interests by ids."""
        return self.db.read(interests_by_ids, InterestsByIds, query)

    @rpc
    def interests_of_partners(self, query: Json) -> Json:
        """Give what partners asked for."""
        return self.db.read(interests_of_partners, InterestsOfPartners, query)

    @rpc
    def list_interests(self, query: Json) -> Json:
        """Give a page of interests."""
        return self.db.read(list_interests, ListInterests, query)

    # interactions and timelines

    @rpc
    def register_interaction(self, command: Json) -> Json:
        """Put on record what was said."""
        return self.db.run(register_interaction, RegisterInteraction, command)

    @rpc
    def plan_interaction(self, command: Json) -> Json:
        """Plan an interaction."""
        return self.db.run(plan_interaction, PlanInteraction, command)

    @rpc
    def complete_interaction(self, command: Json) -> Json:
        """Say that a planned interaction took place."""
        return self.db.run(complete_interaction, CompleteInteraction, command)

    @rpc
    def reschedule_interaction(self, command: Json) -> Json:
        """Move a planned interaction to another time."""
        return self.db.run(reschedule_interaction, RescheduleInteraction, command)

    @rpc
    def cancel_interaction(self, command: Json) -> Json:
        """Say that a planned interaction will not take place."""
        return self.db.run(cancel_interaction, CancelInteraction, command)

    @rpc
    def correct_interaction(self, command: Json) -> Json:
        """Put right what is on record of an interaction."""
        return self.db.run(correct_interaction, CorrectInteraction, command)

    @rpc
    def review_interaction(self, command: Json) -> Json:
        """Note that someone has seen to an interaction."""
        return self.db.run(review_interaction, ReviewInteraction, command)

    @rpc
    def postpone_interaction(self, command: Json) -> Json:
        """Put off seeing to an interaction."""
        return self.db.run(postpone_interaction, PostponeInteraction, command)

    @rpc
    def open_calendar_feed(self, command: Json) -> Json:
        """Open a calendar feed."""
        return self.db.run(open_calendar_feed, OpenCalendarFeed, command)

    @rpc
    def revoke_calendar_feed(self, command: Json) -> Json:
        """Revoke a calendar feed."""
        return self.db.run(revoke_calendar_feed, RevokeCalendarFeed, command)

    @rpc
    def interactions_by_ids(self, query: Json) -> Json:
        """Give interactions by ids."""
        return self.db.read(interactions_by_ids, InteractionsByIds, query)

    @rpc
    def list_interactions(self, query: Json) -> Json:
        """Give a page of interactions."""
        return self.db.read(list_interactions, ListInteractions, query)

    @rpc
    def interactions_of(self, query: Json) -> Json:
        """Give pages of the interactions of partners, persons, deals, claims or managers."""
        return self.db.read(interactions_of, InteractionsOf, query)

    @rpc
    def timelines_of(self, query: Json) -> Json:
        """Give pages of the timelines of partners, persons, deals, claims or managers."""
        return self.db.read(timelines_of, TimelinesOf, query)

    @rpc
    def calendar_feeds_of(self, query: Json) -> Json:
        """Give the calendar feeds of managers."""
        return self.db.read(calendar_feeds_of, CalendarFeedsOf, query)

    @rpc
    def calendar_of_feed(self, query: Json) -> Json:
        """Give what a calendar shows of a feed."""
        return self.db.read(calendar_of_feed, CalendarOfFeed, query)

    # reminders

    @rpc
    def set_reminder(self, command: Json) -> Json:
        """Set a reminder."""
        return self.db.run(set_reminder, SetReminder, command)

    @rpc
    def snooze_reminder(self, command: Json) -> Json:
        """Put a reminder off."""
        return self.db.run(snooze_reminder, SnoozeReminder, command)

    @rpc
    def dismiss_reminder(self, command: Json) -> Json:
        """Say that a reminder was seen to."""
        return self.db.run(dismiss_reminder, DismissReminder, command)

    @rpc
    def reschedule_reminder(self, command: Json) -> Json:
        """Move a reminder."""
        return self.db.run(reschedule_reminder, RescheduleReminder, command)

    @rpc
    def cancel_reminder(self, command: Json) -> Json:
        """End a reminder."""
        return self.db.run(cancel_reminder, CancelReminder, command)

    @rpc
    def reminders_by_ids(self, query: Json) -> Json:
        """Give reminders by ids."""
        return self.db.read(reminders_by_ids, RemindersByIds, query)

    @rpc
    def list_reminders(self, query: Json) -> Json:
        """Give a page of reminders."""
        return self.db.read(list_reminders, ListReminders, query)

    # segments and preferences

    @rpc
    def register_segment(self, command: Json) -> Json:
        """Make a segment."""
        return self.db.run(register_segment, RegisterSegment, command)

    @rpc
    def change_segment(self, command: Json) -> Json:
        """Change a segment's name or rule."""
        return self.db.run(change_segment, ChangeSegment, command)

    @rpc
    def add_segment_members(self, command: Json) -> Json:
        """Add partners to a segment."""
        return self.db.run(add_segment_members, AddSegmentMembers, command)

    @rpc
    def remove_segment_members(self, command: Json) -> Json:
        """Take partners out of a segment."""
        return self.db.run(remove_segment_members, RemoveSegmentMembers, command)

    @rpc
    def register_preference(self, command: Json) -> Json:
        """Put on record what a client prefers."""
        return self.db.run(register_preference, RegisterPreference, command)

    @rpc
    def end_preference(self, command: Json) -> Json:
        """Say that a preference holds no more."""
        return self.db.run(end_preference, EndPreference, command)

    @rpc
    def segments_by_ids(self, query: Json) -> Json:
        """Give segments by ids."""
        return self.db.read(segments_by_ids, SegmentsByIds, query)

    @rpc
    def list_segments(self, query: Json) -> Json:
        """Give a page of segments."""
        return self.db.read(list_segments, ListSegments, query)

    @rpc
    def members_of_segments(self, query: Json) -> Json:
        """Give pages of the members of segments."""
        return self.db.read(members_of_segments, MembersOfSegments, query)

    @rpc
    def segments_of_partners(self, query: Json) -> Json:
        """Give the segments of partners."""
        return self.db.read(segments_of_partners, SegmentsOfPartners, query)

    @rpc
    def preferences_by_ids(self, query: Json) -> Json:
        """Give preferences by ids."""
        return self.db.read(preferences_by_ids, PreferencesByIds, query)

    @rpc
    def preferences_of_partners(self, query: Json) -> Json:
        """Give what partners prefer on a day."""
        return self.db.read(preferences_of_partners, PreferencesOfPartners, query)

    # all of them: search, references, and what was changed

    @rpc
    def search(self, query: Json) -> Json:
        """Give what is found by words."""
        return self.db.read(search, Search, query)

    @rpc
    def locate(self, query: Json) -> Json:
        """Tell which of the named partners and managers there are."""
        return self.db.read(locate, Locate, query)

    @rpc
    def changes_of(self, query: Json) -> Json:
        """Give pages of what changed of partners, persons or legal entities."""
        return self.db.read(changes_of, ChangesOf, query)

    # managers, teams and assignment

    @rpc
    def register_manager(self, command: Json) -> Json:
        """Register a manager."""
        return self.db.run(register_manager, RegisterManager, command)

    @rpc
    def change_manager(self, command: Json) -> Json:
        """Change a manager's facts."""
        return self.db.run(change_manager, ChangeManager, command)

    @rpc
    def import_managers(self, command: Json) -> Json:
        """Take managers and their teams over from elsewhere."""
        return self.db.run(import_managers, ImportManagers, command)

    @rpc
    def register_team(self, command: Json) -> Json:
        """Make a team."""
        return self.db.run(register_team, RegisterTeam, command)

    @rpc
    def change_team(self, command: Json) -> Json:
        """Change a team's name, head or place."""
        return self.db.run(change_team, ChangeTeam, command)

    @rpc
    def set_assignment_rules(self, command: Json) -> Json:
        """Say to whom new partners go."""
        return self.db.run(set_assignment_rules, SetAssignmentRules, command)

    @rpc
    def managers_by_ids(self, query: Json) -> Json:
        """Give managers by ids."""
        return self.db.read(managers_by_ids, ManagersByIds, query)

    @rpc
    def list_managers(self, query: Json) -> Json:
        """Give a page of managers."""
        return self.db.read(list_managers, ListManagers, query)

    @rpc
    def reach_of_manager(self, query: Json) -> Json:
        """Tell whose teams' rows a manager may see."""
        return self.db.read(reach_of_manager, ReachOfManager, query)

    @rpc
    def teams_by_ids(self, query: Json) -> Json:
        """Give teams by ids."""
        return self.db.read(teams_by_ids, TeamsByIds, query)

    @rpc
    def list_teams(self, query: Json) -> Json:
        """Give all teams."""
        return self.db.read(list_teams, ListTeams, query)

    @rpc
    def assignment_rules(self, query: Json) -> Json:
        """Give the rules of assignment."""
        return self.db.read(assignment_rules, AssignmentRules, query)

    # what is heard

    on_manager_changed = listen(OWN, "manager.changed", refresh_partners_of_manager)
    on_deal_won = listen("deals", "deal.won", make_client)
    on_deal_changed = listen("deals", CHANGED, follow_deals, in_batches=True)
    on_deal_merged = listen("deals", "deal.merged", follow_merged_deal)
    on_deal_unmerged = listen("deals", "deal.unmerged", follow_merged_deal)
    on_claim_registered = listen("claims", "claim.registered", know_claim)
    on_claim_assigned = listen("claims", "claim.assigned", know_claim)
    on_claim_resolved = listen("claims", "claim.resolved", know_claim)
    on_claim_escalated = listen("claims", "claim.escalated", tell_of_escalated_claim)
    on_satisfaction_low = listen("claims", "satisfaction.low", tell_of_low_satisfaction)
    on_customer_order_confirmed = listen("deals", "customer_order.confirmed", make_client)
    follow_next_step_planned = listen("deals", "next_step.planned", follow_commitment.follow_commitment)
    follow_next_step_done = listen("deals", "next_step.done", follow_commitment.follow_commitment)
    follow_next_step_dropped = listen("deals", "next_step.dropped", follow_commitment.follow_commitment)
    follow_task_created = listen("deals", "task.created", follow_commitment.follow_commitment)
    follow_task_changed = listen("deals", "task.changed", follow_commitment.follow_commitment)
    follow_task_completed = listen("deals", "task.completed", follow_commitment.follow_commitment)
    follow_task_cancelled = listen("deals", "task.cancelled", follow_commitment.follow_commitment)
