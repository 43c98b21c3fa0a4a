"""registerManager and changeManager."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import Manager
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.values import ExternalRefInput


class RegisterManagerInput(graphene.InputObjectType):
    """A new manager."""

    name = graphene.String(required=True)
    email = graphene.String()
    team = reference(Kind.TEAM)
    time_zone = graphene.String(description="like Europe/Berlin; the enterprise's, if not said")
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()


class RegisterManagerPayload(Payload):
    """The manager, or what to put right."""

    manager = graphene.Field(Manager)


class ChangeManagerInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes e-mail, team or time zone off."""

    manager = reference(Kind.MANAGER, required=True)
    name = graphene.String()
    email = graphene.String()
    team = reference(Kind.TEAM)
    time_zone = graphene.String()
    idempotency_key = graphene.String()


class ChangeManagerPayload(Payload):
    """The manager as they are now, or what to put right."""

    manager = graphene.Field(Manager)


register_manager = mutation(
    "contacts",
    "register_manager",
    takes=RegisterManagerInput,
    gives=RegisterManagerPayload,
    read=whole("manager"),
    description="Register an employee as a manager.",
)

change_manager = mutation(
    "contacts",
    "change_manager",
    takes=ChangeManagerInput,
    gives=ChangeManagerPayload,
    read=whole("manager"),
    nulls=True,
    description="Change a manager's facts.",
)
