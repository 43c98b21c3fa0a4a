"""The RPC client as a nameko dependency."""

from __future__ import annotations

from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.bus.rpc import RpcClient
from chassis.bus.threads import Threads
from chassis.settings import Settings


class Calls(DependencyProvider):  # type: ignore[misc]
    """Gives each worker the process' RpcClient; waits for no broker at start."""

    def setup(self) -> None:
        """Make the client; nothing is connected yet."""
        settings: Settings = config["settings"]
        self.client = RpcClient(settings.amqp_url, self.container.service_name)
        self._threads = Threads(self.container)

    def start(self) -> None:
        """Connect, now or when the broker comes."""
        self._threads.spawn("rpc client link", self.client.link.run)

    def stop(self) -> None:
        """Close the connection; what is still waited for ends as Unavailable."""
        self.client.link.stop()
        self._threads.join()

    def get_dependency(self, worker_ctx: Any) -> RpcClient:
        """Give the client."""
        return self.client
