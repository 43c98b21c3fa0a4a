"""What a client of the running system hears as it happens."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx

from tests.support.system import System


def test_changes_of_deals_arrive_while_the_client_listens(system: System) -> None:
    (process,) = [
        p["id"] for p in system.ask("{ salesProcesses { id key } }")["salesProcesses"] if p["key"] == "manual_sale"
    ]
    query = "subscription { dealChanged { kind newStage deal { id title manager { name } } } }"
    headers = {"Authorization": f"Bearer {system.token()}", "Accept": "text/event-stream"}
    with httpx.stream("POST", f"{system.url}/graphql", json={"query": query}, headers=headers, timeout=30) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == ":"
        opened = system.ask(
            "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id } errors { code } } }",
            input={"process": process, "title": "Heard"},
        )["openDeal"]
        deal = opened["deal"]["id"]
        system.ask(
            "mutation($input: MoveDealInput!) { moveDeal(input: $input) { errors { code } } }",
            input={"deal": deal, "stage": "proposal"},
        )
        told = list(told_of(lines, deal, 2))
    assert [change["kind"] for change in told] == ["opened", "stage_changed"]
    assert told[1]["newStage"] == "proposal"


def told_of(lines: Iterator[str], deal: str, count: int) -> Iterator[dict[str, str]]:
    """Read the changes of one deal."""
    for line in lines:
        if line.startswith("data: {"):
            change = json.loads(line.removeprefix("data: "))["data"]["dealChanged"]
            if change["deal"]["id"] == deal:
                yield change
                count -= 1
                if not count:
                    return
