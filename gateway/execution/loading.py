"""Loading by batch: what the resolvers of one level ask for goes out as one request for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from chassis.wire import Json, encode
from gateway.execution.deferred import Deferred
from gateway.services import Pending, Services

_LARGEST_BATCH = 1000


class Batches:
    """The loaders of one request that have something to send."""

    def __init__(self) -> None:
        self._waiting: list[Loader] = []

    def enlist(self, loader: Loader) -> None:
        """Remember a loader for the next dispatch."""
        self._waiting.append(loader)

    def dispatch(self) -> None:
        """Send everything that was asked for since the last dispatch, without waiting for any of it."""
        waiting, self._waiting = self._waiting, []
        for loader in waiting:
            loader.send()


class Loader:
    """Loads values by key, many in one request; each key is asked for once.

    `payload` makes the request of a list of keys, `values` takes the values, aligned with the keys, out of its answer.
    """

    def __init__(
        self,
        services: Services,
        batches: Batches,
        target: tuple[str, str],
        payload: Callable[[list[Any]], Any],
        values: Callable[[Any], list[Any]],
    ) -> None:
        self._services = services
        self._batches = batches
        self._service, self._method = target
        self._payload = payload
        self._values = values
        self._asked: dict[Hashable, Deferred] = {}
        self._queue: list[_Loaded] = []

    def load(self, key: Any) -> Deferred | None:
        """Give the value of a key, when its level is complete; None for no key."""
        if key is None:
            return None
        known = self._asked.get(key)
        if known is not None:
            return known
        if not self._queue:
            self._batches.enlist(self)
        value = self._asked[key] = _Loaded(key)
        self._queue.append(value)
        return value

    def load_many(self, keys: Iterable[Any]) -> Deferred:
        """Give the values of several keys, as a list in their order."""
        return _All([self.load(key) for key in keys])

    def send(self) -> None:
        """Send the keys that were asked for."""
        queue, self._queue = self._queue, []
        for start in range(0, len(queue), _LARGEST_BATCH):
            asked = queue[start : start + _LARGEST_BATCH]
            keys = [value.key for value in asked]
            batch = _Batch(self._request(keys), keys, self._values)
            for value in asked:
                value.batch = batch

    def _request(self, keys: list[Any]) -> Pending:
        try:
            return self._services.send(self._service, self._method, self._payload(keys))
        except Exception as error:  # an error of these values, not of the whole request
            return _Failed(error)

    def clear(self) -> None:
        """Forget what was loaded: a command may have changed it."""
        self._asked.clear()


class RequestLoaders:
    """Where the loaders of one request live; each domain adds its own as cached properties."""

    def __init__(self, services: Services, batches: Batches) -> None:
        self.services = services
        self.batches = batches
        self._paged: dict[bytes, Loader] = {}

    def by_ids(self, service: str, method: str, **arguments: Json) -> Loader:
        """Make a loader of things by their ids; `arguments` go with each request."""
        return Loader(
            self.services,
            self.batches,
            (service, method),
            lambda ids: {"ids": ids, **arguments},
            lambda answer: list(answer["nodes"]),
        )

    def of_things(self, service: str, method: str, keys: str, values: str) -> Loader:
        """Make a loader of what belongs to each of many things: `keys` and `values` name them in request and answer."""
        return Loader(
            self.services, self.batches, (service, method), lambda ids: {keys: ids}, lambda answer: list(answer[values])
        )

    def pages_of(self, service: str, method: str, keys: str, arguments: Json, values: str = "pages") -> Loader:
        """Give the loader of the pages that belong to each of many things, with these arguments for all.

        What belongs to each of them need not be a page: `values` names it in the answer.
        """
        name = encode([service, method, arguments])
        loader = self._paged.get(name)
        if loader is None:
            loader = self._paged[name] = Loader(
                self.services,
                self.batches,
                (service, method),
                lambda ids: {keys: ids, **arguments},
                lambda answer: list(answer[values]),
            )
        return loader

    def clear(self) -> None:
        """Forget what was loaded: a command may have changed it."""
        for loader in [*vars(self).values(), *self._paged.values()]:
            if isinstance(loader, Loader):
                loader.clear()


class _Failed:
    __slots__ = ("_error",)

    def __init__(self, error: Exception) -> None:
        self._error = error

    def result(self) -> Any:
        raise self._error


class _Batch:
    __slots__ = ("_error", "_keys", "_pending", "_values", "found")

    def __init__(self, pending: Pending, keys: list[Any], values: Callable[[Any], list[Any]]) -> None:
        self._pending = pending
        self._keys = keys
        self._values = values
        self._error: Exception | None = None
        self.found: dict[Any, Any] | None = None

    def value(self, key: Any) -> Any:
        if self.found is None:
            self._settle()
        if self._error is not None:
            raise self._error
        return self.found[key]  # type: ignore[index]

    def _settle(self) -> None:
        self.found = {}
        try:
            self.found = dict(zip(self._keys, self._values(self._pending.result()), strict=True))
        except Exception as error:
            self._error = error


class _Loaded(Deferred):
    __slots__ = ("batch", "key")

    def __init__(self, key: Any) -> None:
        self.key = key
        self.batch: _Batch | None = None

    def result(self) -> Any:
        if self.batch is None:
            raise RuntimeError("a loader's value was asked for before its batch was sent")
        return self.batch.value(self.key)


class _All(Deferred):
    __slots__ = ("_parts",)

    def __init__(self, parts: list[Deferred | None]) -> None:
        self._parts = parts

    def result(self) -> list[Any]:
        return [None if part is None else part.result() for part in self._parts]
