"""draftProposal, changeProposal, reviseProposal, sendProposal and recordProposalResponse."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation, whole
from gateway.deals.types import Deal, Proposal, ProposalResponseKind
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal, occurred_at
from gateway.shapes.values import MoneyInput


class ProposalLineInput(graphene.InputObjectType):
    """A line; those that name the same alternative are taken together, those that name none in any case."""

    product = graphene.String(required=True)
    quantity = Decimal(required=True, description="more than 0, with at most 6 decimal digits")
    price = graphene.InputField(MoneyInput, required=True, description="of one")
    discount_percent = Decimal()
    tax_percent = Decimal()
    alternative = graphene.String()


class DraftProposalInput(graphene.InputObjectType):
    """A new proposal, which the client does not get yet."""

    deal = reference(Kind.DEAL, required=True)
    lines = graphene.List(graphene.NonNull(ProposalLineInput), required=True)
    valid_until = Date()
    note = graphene.String()
    prices_include_tax = graphene.Boolean()
    idempotency_key = graphene.String()


class DraftProposalPayload(Payload):
    """The proposal, or what to put right."""

    proposal = graphene.Field(Proposal)


class ChangeProposalInput(graphene.InputObjectType):
    """What changes of a draft; what is not named stays as it is, null takes a value away."""

    proposal = reference(Kind.PROPOSAL, required=True)
    lines = graphene.List(graphene.NonNull(ProposalLineInput))
    valid_until = Date()
    note = graphene.String()
    prices_include_tax = graphene.Boolean()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ChangeProposalPayload(Payload):
    """The proposal, or what to put right."""

    proposal = graphene.Field(Proposal)


class ReviseProposalInput(graphene.InputObjectType):
    """What is other in the next version; what is not named is as in the version before, null takes a value away."""

    proposal = reference(Kind.PROPOSAL, required=True)
    lines = graphene.List(graphene.NonNull(ProposalLineInput))
    valid_until = Date()
    note = graphene.String()
    prices_include_tax = graphene.Boolean()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ReviseProposalPayload(Payload):
    """The proposal, or what to put right."""

    proposal = graphene.Field(Proposal)


class SendProposalInput(graphene.InputObjectType):
    """An offer that goes to the client: a new proposal, with lines and validity; or the next version of `proposal`.

    A draft of `proposal` is sent with what is named here changed; without a draft, the next version is made of the last.
    """

    deal = reference(Kind.DEAL, required=True)
    proposal = reference(Kind.PROPOSAL)
    lines = graphene.List(graphene.NonNull(ProposalLineInput), description="required of a new proposal")
    valid_until = Date(description="the last day on which the client may take it; required unless a draft has it")
    note = graphene.String()
    prices_include_tax = graphene.Boolean()
    expected_version = graphene.Int(description="of the proposal")
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class SendProposalPayload(Payload):
    """The proposal and its deal, or what to put right."""

    proposal = graphene.Field(Proposal)
    deal = graphene.Field(Deal)


class RecordProposalResponseInput(graphene.InputObjectType):
    """How a client reacted; with the deal alone, to the one version of its proposals that waits for an answer."""

    deal = reference(Kind.DEAL)
    proposal = reference(Kind.PROPOSAL)
    number = graphene.Int(description="of the version; the newest one that is sent, if not said")
    response = ProposalResponseKind(required=True)
    reason = graphene.String(description="the key of a loss reason; required of REJECTED")
    competitor = reference(Kind.PARTNER)
    deferred_until = Date(description="required of DEFERRED")
    comment = graphene.String()
    alternative = graphene.String(description="which one is ACCEPTED, where there are several")
    set_deal_amount = graphene.Boolean(description="whether what is ACCEPTED becomes the deal's amount: so if not said")
    expected_version = graphene.Int(description="of the proposal")
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class RecordProposalResponsePayload(Payload):
    """The proposal and its deal, or what to put right."""

    proposal = graphene.Field(Proposal)
    deal = graphene.Field(Deal)


draft_proposal = mutation(
    "deals",
    "draft_proposal",
    takes=DraftProposalInput,
    gives=DraftProposalPayload,
    read=whole("proposal"),
    description="Begin a proposal of a deal, as a draft.",
)

change_proposal = mutation(
    "deals",
    "change_proposal",
    takes=ChangeProposalInput,
    gives=ChangeProposalPayload,
    read=whole("proposal"),
    description="Change the draft of a proposal.",
    nulls=True,
)

revise_proposal = mutation(
    "deals",
    "revise_proposal",
    takes=ReviseProposalInput,
    gives=ReviseProposalPayload,
    read=whole("proposal"),
    description="Begin the next version of a proposal, as a draft; what the client has stands until that is sent.",
    nulls=True,
)

send_proposal = mutation(
    "deals",
    "send_proposal",
    takes=SendProposalInput,
    gives=SendProposalPayload,
    read=as_given,
    description="Send the client a proposal, in the currency of the sale terms in force.",
)

record_proposal_response = mutation(
    "deals",
    "record_proposal_response",
    takes=RecordProposalResponseInput,
    gives=RecordProposalResponsePayload,
    read=as_given,
    description="Record how a client reacted to a proposal; a response recorded later replaces it, and both stay on record.",
)
