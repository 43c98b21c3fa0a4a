"""importManagers, importPartners, importPersons and importInteractions."""

from __future__ import annotations

import graphene

from gateway.bulk import bulk_mutation
from gateway.commands import import_results, mutation
from gateway.contacts.kinds_of_interaction import InteractionDirection, InteractionKind
from gateway.contacts.mutations.inputs import ContactPointInput
from gateway.contacts.mutations.interactions import AttachmentInput, InteractionGuestInput, InteractionOutcomeInput
from gateway.contacts.types import PartnerRole, PersonRole
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.imports import ImportPayload
from gateway.shapes.scalars import Date, DateTime, occurred_at
from gateway.shapes.values import ExternalRefInput


class ImportManagerRow(graphene.InputObjectType):
    """A manager as another system knows them; a team that is not there yet is made."""

    external_ref = graphene.InputField(ExternalRefInput, required=True)
    name = graphene.String(required=True)
    email = graphene.String()
    team = graphene.String(description="the team's name")


class ImportManagersInput(graphene.InputObjectType):
    """Up to 500 managers."""

    rows = graphene.List(graphene.NonNull(ImportManagerRow), required=True)
    idempotency_key = graphene.String()


class ImportPartnerRow(graphene.InputObjectType):
    """A partner as another system knows it; `managerRef` is the manager's id in that system."""

    external_ref = graphene.InputField(ExternalRefInput, required=True)
    name = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(PartnerRole))
    manager_ref = graphene.InputField(ExternalRefInput)
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))
    source = graphene.String()
    occurred_at = occurred_at()


class ImportPartnersInput(graphene.InputObjectType):
    """Up to 500 partners."""

    rows = graphene.List(graphene.NonNull(ImportPartnerRow), required=True)
    idempotency_key = graphene.String()


import_managers = mutation(
    "contacts",
    "import_managers",
    takes=ImportManagersInput,
    gives=ImportPayload,
    read=import_results,
    description="Take over managers of another system; importing again finds them.",
)

import_partners = mutation(
    "contacts",
    "import_partners",
    takes=ImportPartnersInput,
    gives=ImportPayload,
    read=import_results,
    description="Take over partners of another system; importing again finds them.",
)


class ImportPersonRow(graphene.InputObjectType):
    """A contact person as another system knows them; `partnerRef` is the id in that system of the partner they work for."""

    external_ref = graphene.InputField(ExternalRefInput, required=True)
    full_name = graphene.String(required=True)
    job_title = graphene.String()
    role = PersonRole()
    birthday = Date()
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))
    partner = reference(Kind.PARTNER)
    partner_ref = graphene.InputField(ExternalRefInput)


class ImportPersonsInput(graphene.InputObjectType):
    """Up to 500 contact persons."""

    rows = graphene.List(graphene.NonNull(ImportPersonRow), required=True)
    idempotency_key = graphene.String()


class ImportInteractionRow(graphene.InputObjectType):
    """An interaction that took place, as another system knows it; partner and manager by id or by that system's ids."""

    external_ref = graphene.InputField(ExternalRefInput, required=True)
    kind = InteractionKind(required=True)
    direction = InteractionDirection()
    started_at = DateTime(required=True)
    duration_seconds = graphene.Int()
    title = graphene.String()
    text = graphene.String()
    outcome = graphene.InputField(InteractionOutcomeInput)
    partner = reference(Kind.PARTNER)
    partner_ref = graphene.InputField(ExternalRefInput)
    person_refs = graphene.List(graphene.NonNull(ExternalRefInput))
    manager = reference(Kind.MANAGER)
    manager_ref = graphene.InputField(ExternalRefInput)
    deals = references(Kind.DEAL)
    guests = graphene.List(graphene.NonNull(InteractionGuestInput))
    attachments = graphene.List(graphene.NonNull(AttachmentInput))


class ImportInteractionsInput(graphene.InputObjectType):
    """Up to 500 interactions."""

    rows = graphene.List(graphene.NonNull(ImportInteractionRow), required=True)
    idempotency_key = graphene.String()


import_persons = bulk_mutation(
    "contacts",
    "import_persons",
    takes=ImportPersonsInput,
    row=ImportPersonRow,
    gives=ImportPayload,
    description="Take over contact persons of another system; importing again finds them.",
)

import_interactions = bulk_mutation(
    "contacts",
    "import_interactions",
    takes=ImportInteractionsInput,
    row=ImportInteractionRow,
    gives=ImportPayload,
    description="Take over what was said, as another system knows it; what is there already stays as it is.",
)
