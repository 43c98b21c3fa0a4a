"""RabbitMQ to test on: one that was named, one in a container, or a private instance of this machine's programs."""

from __future__ import annotations

import secrets
import shutil
import signal
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx
import pytest
from kombu import Connection

from tests.support.ports import free_port, wait_until
from tests.support.programs import Account, NotThere, end, program


class Rabbit:
    """A broker, with virtual hosts to make and to drop. `url` is that of its default one, which tests leave alone."""

    can_stop = False

    def __init__(self, url: str, api: str | None) -> None:
        self.url = url
        parts = urlsplit(url)
        self._http = (
            httpx.Client(
                base_url=api, auth=(unquote(parts.username or "guest"), unquote(parts.password or "guest")), timeout=30
            )
            if api
            else None
        )
        wait_until(self._answers, seconds=60, what="RabbitMQ answers")

    def new_vhost(self) -> str:
        """Make a virtual host of its own; give its URL. Where the broker has no management, give the URL we were named."""
        if self._http is None:
            return self.url
        name = f"crm-test-{secrets.token_hex(6)}"
        self.manage("PUT", f"/vhosts/{name}")
        parts = urlsplit(self.url)
        user = quote(unquote(parts.username or "guest"), safe="")
        self.manage("PUT", f"/permissions/{name}/{user}", {"configure": ".*", "write": ".*", "read": ".*"})
        return parts._replace(path=f"/{name}").geturl()

    def drop_vhost(self, url: str) -> None:
        """Drop a virtual host that `new_vhost` made, with all connections to it."""
        if url != self.url:
            self.manage("DELETE", f"/vhosts/{urlsplit(url).path[1:]}")

    def manage(self, method: str, path: str, body: object = None) -> Any:
        """Call the broker's management API; give its answer."""
        if self._http is None:
            raise NotImplementedError("this broker has no management API")
        answer = self._http.request(method, f"/api{path}", json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    @property
    def pids(self) -> list[int]:
        """The processes whose CPU is this broker's, where it runs on this machine; none where that is not known."""
        return []

    def start(self) -> None:
        """Start it again, at the same port."""
        raise NotImplementedError("this broker was not started by the tests")

    def kill(self) -> None:
        """Stop it as a crash would."""
        raise NotImplementedError("this broker was not started by the tests")

    def starve(self) -> None:
        """Give it a memory alarm: it stops reading from whoever publishes."""
        pytest.skip("only a broker started from this machine's programs can be starved")

    def feed(self) -> None:
        """Take the memory alarm away."""
        raise NotImplementedError("this broker was not started by the tests")

    def close(self) -> None:
        """Stop it, if it was started for the tests."""
        if self._http is not None:
            self._http.close()

    def _answers(self) -> bool:
        with Connection(self.url, connect_timeout=5) as connection:
            connection.connect()
        if self._http is not None:
            self.manage("GET", "/overview")
        return True


def named_rabbit(url: str) -> Rabbit:
    """Give the broker at a URL; its management API is used where one answers at the usual port."""
    api = f"http://{urlsplit(url).hostname}:15672"
    parts = urlsplit(url)
    try:
        login = (unquote(parts.username or "guest"), unquote(parts.password or "guest"))
        allowed = httpx.get(f"{api}/api/vhosts", auth=login, timeout=3).is_success
    except httpx.HTTPError:
        allowed = False
    return Rabbit(url, api if allowed else None)


class RabbitPrograms(Rabbit):
    """A private instance of the programs on this machine."""

    can_stop = True

    def __init__(self) -> None:
        # Debian's /usr/sbin/rabbitmq-server changes the user and the log folder; the one behind it does as it is told
        self._server = program(
            "rabbitmq-server", "/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin"
        )
        self._account = Account("rabbitmq")
        self._folder = self._account.folder("crm-mq-")
        self._ports = {name: free_port() for name in ("amqp", "epmd", "dist", "http")}
        self._node = f"crm{self._ports['amqp']}@localhost"
        self._write_configuration()
        self._start_epmd()
        self._launch()
        super().__init__(
            f"amqp://crm:{self._password}@127.0.0.1:{self._ports['amqp']}/", f"http://127.0.0.1:{self._ports['http']}"
        )

    def _write_configuration(self) -> None:
        self._password = secrets.token_hex(16)
        files = {
            "enabled_plugins": "[rabbitmq_management].\n",
            "env": "",
            "rabbitmq.conf": f"""\
listeners.tcp.1 = 127.0.0.1:{self._ports["amqp"]}
management.tcp.ip = 127.0.0.1
management.tcp.port = {self._ports["http"]}
default_user = crm
default_pass = {self._password}
disk_free_limit.absolute = 50MB
""",
        }
        for name, text in files.items():
            (self._folder / name).write_text(text)
            self._account.give(self._folder / name)

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "HOME": folder,
            "RABBITMQ_NODENAME": self._node,
            "RABBITMQ_NODE_PORT": str(self._ports["amqp"]),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self._ports["dist"]),
            "ERL_EPMD_PORT": str(self._ports["epmd"]),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/env",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{folder}/advanced",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        }

    def _start_epmd(self) -> None:
        # started by the broker it would be a daemon that outlives everything
        epmd = shutil.which("epmd")
        if epmd is None:
            raise NotThere("there is no program epmd")
        self._epmd = self._account.start(
            [epmd, "-relaxed_command_check"], self._environment(), self._folder / "epmd.log"
        )

    @property
    def pids(self) -> list[int]:
        """The process of the broker."""
        return [self._process.pid]

    def _launch(self) -> None:
        self._process = self._account.start([self._server], self._environment(), self._folder / "output")

    def start(self) -> None:
        """Start it again, at the same port, with what it had on disk."""
        self._launch()
        wait_until(self._answers, seconds=60, what="RabbitMQ answers again")

    def starve(self) -> None:
        """Give it a memory alarm: it stops reading from whoever publishes."""
        self._control("set_vm_memory_high_watermark", "absolute", "1MB")

    def feed(self) -> None:
        """Take the memory alarm away."""
        self._control("set_vm_memory_high_watermark", "0.4")

    def _control(self, *arguments: str) -> None:
        control = program("rabbitmqctl", "/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin")
        self._account.run([control, "-n", self._node, *arguments], self._environment())

    def kill(self) -> None:
        """Stop it as a crash would."""
        end(self._process, signal.SIGKILL)
        wait_until(self._port_is_free, seconds=15, what="RabbitMQ is gone")

    def _port_is_free(self) -> bool:
        with Connection(self.url, connect_timeout=2) as connection:
            try:
                connection.connect()
            except OSError:
                return True
        return False

    def close(self) -> None:
        """Stop it; what it had is not needed any more."""
        super().close()
        end(self._process, signal.SIGKILL)
        end(self._epmd, signal.SIGTERM)


class RabbitContainer(Rabbit):
    """A container of the Docker engine."""

    can_stop = True

    def __init__(self) -> None:
        from testcontainers.core.container import DockerContainer

        amqp, http, password = free_port(), free_port(), secrets.token_hex(16)
        container = DockerContainer("rabbitmq:4-management").with_bind_ports(5672, amqp).with_bind_ports(15672, http)
        container.with_env("RABBITMQ_DEFAULT_USER", "crm").with_env("RABBITMQ_DEFAULT_PASS", password)
        container.with_kwargs(hostname="crm-test")  # its data lies under its host name
        try:
            container.start()
        except Exception as error:
            raise NotThere(f"rabbitmq:4-management does not start: {error}") from error
        self._container = container
        host = container.get_container_host_ip()
        super().__init__(f"amqp://crm:{password}@{host}:{amqp}/", f"http://{host}:{http}")

    def start(self) -> None:
        """Start it again, at the same port, with what it had on disk."""
        self._container.get_wrapped_container().start()
        wait_until(self._answers, seconds=60, what="RabbitMQ answers again")

    def kill(self) -> None:
        """Stop it as a crash would."""
        self._container.get_wrapped_container().kill()

    def close(self) -> None:
        """Stop and remove it."""
        super().close()
        self._container.stop()
