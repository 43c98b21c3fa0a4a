"""All that is held about a person, for them to have."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import Services, ask
from gateway.shapes.scalars import Json as JsonScalar
from gateway.shapes.scalars import bad_input


class PersonalDataQueries(graphene.ObjectType):
    """The question of a person's own data."""

    personal_data = graphene.Field(
        JsonScalar,
        required=True,
        person=graphene.ID(required=True),
        description="all that is held about a contact person, for them to have; needs the scope privacy",
    )

    def resolve_personal_data(_root: object, info: GraphQLResolveInfo, person: str) -> Deferred:
        if not names_a(Kind.CONTACT_PERSON, person):
            raise bad_input(f"{person[:60]!r} is not the id of a contact person")
        services = info.context.services
        held = ask(services, "contacts", "personal_data", {"person_id": person})
        traces = ask(services, "contacts", "traces_of_person", {"person_id": person})
        elsewhere = traces.then(lambda found: _written_elsewhere(services, found))
        return held.then(lambda ours: elsewhere.then(lambda theirs: _in_words_of_the_api(ours | theirs)))


def _written_elsewhere(services: Services, traces: Json) -> Json:
    """Ask deals and claims for what is written there that names the person."""
    told = {name: traces[name] for name in ("words", "phones", "partner_ids")}
    asked = {
        "deals": services.send("deals", "texts_about_person", {**told, "deal_ids": traces["deal_ids"]}),
        "claims": services.send("claims", "texts_about_person", {**told, "claim_ids": traces["claim_ids"]}),
    }
    return {name: [_told(text) for text in pending.result()["texts"]] for name, pending in asked.items()}


def _told(text: Json) -> Json:
    return {**text, "what": _name(text["what"]), "field": _name(text["field"])}


def _in_words_of_the_api(value: Json) -> Json:
    """Give JSON with its keys as the API writes them: contact_points → contactPoints."""
    match value:
        case dict():
            return {_name(key): _in_words_of_the_api(item) for key, item in value.items()}
        case list():
            return [_in_words_of_the_api(item) for item in value]
        case _:
            return value


def _name(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(part.capitalize() for part in rest)
