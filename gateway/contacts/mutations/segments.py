"""registerSegment, changeSegment, addSegmentMembers and removeSegmentMembers."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import PartnerRole, Segment, SegmentMatch
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.problems import Payload


class SegmentConditionInput(graphene.InputObjectType):
    """One thing that is asked of a partner: give exactly one of these; of the values of a list any one will do."""

    roles = graphene.List(graphene.NonNull(PartnerRole))
    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM, description="of the manager")
    sources = graphene.List(graphene.NonNull(graphene.String))
    countries = graphene.List(graphene.NonNull(graphene.String), description="of a legal entity")
    open_interest = graphene.Boolean()
    last_interaction_within_days = graphene.Int()
    no_interaction_within_days = graphene.Int(description="also where there never was one")


class SegmentRuleInput(graphene.InputObjectType):
    """What makes partners members by itself: all conditions, if not said otherwise, or any one of them."""

    match = SegmentMatch()
    conditions = graphene.List(graphene.NonNull(SegmentConditionInput), required=True)


class RegisterSegmentInput(graphene.InputObjectType):
    """A new segment: by a rule, or by hand, with its first members."""

    name = graphene.String(required=True)
    rule = graphene.InputField(SegmentRuleInput)
    partners = references(Kind.PARTNER)
    idempotency_key = graphene.String()


class RegisterSegmentPayload(Payload):
    """The segment, or what to put right."""

    segment = graphene.Field(Segment)


class ChangeSegmentInput(graphene.InputObjectType):
    """What is left out stays as it is."""

    segment = reference(Kind.SEGMENT, required=True)
    name = graphene.String()
    rule = graphene.InputField(SegmentRuleInput)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ChangeSegmentPayload(Payload):
    """The segment as it is now, or what to put right."""

    segment = graphene.Field(Segment)


class AddSegmentMembersInput(graphene.InputObjectType):
    """Partners who belong to the segment from now on."""

    segment = reference(Kind.SEGMENT, required=True)
    partners = references(Kind.PARTNER, required=True)
    idempotency_key = graphene.String()


class AddSegmentMembersPayload(Payload):
    """The segment, or what to put right."""

    segment = graphene.Field(Segment)


class RemoveSegmentMembersInput(graphene.InputObjectType):
    """Partners who belong to the segment no more."""

    segment = reference(Kind.SEGMENT, required=True)
    partners = references(Kind.PARTNER, required=True)
    idempotency_key = graphene.String()


class RemoveSegmentMembersPayload(Payload):
    """The segment, or what to put right."""

    segment = graphene.Field(Segment)


register_segment = mutation(
    "contacts",
    "register_segment",
    takes=RegisterSegmentInput,
    gives=RegisterSegmentPayload,
    read=whole("segment"),
    description="Make a segment.",
)

change_segment = mutation(
    "contacts",
    "change_segment",
    takes=ChangeSegmentInput,
    gives=ChangeSegmentPayload,
    read=whole("segment"),
    description="Change a segment's name or rule.",
)

add_segment_members = mutation(
    "contacts",
    "add_segment_members",
    takes=AddSegmentMembersInput,
    gives=AddSegmentMembersPayload,
    read=whole("segment"),
    description="Add partners to a segment that is put together by hand.",
)

remove_segment_members = mutation(
    "contacts",
    "remove_segment_members",
    takes=RemoveSegmentMembersInput,
    gives=RemoveSegmentMembersPayload,
    read=whole("segment"),
    description="Take partners out of a segment that is put together by hand.",
)
