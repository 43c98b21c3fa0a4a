"""What can be asked of contacts."""

from __future__ import annotations

import graphene

from gateway.contacts.mutations.change_partner import change_partner
from gateway.contacts.mutations.imports import import_managers, import_partners
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
from gateway.contacts.mutations.managers import change_manager, register_manager
from gateway.contacts.mutations.register_partner import register_partner
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

    register_interaction = register_interaction
    plan_interaction = plan_interaction
    complete_interaction = complete_interaction
    reschedule_interaction = reschedule_interaction
    cancel_interaction = cancel_interaction
    correct_interaction = correct_interaction
    review_interaction = review_interaction
    postpone_interaction = postpone_interaction
