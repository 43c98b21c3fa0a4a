"""The parts that several inputs have."""

from __future__ import annotations

import graphene

from gateway.contacts.types import ContactPointKind, EntityRole, Messenger, PersonRole, TaxIdKind
from gateway.shapes.scalars import Date


class AddressInput(graphene.InputObjectType):
    """The parts of a postal address, as far as they are known; `country` by ISO 3166-1, two letters."""

    country = graphene.String()
    postal_code = graphene.String()
    region = graphene.String()
    city = graphene.String()
    street = graphene.String()
    building = graphene.String()
    unit = graphene.String()


class ContactPointInput(graphene.InputObjectType):
    """A phone, e-mail, address, site or messenger; `country` is that of a national phone number."""

    kind = ContactPointKind(required=True)
    value = graphene.String(required=True)
    primary = graphene.Boolean()
    country = graphene.String()
    messenger = Messenger(description="of a MESSENGER: where the account is")
    address = graphene.InputField(AddressInput, description="of an ADDRESS: its parts")
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")


class ContactPersonInput(graphene.InputObjectType):
    """A person who works for the partner."""

    full_name = graphene.String(required=True)
    job_title = graphene.String()
    role = PersonRole()
    birthday = Date()
    notes = graphene.String()
    time_zone = graphene.String()
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))


class TaxIdInput(graphene.InputObjectType):
    """A number beside the one that the country knows its companies by."""

    kind = TaxIdKind(required=True)
    number = graphene.String(required=True)


class BankAccountInput(graphene.InputObjectType):
    """A bank account: by IBAN, or by the number its bank gave it; `bic` is the SWIFT code, in Russia the БИК."""

    bank_name = graphene.String(required=True)
    currency = graphene.String(required=True)
    bic = graphene.String()
    iban = graphene.String()
    account = graphene.String()
    correspondent_account = graphene.String()
    primary = graphene.Boolean()


class LegalEntityInput(graphene.InputObjectType):
    """The legal person behind the partner; `country` by ISO 3166-1, two letters."""

    name = graphene.String(required=True)
    country = graphene.String(required=True)
    tax_id = graphene.String()
    registration_reason_code = graphene.String()
    full_name = graphene.String()
    tax_ids = graphene.List(graphene.NonNull(TaxIdInput))
    registered_on = Date()
    bank_accounts = graphene.List(graphene.NonNull(BankAccountInput))
    role = EntityRole()
