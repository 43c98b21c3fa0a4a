"""Many clients who ask at the same moment."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.settings import Settings
from tests.gateway.system import System, present_services
from tests.gateway.test_deals import open_deal
from tests.support.databases import OpenDatabase

STAGES = ("qualification", "proposal", "negotiation", "fulfilment")
MOVE = """
    mutation($input: MoveDealInput!) {
      moveDeal(input: $input) { deal { id version stage { key } } errors { code field } }
    }
"""


@pytest.fixture
def busy(open_database: OpenDatabase, settings: Settings) -> System:
    """The gateway over the real services, on databases of each kind."""
    tables = {name: importlib.import_module(f"services.{name}.storage.tables").metadata for name in present_services()}
    return System(settings, {name: open_database(name, metadata) for name, metadata in tables.items()})


def at_once(count: int, ask: Callable[[int], Any]) -> list[Any]:
    """Ask many times at once."""
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(ask, range(count)))


def moves(system: System, deal: str) -> list[str]:
    """Tell to which stages a deal was moved."""
    query = "query($id: ID!) { deal(id: $id) { history { kind toStage } } }"
    history = system.ask(query, id=deal)["deal"]["history"]
    return [fact["toStage"] for fact in history if fact["kind"] == "MOVED"]


def test_of_twenty_clients_who_move_the_same_deal_one_wins(busy: System) -> None:
    deal = open_deal(busy)["id"]

    def move(place: int) -> tuple[str | None, tuple[str, ...]]:
        given = {"deal": deal, "stage": STAGES[place % len(STAGES)], "expectedVersion": 1}
        payload = busy.answer(MOVE, input=given)["data"]["moveDeal"]
        stage = payload["deal"]["stage"]["key"] if payload["deal"] else None
        return stage, tuple(error["code"] for error in payload["errors"])

    answers = at_once(20, move)
    assert Counter(codes for _, codes in answers) == {(): 1, ("CONFLICT",): 19}
    assert moves(busy, deal) == [stage for stage, codes in answers if not codes]


def test_a_move_repeated_ten_times_at_once_with_one_key_has_one_effect_and_ten_equal_answers(busy: System) -> None:
    deal = open_deal(busy)["id"]
    given = {"deal": deal, "stage": "proposal", "idempotencyKey": "the key"}
    first, *others = at_once(10, lambda _: busy.answer(MOVE, input=given))
    assert first["data"]["moveDeal"] == {
        "deal": {"id": deal, "version": 2, "stage": {"key": "proposal"}}, "errors": [],
    }  # fmt: skip
    assert others == [first] * 9
    assert moves(busy, deal) == ["proposal"]
