"""PostgreSQL to test on: one that was named, one in a container, or a private instance of this machine's programs."""

from __future__ import annotations

import secrets
import signal
from typing import Any

import psycopg2
import sqlalchemy as sa

from tests.support.ports import free_port, wait_until
from tests.support.programs import Account, NotThere, end, program


class Postgres:
    """A server, with databases to make and to drop. `url` names its administrator and database."""

    can_stop = False

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url).set(drivername="postgresql")
        self.url = self.url_of(self._url.database or "postgres")
        wait_until(self._answers, seconds=30, what="PostgreSQL answers")

    def url_of(self, database: str) -> str:
        """Give the URL of one of its databases."""
        return self._url.set(database=database).render_as_string(hide_password=False)

    def create(self, database: str, *, template: str | None = None) -> str:
        """Make a database, as a copy of another one if named; give its URL."""
        self.execute(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))
        return self.url_of(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def execute(self, statement: str, *, database: str | None = None) -> list[Any]:
        """Run a statement as the administrator, outside of a transaction; give its rows, if it has any."""
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def connect(self, database: str | None = None) -> psycopg2.extensions.connection:
        """Connect as the administrator, outside of transactions, to a database or to the first one."""
        connection = psycopg2.connect(self.url_of(database) if database else self.url, connect_timeout=5)
        connection.autocommit = True
        return connection

    @property
    def pids(self) -> list[int]:
        """The processes whose CPU is this server's, where it runs on this machine; none where that is not known."""
        return []

    def start(self) -> None:
        """Start it again, at the same port."""
        raise NotImplementedError("this server was not started by the tests")

    def kill(self) -> None:
        """Stop it as a crash would: no checkpoint, no goodbye."""
        raise NotImplementedError("this server was not started by the tests")

    def close(self) -> None:
        """Stop it, if it was started for the tests."""

    def _answers(self) -> bool:
        psycopg2.connect(self.url, connect_timeout=5).close()
        return True


class PostgresPrograms(Postgres):
    """A private instance of the programs on this machine."""

    can_stop = True

    def __init__(self) -> None:
        self._account = Account("postgres")
        initdb = program("initdb", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
        self._server = initdb.with_name("postgres")
        self._folder = self._account.folder("crm-pg-")
        self._port = free_port()
        password, file = secrets.token_hex(16), self._folder / "password"
        file.write_text(password)
        self._account.give(file)
        self._data = self._folder / "data"
        options = [
            "-U",
            "crm",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "scram-sha-256",
            "--no-sync",
            f"--pwfile={file}",
        ]
        self._account.run([initdb, "-D", self._data, *options])
        self._launch()
        super().__init__(f"postgresql://crm:{password}@127.0.0.1:{self._port}/postgres")

    @property
    def pids(self) -> list[int]:
        """The first process of the server; its children serve connections."""
        return [self._process.pid]

    def _launch(self) -> None:
        # a crash of the program loses nothing without fsync; only one of the machine would
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self._port,
            "unix_socket_directories": self._folder,
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": 300,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        self._process = self._account.start([self._server, "-D", self._data, *options], {}, self._folder / "log")

    def start(self) -> None:
        """Start it again, at the same port."""
        self._launch()
        wait_until(self._answers, seconds=30, what="PostgreSQL answers again")

    def kill(self) -> None:
        """Stop it as a crash would: no checkpoint, no goodbye."""
        self._process.send_signal(signal.SIGQUIT)  # SIGKILL would leave its children and their memory behind
        self._process.wait(15)

    def close(self) -> None:
        """Stop it."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        end(self._process, signal.SIGINT)


class PostgresContainer(Postgres):
    """A container of the Docker engine."""

    can_stop = True

    def __init__(self) -> None:
        from testcontainers.core.container import DockerContainer

        port, password = free_port(), secrets.token_hex(16)
        container = DockerContainer("postgres:17").with_bind_ports(5432, port).with_env("POSTGRES_PASSWORD", password)
        container.with_command(["postgres", "-c", "fsync=off", "-c", "max_connections=300"])
        try:
            container.start()
        except Exception as error:
            raise NotThere(f"postgres:17 does not start: {error}") from error
        self._container = container
        super().__init__(f"postgresql://postgres:{password}@{container.get_container_host_ip()}:{port}/postgres")

    def start(self) -> None:
        """Start it again, at the same port."""
        self._container.get_wrapped_container().start()
        wait_until(self._answers, seconds=30, what="PostgreSQL answers again")

    def kill(self) -> None:
        """Stop it as a crash would."""
        self._container.get_wrapped_container().kill()

    def close(self) -> None:
        """Stop and remove it."""
        self._container.stop()
