"""What can be asked of contacts."""

from __future__ import annotations

import graphene

from gateway.contacts.mutations.assignment import set_assignment_rules
from gateway.contacts.mutations.calendar_feeds import open_calendar_feed, revoke_calendar_feed
from gateway.contacts.mutations.change_partner import change_partner
from gateway.contacts.mutations.contact_points import (
    add_contact_point,
    change_contact_point,
    end_contact_point,
    restore_contact_point,
    set_primary_contact_point,
)
from gateway.contacts.mutations.erase_person import erase_person
from gateway.contacts.mutations.hand_over import hand_over
from gateway.contacts.mutations.imports import import_interactions, import_managers, import_partners, import_persons
from gateway.contacts.mutations.interactions import (
    cancel_interaction,
    complete_interaction,
    correct_interaction,
    plan_interaction,
    postpone_interaction,
    register_interaction,
    reschedule_interaction,
    review_interaction,
)
from gateway.contacts.mutations.interests import close_interest, register_interest
from gateway.contacts.mutations.legal_entities import (
    change_legal_entity,
    link_legal_entity,
    register_legal_entity,
    unlink_legal_entity,
)
from gateway.contacts.mutations.managers import change_manager, register_manager
from gateway.contacts.mutations.merges import dismiss_duplicate, merge_partners, unmerge_partner
from gateway.contacts.mutations.persons import (
    change_contact_person,
    link_contact_person,
    register_contact_person,
    unlink_contact_person,
)
from gateway.contacts.mutations.preferences import end_preference, register_preference
from gateway.contacts.mutations.register_partner import register_partner
from gateway.contacts.mutations.reminders import (
    cancel_reminder,
    dismiss_reminder,
    reschedule_reminder,
    set_reminder,
    snooze_reminder,
)
from gateway.contacts.mutations.segments import (
    add_segment_members,
    change_segment,
    register_segment,
    remove_segment_members,
)
from gateway.contacts.mutations.teams import change_team, register_team


class ContactMutations(graphene.ObjectType):
    """Commands to contacts."""

    register_partner = register_partner
    change_partner = change_partner
    register_manager = register_manager
    change_manager = change_manager
    register_team = register_team
    change_team = change_team
    import_managers = import_managers
    import_partners = import_partners
    import_persons = import_persons
    import_interactions = import_interactions

    erase_person = erase_person

    register_interaction = register_interaction
    plan_interaction = plan_interaction
    complete_interaction = complete_interaction
    reschedule_interaction = reschedule_interaction
    cancel_interaction = cancel_interaction
    correct_interaction = correct_interaction
    review_interaction = review_interaction
    postpone_interaction = postpone_interaction

    register_contact_person = register_contact_person
    change_contact_person = change_contact_person
    link_contact_person = link_contact_person
    unlink_contact_person = unlink_contact_person
    register_legal_entity = register_legal_entity
    change_legal_entity = change_legal_entity
    link_legal_entity = link_legal_entity
    unlink_legal_entity = unlink_legal_entity
    register_interest = register_interest
    close_interest = close_interest
    add_contact_point = add_contact_point
    change_contact_point = change_contact_point
    end_contact_point = end_contact_point
    restore_contact_point = restore_contact_point
    set_primary_contact_point = set_primary_contact_point
    set_reminder = set_reminder
    snooze_reminder = snooze_reminder
    dismiss_reminder = dismiss_reminder
    reschedule_reminder = reschedule_reminder
    cancel_reminder = cancel_reminder

    open_calendar_feed = open_calendar_feed
    revoke_calendar_feed = revoke_calendar_feed

    register_segment = register_segment
    change_segment = change_segment
    add_segment_members = add_segment_members
    remove_segment_members = remove_segment_members
    register_preference = register_preference
    end_preference = end_preference
    hand_over = hand_over
    set_assignment_rules = set_assignment_rules
    merge_partners = merge_partners
    unmerge_partner = unmerge_partner
    dismiss_duplicate = dismiss_duplicate
