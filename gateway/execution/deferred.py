"""Values that come later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Deferred:
    """A value that a resolver gives before it is there; the executor asks for it when its level is complete."""

    __slots__ = ()

    def result(self) -> Any:
        """Wait for the value; raise what went wrong. The value may be another Deferred, of the next level."""
        raise NotImplementedError

    def then(self, continuation: Callable[[Any], Any]) -> Deferred:
        """Give what a function makes of the value; the function may give another Deferred."""
        return _Then(self, continuation)


class _Then(Deferred):
    __slots__ = ("_continuation", "_source")

    def __init__(self, source: Deferred, continuation: Callable[[Any], Any]) -> None:
        self._source = source
        self._continuation = continuation

    def result(self) -> Any:
        value = self._source.result()
        if isinstance(value, Deferred):
            return value.then(self._continuation)
        return self._continuation(value)
