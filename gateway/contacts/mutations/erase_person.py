"""erasePerson."""

from __future__ import annotations

import graphene

from chassis.errors import Refused
from chassis.wire import Json
from gateway.commands import field, idempotency_key, whole, without_nulls
from gateway.contacts.types import ContactPerson
from gateway.kinds import Kind
from gateway.references import checked, reference
from gateway.services import Services
from gateway.shapes.problems import Payload


class ErasePersonInput(graphene.InputObjectType):
    """A contact person who asked to be forgotten, and why this is done; it cannot be undone."""

    person = reference(Kind.CONTACT_PERSON, required=True)
    reason = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ErasePersonPayload(Payload):
    """What is left of the person, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


def _erase(services: Services, input: Json) -> Json:
    """Let deals and claims take the person out of their texts while the names are known, and then erase the person.

    What breaks off in between leaves a person who can be erased again.
    """
    key = idempotency_key(input)
    payload = checked(services, "contacts", without_nulls(input), ErasePersonInput)
    try:
        traces = services.send("contacts", "traces_of_person", payload).result()
    except Refused:  # as erasing is refused too; or the person was erased by this very request before
        return whole("contact_person")(services.send("contacts", "erase_person", payload, key).result())
    told = {name: traces[name] for name in ("words", "phones", "partner_ids")} | {"person_id": payload["person_id"]}
    pending = [
        services.send("deals", "erase_words", {**told, "deal_ids": traces["deal_ids"]}),
        services.send("claims", "erase_words", {**told, "claim_ids": traces["claim_ids"]}),
    ]
    for one in pending:
        one.result()
    return whole("contact_person")(services.send("contacts", "erase_person", payload, key).result())


erase_person = field(
    _erase,
    takes=ErasePersonInput,
    gives=ErasePersonPayload,
    description="Erase all that is personal of a contact person, everywhere; needs the scope privacy.",
)
