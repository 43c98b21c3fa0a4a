"""The parts that several inputs have."""

from __future__ import annotations

import graphene

from gateway.contacts.types import ContactPointKind


class ContactPointInput(graphene.InputObjectType):
    """A phone, e-mail, address, site or messenger; `country` is that of a national phone number."""

    kind = ContactPointKind(required=True)
    value = graphene.String(required=True)
    primary = graphene.Boolean()
    country = graphene.String()


class ContactPersonInput(graphene.InputObjectType):
    """A person who works for the partner."""

    full_name = graphene.String(required=True)
    job_title = graphene.String()
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))


class LegalEntityInput(graphene.InputObjectType):
    """The legal person behind the partner; `country` by ISO 3166-1, two letters."""

    name = graphene.String(required=True)
    country = graphene.String(required=True)
    tax_id = graphene.String()
    registration_reason_code = graphene.String()
