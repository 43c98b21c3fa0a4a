"""What a guard may be given: each parameter says what it takes, and reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Value = int | str | tuple[str, ...]
"""A parameter's value: a whole number, or keys; text only where a draft holds what cannot be read."""


class Parameter(Protocol):
    """A parameter that a guard declares."""

    @property
    def name(self) -> str:
        """The name under which a stage gives it."""
        ...

    @property
    def kind(self) -> str:
        """What sort of value it is, for programs."""
        ...

    @property
    def description(self) -> str:
        """What it says, as a sentence for people."""
        ...

    @property
    def takes(self) -> str:
        """Which values it takes, for people."""
        ...

    def read(self, given: Value) -> Value:
        """Read a value, also from text; raise ValueError if it is none."""
        ...


@dataclass(frozen=True, kw_only=True)
class WholeNumber:
    """A whole number within bounds, both included."""

    name: str
    description: str
    smallest: int
    largest: int
    kind: str = "WHOLE_NUMBER"

    @property
    def takes(self) -> str:
        """Which values it takes, for people."""
        return f"a whole number from {self.smallest} to {self.largest}"

    def read(self, given: Value) -> int:
        """Read a number, also from text; raise ValueError if it is none, or out of bounds."""
        # the digits of 10,000 figures would take their time
        if isinstance(given, (bool, tuple)) or len(str(given)) > 20:
            raise ValueError("no whole number")
        number = int(given)
        if not self.smallest <= number <= self.largest:
            raise ValueError("out of bounds")
        return number


@dataclass(frozen=True, kw_only=True)
class Keys:
    """One or more of some keys; as text, with commas between them."""

    name: str
    description: str
    choices: tuple[str, ...]
    kind: str = "KEYS"

    @property
    def takes(self) -> str:
        """Which values it takes, for people."""
        return f"one or more of {', '.join(self.choices)}"

    def read(self, given: Value) -> tuple[str, ...]:
        """Read keys in the order of the choices, each once; raise ValueError if there is none, or an unknown one."""
        if isinstance(given, int):
            raise ValueError("no keys")
        keys = [key.strip() for key in given.split(",")] if isinstance(given, str) else list(given)
        if not keys or not set(keys) <= set(self.choices):
            raise ValueError("unknown keys")
        return tuple(choice for choice in self.choices if choice in keys)


def as_text(value: Value) -> str:
    """Write a value as text, as `read` takes it."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)
