"""The servers behind the tests do what the tests believe of them."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest
import sqlalchemy as sa
from kombu import Connection

from chassis.store.tables import service_metadata
from tests.support.databases import OpenDatabase
from tests.support.real import private_postgres, private_rabbit


def test_databases_of_two_tests_are_apart(open_database: OpenDatabase, migrations: Path) -> None:
    metadata = service_metadata()
    first, second = (open_database("echo", metadata, migrations) for _ in range(2))
    with first.transaction() as tx:
        tx.connection.execute(sa.text("INSERT INTO marks VALUES (1)"))
    with second.reading() as reading:
        assert reading.connection.execute(sa.text("SELECT count(*) FROM marks")).scalar_one() == 0


def test_a_virtual_host_is_empty(amqp_url: str) -> None:
    with Connection(amqp_url) as connection:
        queue = connection.SimpleQueue("letters")
        queue.put("hello")
        assert queue.get(timeout=5).payload == "hello"
        queue.close()


@pytest.mark.slow
def test_a_private_broker_comes_back_at_its_port_with_what_it_had() -> None:
    with private_rabbit() as broker:
        url = broker.new_vhost()
        broker.kill()
        with pytest.raises(OSError, match=r"(?i)refused"), Connection(url, connect_timeout=2) as connection:
            connection.connect()
        broker.start()
        with Connection(url, connect_timeout=5) as connection:
            connection.connect()


@pytest.mark.slow
def test_a_private_database_server_comes_back_at_its_port_with_what_it_had() -> None:
    with private_postgres() as server:
        url = server.create("kept")
        server.kill()
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(url)
        server.start()
        psycopg2.connect(url).close()


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A migration folder with one small table."""
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text("from chassis.store.migrate import run_migrations\n\nrun_migrations()\n")
    (tmp_path / "versions" / "0001_first.py").write_text(
        'revision = "0001"\ndown_revision = None\n\n'
        "def upgrade():\n    import sqlalchemy as sa\n    from alembic import op\n"
        '    op.create_table("marks", sa.Column("id", sa.Integer, primary_key=True))\n'
    )
    return tmp_path
