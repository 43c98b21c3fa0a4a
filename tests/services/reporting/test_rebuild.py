"""Any stream, told in any order, twice and cut anywhere, and any rebuild: the projections are the same."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.bus.envelope import Message
from chassis.bus.rebuild import Rebuild
from chassis.errors import Unavailable
from chassis.events import Heard
from chassis.service import reactions_of
from chassis.store.database import Database, Transaction
from chassis.store.inbox import Inbox
from chassis.store.projection import function_of, only_of
from services.reporting.projections import PROJECTIONS as PARTS
from services.reporting.reactions.copies.erase_person import erase_person
from services.reporting.service import ReportingService
from services.reporting.storage.tables import PROJECTIONS
from tests.services.reporting.anything import Telling, event_logs
from tests.services.reporting.telling import Process, Teller, claim, interaction, manager, task
from tests.services.reporting.world import World

REACTIONS = reactions_of(ReportingService)


def test_every_table_and_every_reaction_is_part_of_one_projection() -> None:
    tables = [table for part in PARTS.values() for table in part.tables]
    assert sorted(table.name for table in tables) == sorted(table.name for table in PROJECTIONS)
    reactions = [reaction for part in PARTS.values() for reaction in part.reactions]
    assert len(reactions) == len(set(reactions))
    functions = {function_of(reaction) for found in REACTIONS.values() for reaction in found}
    assert functions == {*reactions, erase_person}  # which erases what waits for a retry, and no table knows of


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "3")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_order_repetition_and_cuts_make_no_difference(world: World, seed: int) -> None:
    draw = random.Random(seed)
    world.forget()
    messages = world.bus.publish(*Telling(seed).events(150))
    world.receive(messages)
    expected = world.rows()
    world.forget()
    _tell_with_cuts(world, messages, draw)  # in order: deals go on from where they stood
    assert world.rows() == expected
    world.forget()
    told = [*messages, *draw.sample(messages, len(messages) // 3)]
    draw.shuffle(told)
    _tell_with_cuts(world, told, draw)
    assert world.rows() == expected


def _tell_with_cuts(world: World, told: list[Message], draw: random.Random) -> None:
    """Tell in batches of any size; some are cut off in the middle of what they do, and come again."""
    while told:
        batch, told = told[: (size := draw.randrange(1, 60))], told[size:]
        if draw.random() < 0.3:
            with suppress(Unavailable):  # nothing is left to cut of a batch that was heard before
                Inbox(world.database, _cut(draw.randrange(len(batch)))).receive(batch)
        world.receive(batch)


def _cut(after: int) -> Any:
    """Give reactions of which the last thing that is heard, at the latest, is the end of the service."""
    heard = 0

    def end(event: Heard, tx: Transaction) -> None:
        nonlocal heard
        heard += 1
        if heard > after:
            raise Unavailable("killed")

    return {key: [*found, end] for key, found in REACTIONS.items()}


@pytest.fixture
def sources(world: World, tmp_path: Path) -> Iterator[list[Database]]:
    """The logs of the sources, after the world has heard them."""
    ann = manager().subject
    certain = [  # what is made up is seldom a deal that is won, and never one that tasks are of
        *Teller(Process(), manager_id=ann, products=["A"]).open("2026-01-01").win("2026-01-09").told,
        *task(("task.created", "2026-01-01", "2026-01-10", ann)),
        interaction("2026-01-05", ann),
        *claim("2026-01-01", "2026-01-02", ann),
    ]
    messages = world.bus.publish(*Telling(1).events(300), *certain)
    with ExitStack() as opened:
        logs = event_logs(tmp_path, messages)
        for log in logs:
            opened.callback(log.close)
        world.receive(messages)
        yield logs


def test_a_rebuild_of_all_or_of_a_part_makes_the_same_tables(world: World, sources: list[Database]) -> None:
    expected, fresh = world.rows(), _freshness(world)
    assert all(expected.values())
    for name, parts in {"all": list(PARTS.values()), **{name: [part] for name, part in PARTS.items()}}.items():
        tables = [table for part in parts for table in part.tables]
        with world.database.transaction() as tx:
            for table in tables:
                tx.connection.execute(table.delete())
        rebuild = Rebuild(
            live=world.database,
            sources=sources,
            reactions=only_of(REACTIONS, parts),
            tables=tables,
            whole=name == "all",
        )
        assert rebuild.run() == 306
        assert world.rows() == expected, name
        assert _freshness(world) == fresh


def _freshness(world: World) -> Any:
    told = world.ask("freshness")
    return told["freshness"], told["sources"]
