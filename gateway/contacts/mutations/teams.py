"""registerTeam and changeTeam."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import Team
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class RegisterTeamInput(graphene.InputObjectType):
    """A new team, within another one or by itself."""

    name = graphene.String(required=True)
    parent = reference(Kind.TEAM)
    head = reference(Kind.MANAGER)
    idempotency_key = graphene.String()


class RegisterTeamPayload(Payload):
    """The team, or what to put right."""

    team = graphene.Field(Team)


class ChangeTeamInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes parent or head off."""

    team = reference(Kind.TEAM, required=True)
    name = graphene.String()
    parent = reference(Kind.TEAM)
    head = reference(Kind.MANAGER)
    idempotency_key = graphene.String()


class ChangeTeamPayload(Payload):
    """The team as it is now, or what to put right."""

    team = graphene.Field(Team)


register_team = mutation(
    "contacts",
    "register_team",
    takes=RegisterTeamInput,
    gives=RegisterTeamPayload,
    read=whole("team"),
    description="Make a team.",
)

change_team = mutation(
    "contacts",
    "change_team",
    takes=ChangeTeamInput,
    gives=ChangeTeamPayload,
    read=whole("team"),
    nulls=True,
    description="Change a team: its name, its head, its place in the tree.",
)
