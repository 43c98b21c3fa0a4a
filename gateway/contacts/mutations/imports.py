"""importManagers and importPartners."""

from __future__ import annotations

import graphene

from gateway.commands import import_results, mutation
from gateway.contacts.mutations.inputs import ContactPointInput
from gateway.contacts.types import PartnerRole
from gateway.shapes.imports import ImportPayload
from gateway.shapes.scalars import DateTime
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
    occurred_at = DateTime()


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
