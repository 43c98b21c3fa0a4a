"""Legal entities, their numbers and accounts."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.contact_point import ContactPoint
from gateway.contacts.types.history import WithHistory
from gateway.contacts.types.person import ContactPerson
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connection_of
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date


class EntityRole(graphene.Enum):
    """What a legal entity is to a partner: who signs, who pays, who receives the goods."""

    CONTRACTING = "CONTRACTING"
    PAYER = "PAYER"
    CONSIGNEE = "CONSIGNEE"


class TaxIdKind(graphene.Enum):
    """Whose number it is: Russia's four, the VAT number, a country's other tax number, the global LEI."""

    INN = "INN"
    KPP = "KPP"
    OGRN = "OGRN"
    OGRNIP = "OGRNIP"
    VAT = "VAT"
    TIN = "TIN"
    LEI = "LEI"


class TaxId(graphene.ObjectType):
    """A number beside the one that the country knows its companies by."""

    kind = TaxIdKind(required=True)
    number = graphene.String(required=True)


class BankAccount(graphene.ObjectType):
    """An account: by IBAN, or by the number its bank gave it; `bic` is the SWIFT code, in Russia the БИК."""

    id = graphene.ID(required=True)
    bank_name = graphene.String(required=True)
    bic = graphene.String()
    iban = graphene.String()
    account = graphene.String()
    correspondent_account = graphene.String()
    currency = graphene.String(required=True)
    primary = graphene.Boolean(required=True)


class EntityLink(graphene.ObjectType):
    """A partner for whom a legal entity signs; null where that one is not the caller's to see."""

    partner = graphene.Field("gateway.contacts.types.Partner")
    role = EntityRole(required=True)
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")

    def resolve_partner(link: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(link["partner_id"])


class LegalEntity(WithHistory, graphene.ObjectType):
    """The legal person behind partners; role and dates are those of where it is shown, else of its first link."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    name = graphene.String(required=True)
    full_name = graphene.String()
    country = graphene.String(required=True)
    tax_id = graphene.String(description="the INN in Russia, the VAT number in the European Union")
    registration_reason_code = graphene.String(description="Russia's KPP")
    registered_on = Date()
    role = EntityRole()
    valid_from = Date()
    valid_to = Date()
    tax_ids = graphene.List(graphene.NonNull(TaxId), required=True, description="further numbers: OGRN, LEI, …")
    bank_accounts = graphene.List(graphene.NonNull(BankAccount), required=True)
    contact_points = graphene.List(graphene.NonNull(ContactPoint), required=True)
    contact_persons = graphene.List(graphene.NonNull(ContactPerson), required=True)
    links = graphene.List(graphene.NonNull(EntityLink), required=True, description="all partners, ended ones too")

    def resolve_tax_ids(entity: Json, info: GraphQLResolveInfo) -> Json:
        return _part(entity, "tax_ids", info)

    def resolve_bank_accounts(entity: Json, info: GraphQLResolveInfo) -> Json:
        return _part(entity, "bank_accounts", info)

    def resolve_contact_points(entity: Json, info: GraphQLResolveInfo) -> Json:
        return _part(entity, "contact_points", info)

    def resolve_contact_persons(entity: Json, info: GraphQLResolveInfo) -> Json:
        return _part(entity, "contact_persons", info)

    def resolve_links(entity: Json, info: GraphQLResolveInfo) -> Json:
        return _part(entity, "links", info)


def _part(entity: Json, part: str, info: GraphQLResolveInfo) -> Json:
    """Give a list of what belongs to an entity, asking for it where the entity came without."""
    if part in entity:
        return entity[part]
    load = info.context.loaders.legal_entities.load
    return load(entity["id"]).then(lambda whole: whole[part] if whole else [])


LegalEntityConnection: Any = connection_of("LegalEntity", "gateway.contacts.types.LegalEntity")
