"""References in inputs: checked by kind here, and by whoever owns the thing before a command is sent on.

An input says what each of its ids refers to:

    class OpenDealInput(graphene.InputObjectType):
        process = reference(Kind.PROCESS, required=True)
        partner = reference(Kind.PARTNER)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import graphene

from chassis.errors import Problem, Refused
from chassis.wire import Json
from gateway.kinds import Kind, kind_named_by
from gateway.services import Pending, Services

_OWNERS = {Kind.PARTNER: "contacts", Kind.MANAGER: "contacts", Kind.DEAL: "deals"}
"""Of the kinds that commands of another service refer to, who owns them."""


class Reference(graphene.InputField):
    """An input field that holds the id of a thing."""

    def __init__(self, kind: Kind, required: bool, description: str | None, plural: bool) -> None:
        held = graphene.List(graphene.NonNull(graphene.ID)) if plural else graphene.ID
        super().__init__(held, required=required, description=description)
        self.kind = kind


def reference(kind: Kind, *, required: bool = False, description: str | None = None) -> Any:
    """Declare an input field that holds the id of a thing of a kind; `deal` goes on the wire as `deal_id`."""
    return Reference(kind, required, description, plural=False)


def references(kind: Kind, *, description: str | None = None) -> Any:
    """Declare an input field that holds ids of things of a kind; `managers` goes on the wire as `manager_ids`."""
    return Reference(kind, False, description, plural=True)


def references_of(input_type: type[graphene.InputObjectType]) -> dict[str, Kind]:
    """Tell which fields of an input are references to one thing, and of what kind."""
    fields: dict[str, Any] = input_type._meta.fields
    return {name: field.kind for name, field in fields.items() if isinstance(field, Reference)}


def on_the_wire(name: str) -> str:
    """Give a reference's name on the wire: deal → deal_id, managers → manager_ids."""
    return (
        f"{name[:-1] if name != 'processes' else 'process'}_ids"
        if name.endswith("s") and name != "process"
        else f"{name}_id"
    )


def wrong_kinds(given: dict[str, str], kinds: dict[str, Kind]) -> list[Problem]:
    """Find the ids that cannot name what their field refers to."""
    problems = []
    for name, text in given.items():
        kind, found = kinds[name], kind_named_by(text)
        if found is None:
            problems.append(not_found(name, kind, text))
        elif found is not kind:
            seen = found.word if isinstance(found, Kind) else "another kind of thing"
            problems.append(
                Problem(
                    code="WRONG_KIND", message=f"this is the id of a {seen}; give that of a {kind.word}", field=(name,)
                )
            )
    return problems


def not_found(name: str, kind: Kind, text: str) -> Problem:
    """Make the problem of a reference to what is not there, or not for this caller."""
    return Problem(code="NOT_FOUND", message=f"there is no {kind.word} {text[:60]}", field=(name,))


def missing(services: Services, service: str, given: dict[str, str], kinds: dict[str, Kind]) -> list[Problem]:
    """Find the references to things of other services that are not there: one request to each owner, all in flight together."""
    foreign = {name: text for name, text in given.items() if _OWNERS.get(kinds[name], service) != service}
    if not foreign:
        return []
    there = set[str]()
    for ids, pending, read in list(_questions(services, foreign, kinds)):
        there.update(one for one, found in zip(ids, read(pending.result()), strict=True) if found)
    return [not_found(name, kinds[name], text) for name, text in foreign.items() if text not in there]


def _questions(
    services: Services, foreign: dict[str, str], kinds: dict[str, Kind]
) -> Iterator[tuple[list[str], Pending, Callable[[Json], list[Any]]]]:
    partners = sorted({text for name, text in foreign.items() if kinds[name] is Kind.PARTNER})
    managers = sorted({text for name, text in foreign.items() if kinds[name] is Kind.MANAGER})
    deals = sorted({text for name, text in foreign.items() if kinds[name] is Kind.DEAL})
    if partners or managers:
        pending = services.send("contacts", "locate", {"partner_ids": partners, "manager_ids": managers})
        yield partners + managers, pending, lambda answer: answer["partners"] + answer["managers"]
    if deals:
        yield deals, services.send("deals", "deals_by_ids", {"ids": deals}), lambda answer: answer["nodes"]


def checked(services: Services, service: str, data: Json, kinds: dict[str, Kind]) -> Json:
    """Check an input's references and put them under their names on the wire; raise Refused with all that are wrong."""
    given = {name: data[name] for name in kinds if data.get(name) is not None}
    problems = wrong_kinds(given, kinds)
    if problems:
        raise Refused(*problems)
    given = {name: str(UUID(text)) for name, text in given.items()}
    problems = missing(services, service, given, kinds)
    if problems:
        raise Refused(*problems)
    payload = {name: value for name, value in data.items() if name not in kinds}
    for name in kinds:
        if name in data:
            payload[on_the_wire(name)] = given.get(name)
    return payload
