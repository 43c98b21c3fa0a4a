"""registerLegalEntity, changeLegalEntity, linkLegalEntity and unlinkLegalEntity."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.mutations.inputs import BankAccountInput, LegalEntityInput, TaxIdInput
from gateway.contacts.types import EntityRole, LegalEntity, Partner
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class RegisterLegalEntityInput(LegalEntityInput):
    """A new legal entity, which may stand behind a partner from the beginning."""

    partner = reference(Kind.PARTNER)
    idempotency_key = graphene.String()


class RegisterLegalEntityPayload(Payload):
    """The legal entity, or what to put right."""

    legal_entity = graphene.Field(LegalEntity)


class ChangeLegalEntityInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes it off; lists are given whole."""

    legal_entity = reference(Kind.LEGAL_ENTITY, required=True)
    expected_version = graphene.Int()
    name = graphene.String()
    full_name = graphene.String()
    country = graphene.String()
    tax_id = graphene.String()
    registration_reason_code = graphene.String()
    tax_ids = graphene.List(graphene.NonNull(TaxIdInput))
    registered_on = Date()
    bank_accounts = graphene.List(graphene.NonNull(BankAccountInput))
    idempotency_key = graphene.String()


class ChangeLegalEntityPayload(Payload):
    """The legal entity as it is now, or what to put right."""

    legal_entity = graphene.Field(LegalEntity)


class LinkLegalEntityInput(graphene.InputObjectType):
    """Which legal entity stands behind a partner, and as what; one that is there already gets these facts."""

    partner = reference(Kind.PARTNER, required=True)
    legal_entity = reference(Kind.LEGAL_ENTITY, required=True)
    role = EntityRole()
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int(description="of the partner")
    idempotency_key = graphene.String()


class LinkLegalEntityPayload(Payload):
    """The partner as it is now, or what to put right."""

    partner = graphene.Field(Partner)


class UnlinkLegalEntityInput(graphene.InputObjectType):
    """Which legal entity stands behind a partner no more, and since when; today if not said."""

    partner = reference(Kind.PARTNER, required=True)
    legal_entity = reference(Kind.LEGAL_ENTITY, required=True)
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int(description="of the partner")
    idempotency_key = graphene.String()


class UnlinkLegalEntityPayload(Payload):
    """The partner as it is now, or what to put right."""

    partner = graphene.Field(Partner)


register_legal_entity = mutation(
    "contacts",
    "register_legal_entity",
    takes=RegisterLegalEntityInput,
    gives=RegisterLegalEntityPayload,
    read=whole("legal_entity"),
    description="Register a legal entity.",
)

change_legal_entity = mutation(
    "contacts",
    "change_legal_entity",
    takes=ChangeLegalEntityInput,
    gives=ChangeLegalEntityPayload,
    read=whole("legal_entity"),
    nulls=True,
    description="Change what is known of a legal entity.",
)

link_legal_entity = mutation(
    "contacts",
    "link_legal_entity",
    takes=LinkLegalEntityInput,
    gives=LinkLegalEntityPayload,
    read=whole("partner"),
    description="Put a legal entity behind a partner.",
)

unlink_legal_entity = mutation(
    "contacts",
    "unlink_legal_entity",
    takes=UnlinkLegalEntityInput,
    gives=UnlinkLegalEntityPayload,
    read=whole("partner"),
    description="Say that a legal entity stands behind a partner no more.",
)
