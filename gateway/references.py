"""References in inputs: checked by kind here, and by whoever owns the thing before a command is sent on.

An input says what each of its ids refers to:

    class OpenDealInput(graphene.InputObjectType):
        process = reference(Kind.PROCESS, required=True)
        partner = reference(Kind.PARTNER)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import graphene

from chassis.errors import Problem, Refused
from chassis.wire import Json
from gateway.kinds import THINGS, Kind, kind_named_by
from gateway.services import Pending, Services

_SINGULAR = {"replaces", "sale_terms"}
"""Names that end as plurals do, and hold one id."""


class Reference(graphene.InputField):
    """An input field that holds the id of a thing."""

    def __init__(self, kind: Kind, required: bool, description: str | None, plural: bool) -> None:
        held = graphene.List(graphene.NonNull(graphene.ID)) if plural else graphene.ID
        super().__init__(held, required=required, description=description)
        self.kind = kind


def reference(kind: Kind, *, required: bool = False, description: str | None = None) -> Any:
    """Declare an input field that holds the id of a thing of a kind; `deal` goes on the wire as `deal_id`."""
    return Reference(kind, required, description, plural=False)


def references(kind: Kind, *, required: bool = False, description: str | None = None) -> Any:
    """Declare an input field that holds ids of things of a kind; `managers` goes on the wire as `manager_ids`."""
    return Reference(kind, required, description, plural=True)


def references_of(input_type: type[graphene.InputObjectType]) -> dict[str, Kind]:
    """Tell which fields of an input are references to one thing, and of what kind."""
    fields: dict[str, Any] = input_type._meta.fields
    return {name: field.kind for name, field in fields.items() if isinstance(field, Reference)}


def on_the_wire(name: str) -> str:
    """Give a reference's name on the wire: deal → deal_id, managers → manager_ids, processes → process_ids."""
    if not name.endswith("s") or name.endswith("ss") or name in _SINGULAR:
        return f"{name}_id"
    return f"{name.removesuffix('es') if name.endswith('sses') else name[:-1]}_ids"


def wrong_kinds(given: dict[str, str], kinds: dict[str, Kind]) -> list[Problem]:
    """Find the ids that cannot name what their field refers to."""
    found = (Given(path=(name,), kind=kinds[name], text=text).wrong() for name, text in given.items())
    return [problem for problem in found if problem]


def not_found(path: tuple[str, ...], kind: Kind, text: str) -> Problem:
    """Make the problem of a reference to what is not there, or not for this caller."""
    return Problem(code="NOT_FOUND", message=f"there is no {kind.word} {text[:60]}", field=path)


def _wrong_kind(path: tuple[str, ...], kind: Kind, found: Kind | int) -> Problem:
    seen = found.word if isinstance(found, Kind) else "another kind of thing"
    return Problem(code="WRONG_KIND", message=f"this is the id of a {seen}; give that of a {kind.word}", field=path)


@dataclass(frozen=True, kw_only=True)
class Given:
    """An id that an input holds: where it stands in it, and what kind of thing it has to name."""

    path: tuple[str, ...]
    kind: Kind
    text: str

    def wrong(self) -> Problem | None:
        """Give the problem of an id that cannot name what its field refers to."""
        found = kind_named_by(self.text)
        if found is None:
            return self.not_found()
        return None if found is self.kind else _wrong_kind(self.path, self.kind, found)

    def not_found(self) -> Problem:
        """Make the problem of a reference to what is not there, or not for this caller."""
        return not_found(self.path, self.kind, self.text)


def given_in(data: Json, takes: type[graphene.InputObjectType], path: tuple[str, ...] = ()) -> Iterator[Given]:
    """Find all references in an input, at every depth."""
    for name, held in _shape(takes).items():
        value = data.get(name)
        if value is None:
            continue
        for at, one in _each(value, (*path, name)):
            if isinstance(held, Reference):
                yield Given(path=at, kind=held.kind, text=one)
            else:
                yield from given_in(one, held, at)


def wired(data: Json, takes: type[graphene.InputObjectType]) -> Json:
    """Give an input as a service takes it: references under their names on the wire, ids in their one spelling."""
    shape = _shape(takes)
    payload: dict[str, Any] = {}
    for name, value in data.items():
        held = shape.get(name)
        if held is None:
            payload[name] = value
        elif isinstance(held, Reference):
            payload[on_the_wire(name)] = _mapped(value, lambda text: str(UUID(text)))
        else:
            payload[name] = _mapped(value, partial(wired, takes=held))
    return payload


def checked(services: Services, service: str, data: Json, takes: type[graphene.InputObjectType]) -> Json:
    """Check an input's references and put them under their names on the wire; raise Refused with all that are wrong."""
    given = list(given_in(data, takes))
    problems = [problem for one in given if (problem := one.wrong())]
    if not problems:
        problems = _missing(services, service, given)
    if problems:
        raise Refused(*problems)
    return wired(data, takes)


def checked_rows(
    services: Services, service: str, rows: list[Json], takes: type[graphene.InputObjectType]
) -> list[Json | Refused]:
    """Check the references of many rows as `checked` does those of one input: a row that is wrong hinders no other."""
    given = [list(given_in(row, takes)) for row in rows]
    wrong = [[problem for one in of_row if (problem := one.wrong())] for of_row in given]
    fine = [one for of_row, problems in zip(given, wrong, strict=True) if not problems for one in of_row]
    missing = set(map(id, _absent(services, service, fine)))
    results: list[Json | Refused] = []
    for row, of_row, problems in zip(rows, given, wrong, strict=True):
        problems += [one.not_found() for one in of_row if id(one) in missing]
        results.append(Refused(*problems) if problems else wired(row, takes))
    return results


def _missing(services: Services, service: str, given: list[Given]) -> list[Problem]:
    return [one.not_found() for one in _absent(services, service, given)]


def _absent(services: Services, service: str, given: list[Given]) -> list[Given]:
    """Find the references to things of other services that are not there: all questions in flight together."""
    foreign: dict[Kind, set[str]] = {}
    for one in given:
        if THINGS[one.kind].owner != service:
            foreign.setdefault(one.kind, set()).add(str(UUID(one.text)))
    there = set[str]()
    for ids, pending, read in list(_questions(services, {kind: sorted(ids) for kind, ids in foreign.items()})):
        there.update(one for one, found in zip(ids, read(pending.result()), strict=True) if found)
    return [one for one in given if one.kind in foreign and str(UUID(one.text)) not in there]


def _questions(
    services: Services, asked: dict[Kind, list[str]]
) -> Iterator[tuple[list[str], Pending, Callable[[Json], list[Any]]]]:
    partners, managers = asked.pop(Kind.PARTNER, []), asked.pop(Kind.MANAGER, [])
    if partners or managers:  # what nearly every command refers to, in one request
        pending = services.send("contacts", "locate", {"partner_ids": partners, "manager_ids": managers})
        yield partners + managers, pending, lambda answer: answer["partners"] + answer["managers"]
    for kind, ids in asked.items():
        thing = THINGS[kind]
        yield ids, services.send(thing.owner, f"{thing.loader}_by_ids", {"ids": ids}), lambda answer: answer["nodes"]


_Shape = dict[str, Reference | type[graphene.InputObjectType]]
_shapes: dict[type[graphene.InputObjectType], _Shape] = {}


def _shape(takes: type[graphene.InputObjectType]) -> _Shape:
    """Tell which fields of an input hold references, or inputs that may hold some; found once for each input."""
    if takes not in _shapes:
        _shapes[takes] = _found_shape(takes)
    return _shapes[takes]


def _found_shape(takes: type[graphene.InputObjectType]) -> _Shape:
    shape: _Shape = {}
    for name, field in takes._meta.fields.items():
        held: Any = field if isinstance(field, Reference) else field.type
        while isinstance(held, graphene.types.structures.Structure):
            held = held.of_type
        if isinstance(held, Reference) or (isinstance(held, type) and issubclass(held, graphene.InputObjectType)):
            shape[name] = held
    return shape


def _each(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(value, list):
        yield path, value
        return
    for place, one in enumerate(value):
        yield (*path, str(place)), one


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [change(one) for one in value]
    return None if value is None else change(value)
