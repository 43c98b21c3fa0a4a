"""Filters of lists: an empty list lets nothing through, whatever it is of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, get_named_type, get_nullable_type, is_required_argument

from gateway.schema import schema
from tests.gateway.system import System


def _lists_in_filters() -> Iterator[tuple[str, str]]:
    """Name the questions for lists with the fields of their filters that are lists."""
    assert schema.query_type is not None
    for name, field in schema.query_type.fields.items():
        filter = get_named_type(field.args["filter"].type) if "filter" in field.args else None
        pages = "nodes" in getattr(get_named_type(field.type), "fields", {})
        if (
            isinstance(filter, GraphQLInputObjectType)
            and pages
            and not any(map(is_required_argument, field.args.values()))
        ):
            for of_filter, one in filter.fields.items():
                if isinstance(get_nullable_type(one.type), GraphQLList):
                    yield name, of_filter


@pytest.fixture
def filled(system: System) -> System:
    """A system with some of what is listed."""
    team = system.do("registerTeam", "team { id }", name="North")["team"]["id"]
    manager = system.do("registerManager", "manager { id }", name="Ann", team=team)["manager"]["id"]
    about = {
        "name": "Acme",
        "manager": manager,
        "contactPersons": [{"fullName": "Ivan"}],
        "interest": "pipes",
    }
    partner = system.do("registerPartner", "partner { id }", **about)["partner"]["id"]
    process = system.processes["manual_sale"]
    deal = system.do("openDeal", "deal { id }", process=process, title="A", partner=partner, manager=manager)["deal"][
        "id"
    ]
    system.do("addTask", "task { id }", deal=deal, title="Call", assignee=manager)
    system.do("registerInteraction", "interaction { id }", kind="CALL", partners=[partner], deals=[deal])
    system.do("registerClaim", "claim { id }", partner=partner, subject="late", cause="DELIVERY", severity="HIGH")
    return system


def test_an_empty_list_lets_nothing_through(filled: System) -> None:
    found = list(_lists_in_filters())
    shown = {name: filled.ask(f"{{ {name} {{ nodes {{ __typename }} }} }}")[name]["nodes"] for name, _ in found}
    assert {name for name, nodes in shown.items() if nodes} >= {
        "partners", "managers", "contactPersons", "interests", "interactions", "deals", "tasks", "claims",
    }  # fmt: skip
    for name, field in found:
        query = f"{{ {name}(filter: {{{field}: []}}) {{ nodes {{ __typename }} }} }}"
        answer = filled.answer(query)
        if "errors" in answer:  # snapshots of forecasts know of managers, teams and processes alone
            assert (name, answer["errors"][0]["extensions"]["code"]) == ("forecastSnapshots", "INVALID_FILTER")
        else:
            assert answer["data"][name]["nodes"] == [], (name, field)


def test_filters_say_what_an_empty_list_does() -> None:
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType) and kind.name.endswith("Filter"):
            assert "an empty list lets nothing through" in (kind.description or ""), kind.name


def test_a_value_that_an_enumeration_has_not_is_answered_with_those_that_it_has(system: System) -> None:
    written = "{ outcomes(groupBy: COLOUR) { won } }"
    given = "query($by: OutcomeGrouping) { outcomes(groupBy: $by) { won } }"
    for answer in (system.answer(written), system.answer(given, by="COLOUR"), system.answer(given, by=1)):
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert "Choose one of MONTH, PROCESS, MANAGER, TEAM, PRODUCT, LOSS_REASON" in error["message"]
