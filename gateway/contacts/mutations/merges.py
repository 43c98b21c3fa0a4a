"""mergePartners, unmergePartner, dismissDuplicate."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation, whole
from gateway.contacts.types import DuplicatePair, Partner
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class MergePartnersInput(graphene.InputObjectType):
    """Which partner turned out to be which; the versions are those that were looked at."""

    survivor = reference(Kind.PARTNER, required=True)
    merged = reference(Kind.PARTNER, required=True, description="whose id leads to the survivor from now on")
    expected_version = graphene.Int(description="of the survivor")
    expected_merged_version = graphene.Int(description="of the merged partner")
    idempotency_key = graphene.String()


class MergePartnersPayload(Payload):
    """The survivor with all that is seen with it now, or what to put right."""

    partner = graphene.Field(Partner)


class UnmergePartnerInput(graphene.InputObjectType):
    """Which merged partner stands by itself again; those merged into it before stay with it."""

    partner = reference(Kind.PARTNER, required=True)
    expected_version = graphene.Int(description="of the survivor")
    idempotency_key = graphene.String()


class UnmergePartnerPayload(Payload):
    """The partner and the one it was merged into, or what to put right."""

    partner = graphene.Field(Partner)
    survivor = graphene.Field(Partner)


class DismissDuplicateInput(graphene.InputObjectType):
    """Which two are not one: the pair comes back only where they come to share something else."""

    pair = reference(Kind.DUPLICATE_PAIR, required=True)
    idempotency_key = graphene.String()


class DismissDuplicatePayload(Payload):
    """The pair as it is now, or what to put right."""

    pair = graphene.Field(DuplicatePair)


merge_partners = mutation(
    "contacts",
    "merge_partners",
    takes=MergePartnersInput,
    gives=MergePartnersPayload,
    read=whole("partner"),
    description="Merge a partner into another one, by a pointer that unmergePartner takes away again.",
)

unmerge_partner = mutation(
    "contacts",
    "unmerge_partner",
    takes=UnmergePartnerInput,
    gives=UnmergePartnerPayload,
    read=as_given,
    description="Undo a merge.",
)

dismiss_duplicate = mutation(
    "contacts",
    "dismiss_duplicate",
    takes=DismissDuplicateInput,
    gives=DismissDuplicatePayload,
    read=whole("pair"),
    description="Say that two partners who look like one are two.",
)
