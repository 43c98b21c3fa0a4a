"""What is exported as tables: which list is read, and what stands in each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from chassis.wire import Json
from gateway.context import Context

Cell = Callable[[Json], str | None]
"""Gives what stands in a column of a thing; None for an empty cell."""

_PAGE = 100
_BETWEEN = "; "


@dataclass(frozen=True, kw_only=True)
class Export:
    """A list of contacts as a table.

    `refers` names loaders, and how a thing tells the ids of what they load: what of that is in reach stands then under
    the loader's name, as the API would show it.
    """

    method: str
    columns: Mapping[str, Cell]
    payload: Json = field(default_factory=dict)
    refers: Mapping[str, Callable[[Json], list[str]]] = field(default_factory=dict)

    def pages(self, search: str | None, context: Callable[[], Context]) -> Iterator[list[list[str]]]:
        """Read the rows that a caller may see, page by page, each in a context of its own; raise a CrmError in between."""
        after: str | None = None
        while True:
            asking = context()  # a deadline of its own: all pages together may take far longer than a request
            payload = {**self.payload, "search": search, "page": {"first": _PAGE, "after": after}}
            page = asking.services.send("contacts", self.method, payload).result()
            yield [
                [cell(thing) or "" for cell in self.columns.values()] for thing in self._whole(page["nodes"], asking)
            ]
            if not page["has_next"]:
                return
            after = page["cursors"][-1]

    def _whole(self, things: list[Json], asking: Context) -> list[Json]:
        found = {
            name: [getattr(asking.loaders, name).load_many(ids(thing)) for thing in things]
            for name, ids in self.refers.items()
        }
        asking.batches.dispatch()
        return [
            thing | {name: _each_once(loaded[place].result()) for name, loaded in found.items()}
            for place, thing in enumerate(things)
        ]


def _each_once(things: list[Json]) -> list[Json]:
    """Leave out what is not in reach, and all but the first of those that turned out to be one."""
    return list({thing["id"]: thing for thing in things if thing is not None}.values())


def _plain(name: str) -> Cell:
    return lambda thing: thing[name]


def _ids(name: str) -> Callable[[Json], list[str]]:
    return lambda thing: thing[name]


def _several(name: str, part: str | None = None) -> Cell:
    """Put several things into one cell, or one part of each."""
    return lambda thing: _BETWEEN.join(one if part is None else one[part] for one in thing[name])


def _external(part: str) -> Cell:
    return lambda thing: thing["external_ref"] and thing["external_ref"][part]


def _outcome(part: str) -> Cell:
    return lambda interaction: interaction["outcome"] and interaction["outcome"][part]


def _points(kind: str) -> Cell:
    return lambda thing: _BETWEEN.join(point["value"] for point in thing["contact_points"] if point["kind"] == kind)


def _legal_entities(partner: Json) -> str:
    return _BETWEEN.join(
        f"{entity['name']} ({entity['tax_id']})" if entity["tax_id"] else entity["name"]
        for entity in partner["legal_entities"]
    )


def _job_titles(person: Json) -> str:
    return _BETWEEN.join(dict.fromkeys(link["job_title"] for link in person["links"] if link["job_title"]))


EXPORTS: Mapping[str, Export] = {
    "partners": Export(
        method="list_partners",
        # by what does not change: a partner whose name is changed meanwhile is neither left out nor given twice
        payload={"order": "REGISTERED_AT", "contacts": True},
        columns={
            "id": _plain("id"),
            "name": _plain("name"),
            "roles": _several("roles"),
            "managerId": _plain("manager_id"),
            "source": _plain("source"),
            "registeredAt": _plain("registered_at"),
            "externalSystem": _external("system"),
            "externalId": _external("id"),
            "legalEntities": _legal_entities,
            "phones": _points("PHONE"),
            "emails": _points("EMAIL"),
        },
    ),
    "persons": Export(
        method="list_contact_persons",
        refers={"partners": lambda person: [link["partner_id"] for link in person["links"] if link["partner_id"]]},
        columns={
            "id": _plain("id"),
            "fullName": _plain("full_name"),
            "jobTitles": _job_titles,
            "partnerIds": _several("partners", "id"),
            "partners": _several("partners", "name"),
            "phones": _points("PHONE"),
            "emails": _points("EMAIL"),
            "birthday": _plain("birthday"),
        },
    ),
    "interactions": Export(
        method="list_interactions",
        refers={"partners": _ids("partner_ids"), "deals": _ids("deal_ids")},
        columns={
            "id": _plain("id"),
            "kind": _plain("kind"),
            "direction": _plain("direction"),
            "state": _plain("state"),
            "at": _plain("at"),
            "title": _plain("title"),
            "text": _plain("text"),
            "outcome": _outcome("key"),
            "outcomeText": _outcome("text"),
            "partnerIds": _several("partners", "id"),
            "dealIds": _several("deals", "id"),
            "managerIds": _several("manager_ids"),
        },
    ),
}
"""The tables by the names in their addresses."""
