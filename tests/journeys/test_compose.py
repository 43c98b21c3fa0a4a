"""docker-compose.yml, brought up and used: where a Docker engine is reachable, or required by CRM_TEST_COMPOSE=1."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import amqp
import kombu
import pytest
from amqp.exceptions import AccessRefused

from tests.journeys.test_sales_process import new_partner, open_deal, win
from tests.support.ports import free_port
from tests.support.real import engine_listens
from tests.support.system import System

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(900)  # the first time the image is built


class Compose:
    """One project of Docker Compose, with ports, secrets and volumes of its own."""

    def __init__(self, folder: Path) -> None:
        self.http_port, self.amqp_port = free_port(), free_port()
        self.settings = dict(_example(), CRM_HTTP_PORT=str(self.http_port), CRM_AMQP_PORT=str(self.amqp_port))
        self._file = folder / "env"
        self._file.write_text("".join(f"{name}={value}\n" for name, value in self.settings.items()))
        self._project = f"crm-test-{secrets.token_hex(3)}"

    def __call__(self, *arguments: str, check: bool = True) -> str:
        """Run `docker compose …` and give what it printed."""
        done = subprocess.run(
            ["docker", "compose", "--env-file", self._file, "--project-name", self._project, *arguments],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name not in self.settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode != 0:
            logs = self("logs", "--tail", "30", check=False) if arguments[0] == "up" else ""
            raise AssertionError(f"docker compose {' '.join(arguments)}: {done.stderr[-3000:]}\n{logs[-6000:]}")
        return done.stdout


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: secrets.token_hex(24) if value == "generate" else value for name, value in pairs.items()}


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """The containers, all ready."""
    if shutil.which("docker") is None or not engine_listens():
        text = "no Docker engine is reachable"
        (pytest.fail if os.environ.get("CRM_TEST_COMPOSE") == "1" else pytest.skip)(text)
    project = Compose(tmp_path_factory.mktemp("compose"))
    try:
        project("up", "--build", "--detach", "--wait", "--wait-timeout", "300")
        yield project
    finally:
        project("down", "--volumes", "--timeout", "20", check=False)


@pytest.fixture(scope="module")
def contained(compose: Compose) -> Iterator[System]:
    """The system in the containers; tokens come from the one who may run commands in them."""

    def issue(role: str, _manager: str | None) -> str:
        return compose("exec", "-T", "gateway", "crm", "token", "--role", role).strip()

    system = System("compose", f"http://127.0.0.1:{compose.http_port}", {}, issue)
    yield system
    system.close()


def test_a_deal_goes_round_all_services(contained: System) -> None:
    process = "{ outcomes { won } }"
    won = contained.ask(process)["outcomes"][0]["won"]
    partner = new_partner(contained)
    deal = open_deal(contained, "MANUAL", partner)
    assert win(contained, deal)["errors"] == []
    contained.eventually(lambda: contained.ask(process)["outcomes"][0]["won"] == won + 1)
    query = "query($id: ID!) { partner(id: $id) { roles } }"
    contained.eventually(lambda: contained.ask(query, id=partner)["partner"]["roles"] == ["CLIENT"])


def test_no_process_runs_as_root(compose: Compose) -> None:
    for service in ("contacts", "deals", "claims", "reporting", "gateway"):
        assert compose("exec", "-T", service, "id", "-u").strip() != "0"


def test_the_host_reaches_only_the_gateway_and_the_broker_and_only_on_its_loopback(compose: Compose) -> None:
    listed = json.loads("[" + ",".join(compose("ps", "--format", "json").splitlines()) + "]")
    published = {
        (publisher["URL"], publisher["PublishedPort"])
        for container in listed
        for publisher in container["Publishers"] or ()
        if publisher["PublishedPort"]
    }
    assert published == {("127.0.0.1", compose.http_port), ("127.0.0.1", compose.amqp_port)}


def test_another_system_reads_the_public_events_and_may_do_nothing_else(compose: Compose, contained: System) -> None:
    password = quote(compose.settings["CRM_SUBSCRIBER_PASSWORD"])
    url = f"amqp://subscriber:{password}@127.0.0.1:{compose.amqp_port}//"
    with kombu.Connection(url) as connection:
        events = kombu.Exchange("crm.events", type="topic", passive=True)
        queue = kombu.Queue("subscriber-test", events, routing_key="deal.won", auto_delete=True, no_declare=False)
        with connection.SimpleBuffer(queue) as letters:
            deal = open_deal(contained, "MANUAL", new_partner(contained))
            assert win(contained, deal)["errors"] == []
            letter = letters.get(timeout=20)
            assert letter.payload["deal_id"] == deal
            assert letter.headers["cloudEvents:type"]
    forbidden: tuple[Callable[[Any], object], ...] = (
        lambda channel: channel.basic_publish_confirm(amqp.Message("{}"), exchange="deals.events"),
        lambda channel: channel.queue_bind("subscriber-other", "deals.events", "#"),
        lambda channel: channel.basic_get("rpc.deals"),
        lambda channel: channel.queue_declare("rpc.deals.mine"),
    )
    for attempt in forbidden:
        with kombu.Connection(url) as connection:
            channel = connection.channel()
            channel.queue_declare("subscriber-other", exclusive=True)
            with pytest.raises(AccessRefused):
                attempt(channel)


def test_a_service_does_not_reach_another_ones_database(compose: Compose) -> None:
    code = (
        "import os, psycopg2\n"
        "url = os.environ['CRM_CLAIMS_DATABASE_URL'].replace('/claims', '/deals').replace('//deals', '//claims')\n"
        "try:\n    psycopg2.connect(url)\n"
        "except psycopg2.OperationalError as error:\n    print(error)\n"
    )
    assert "permission denied" in compose("exec", "-T", "claims", "python", "-c", code)
