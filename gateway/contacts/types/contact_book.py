"""Persons, legal entities and contact points."""

from __future__ import annotations

import graphene


class ContactPointKind(graphene.Enum):
    """How a contact point reaches someone."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    SITE = "SITE"
    MESSENGER = "MESSENGER"


class ContactPoint(graphene.ObjectType):
    """A phone, e-mail, address, site or messenger; `original` is what was typed."""

    id = graphene.ID(required=True)
    kind = ContactPointKind(required=True)
    value = graphene.String(required=True)
    original = graphene.String(required=True)
    primary = graphene.Boolean(required=True)


class ContactPerson(graphene.ObjectType):
    """A person who works for a partner."""

    id = graphene.ID(required=True)
    full_name = graphene.String(required=True)
    job_title = graphene.String()
    contact_points = graphene.List(graphene.NonNull(ContactPoint), required=True)


class LegalEntity(graphene.ObjectType):
    """The legal person behind a partner."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    country = graphene.String(required=True)
    tax_id = graphene.String()
    registration_reason_code = graphene.String()
