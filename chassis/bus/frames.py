"""The connection to RabbitMQ as py-amqp makes it, with fewer calls of the system: reading takes all that has come, and what is written together leaves together.

py-amqp reads each frame in three calls, and an event comes in three frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EAGAIN, EINTR
from struct import Struct
from threading import Lock
from typing import Any

from amqp.exceptions import UnexpectedFrame
from amqp.transport import TCPTransport
from kombu.transport import pyamqp

_AT_ONCE = 65_536  # bytes
_HEAD = Struct(">BHI")  # of a frame: its type, its channel, how long it is; behind it stands an octet that ends it
_END = 0xCE


class FramesTransport(TCPTransport):  # type: ignore[misc]
    """A socket to the broker that is read as far as it can be, and can gather what is written."""

    def _setup_transport(self) -> None:
        super()._setup_transport()
        self._came = bytearray()
        self._taken = 0
        self._gathered: list[bytes] | None = None
        self._writing = Lock()

    def read_frame(self, unpack: Any = None) -> tuple[int, int, bytes]:
        """Give the type, the channel and the payload of the next frame; raise TimeoutError, and lose nothing, where none came in time."""
        while True:
            start = self._taken + _HEAD.size
            if len(self._came) > start:
                kind, channel, size = _HEAD.unpack_from(self._came, self._taken)
                end = start + size
                if len(self._came) > end:
                    if self._came[end] != _END:
                        raise UnexpectedFrame(f"a frame ended with {self._came[end]:#04x}")
                    payload = bytes(self._came[start:end])
                    self._taken = end + 1
                    return kind, channel, payload
            self._read_more()

    def _read_more(self) -> None:
        try:
            more = self.sock.recv(_AT_ONCE)
            if not more:
                raise OSError("the broker closed the connection")
        except TimeoutError:
            raise
        except OSError as error:
            if error.errno in (EAGAIN, EINTR):
                raise TimeoutError from error
            self.connected = False
            raise
        del self._came[: self._taken]
        self._taken = 0
        self._came += more

    def write(self, s: Any) -> None:
        """Write, or gather what is to be written."""
        if self._gathered is not None:
            self._gathered.append(bytes(s))  # what is given here is a view of a buffer that is used again
        else:
            with self._writing:
                super().write(s)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Write all that is written within the block at its end; nothing within may wait."""
        self._gathered = []
        try:
            yield
        finally:
            gathered, self._gathered = self._gathered, None
            with self._writing:
                for start in range(0, len(gathered), 50):
                    super().write(b"".join(gathered[start : start + 50]))


class _Connection(pyamqp.Connection):  # type: ignore[misc]
    def Transport(self, host: str, connect_timeout: Any, ssl: Any = False, *args: Any, **kwargs: Any) -> Any:  # noqa: N802
        """Make the socket; one with TLS is read as py-amqp does."""
        if ssl:
            return super().Transport(host, connect_timeout, ssl, *args, **kwargs)
        read_timeout, write_timeout = args or (None, None)
        return FramesTransport(host, connect_timeout, read_timeout=read_timeout, write_timeout=write_timeout, **kwargs)


class RabbitTransport(pyamqp.Transport):  # type: ignore[misc]
    """kombu's transport to RabbitMQ, on such sockets."""

    Connection = _Connection


@contextmanager
def gathering(channel: Any) -> Iterator[None]:
    """Let what is published on a channel within the block leave together, where its socket can; nothing within may wait."""
    transport = getattr(channel.connection, "transport", None)
    if isinstance(transport, FramesTransport):
        with transport.gathering():
            yield
    else:
        yield
