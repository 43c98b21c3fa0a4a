"""What the services will never answer otherwise: asked once, and remembered for as long as the process runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chassis.actor import Actor
from chassis.wire import Json
from gateway.services import Pending, Services

_MOST = 100_000
_PRESENCE = ("partner_ids", "manager_ids")


class Memory:
    """The versions of processes, which never change, and the partners and managers, none of whom is ever taken away."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._processes: dict[str, Json] = {}
        self._there: dict[str, None] = {}

    def processes(self, ids: Iterable[str]) -> list[Json] | None:
        """Give versions of processes by their ids, if all are known."""
        found = [self._processes.get(id) for id in ids]
        return None if None in found else found

    def learn_processes(self, nodes: Iterable[Json]) -> None:
        """Remember versions of processes; None stands for one that is not there, which may come yet."""
        for node in nodes:
            if node is not None:
                self._keep(self._processes, node["id"], node)

    def all_there(self, ids: Iterable[str]) -> bool:
        """Tell whether these partners and managers are known to be there."""
        return all(id in self._there for id in ids)

    def learn_there(self, ids: Iterable[str], found: Iterable[Json]) -> None:
        """Remember those partners and managers that were found."""
        for id, one in zip(ids, found, strict=True):
            if one is not None:
                self._keep(self._there, id, None)

    def _keep(self, held: dict[str, Any], id: str, value: Any) -> None:
        if len(held) >= self._most and id not in held:
            del held[next(iter(held))]
        held[id] = value


class Remembering:
    """The services as one actor asks them, spared the questions whose answer is known.

    Who does not see all partners is always answered by contacts, which knows whose they are at this moment.
    """

    def __init__(self, services: Services, memory: Memory, actor: Actor) -> None:
        self._services = services
        self._memory = memory
        self._reads = "read" in actor.scopes
        self._sees_all = self._reads and actor.reach == "all"

    def send(self, service: str, method: str, payload: Json, idempotency_key: str | None = None) -> Pending:
        """Ask without waiting."""
        if method == "processes_by_ids" and self._reads:
            return self._processes(service, method, payload)
        # a question about references of other systems wants ids, of a merged partner that of the survivor
        if method == "locate" and self._sees_all and tuple(payload) == _PRESENCE:
            return self._presence(service, method, payload)
        return self._services.send(service, method, payload, idempotency_key)

    def _processes(self, service: str, method: str, payload: Json) -> Pending:
        known = self._memory.processes(payload["ids"])
        if known is not None:
            return _Known({"nodes": known})
        pending = self._services.send(service, method, payload)
        return _Learning(pending, lambda answer: self._memory.learn_processes(answer["nodes"]))

    def _presence(self, service: str, method: str, payload: Json) -> Pending:
        partners, managers = (payload[name] for name in _PRESENCE)
        if self._memory.all_there([*partners, *managers]):
            return _Known({"partners": partners, "managers": managers})

        def learn(answer: Json) -> None:
            self._memory.learn_there(partners, answer["partners"])
            self._memory.learn_there(managers, answer["managers"])

        return _Learning(self._services.send(service, method, payload), learn)


class _Known:
    __slots__ = ("_answer",)

    def __init__(self, answer: Json) -> None:
        self._answer = answer

    def result(self) -> Json:
        return self._answer


class _Learning:
    __slots__ = ("_learn", "_pending")

    def __init__(self, pending: Pending, learn: Callable[[Json], None]) -> None:
        self._pending = pending
        self._learn = learn

    def result(self) -> Json:
        answer = self._pending.result()
        self._learn(answer)
        return answer
