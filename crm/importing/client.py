"""The client of the public API: one request at a time, tried again for as long as it makes sense."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_delay,
    stop_any,
    stop_when_event_set,
    wait_random_exponential,
)

from chassis.errors import CrmError, Forbidden, NotAuthenticated, Problem, Refused, Unavailable
from chassis.wire import Json

_TOO_MUCH = {413: "BODY_TOO_LARGE", 422: "BAD_USER_INPUT"}


class SystemFaultError(CrmError):
    """The system failed on this very request; the same one is not likely to do better."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How many seconds to go on trying while the system is away, at growing distances up to the longest."""

    seconds: float = 300.0
    first: float = 0.5
    longest: float = 10.0


class ApiClient:
    """Asks the gateway at a URL.

    `token` is called for each request; `waiting` is told why one is tried again, and in how many seconds.
    """

    def __init__(
        self,
        url: str,
        token: Callable[[], str],
        *,
        patience: Patience = Patience(),
        timeout: float = 60.0,
        waiting: Callable[[str, float], None] | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._patience = patience
        self._waiting = waiting
        self._closed = threading.Event()
        self._http = httpx.Client(timeout=httpx.Timeout(timeout, connect=10.0), trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._http.close()

    def ask(self, document: str, variables: Json = None, *, patient: bool = True) -> Json:
        """Send a GraphQL document and give its data.

        Raise Refused for what the caller may put right, NotAuthenticated and Forbidden for the token, Unavailable when
        it did not answer for the whole time (at once if not patient), SystemFaultError if it failed on this request.
        """
        if not patient:
            return self._once(document, variables)
        return self._retrying(document, variables)

    def _retrying(self, document: str, variables: Json) -> Json:
        retrying = Retrying(
            retry=retry_if_exception_type(Unavailable),
            wait=wait_random_exponential(self._patience.first, self._patience.longest, min=self._patience.first / 2),
            stop=stop_any(stop_after_delay(self._patience.seconds), stop_when_event_set(self._closed)),
            sleep=sleep_using_event(self._closed),
            before_sleep=self._tell,
            reraise=True,
        )
        return retrying(self._once, document, variables)

    def _tell(self, state: RetryCallState) -> None:
        reason = state.outcome.exception() if state.outcome is not None else None
        if self._waiting is not None:
            self._waiting(str(reason), state.upcoming_sleep)

    def download(self, path: str, parameters: Sequence[tuple[str, str]]) -> Iterator[bytes]:
        """Give what is at a path, as it comes; raise as `ask` does, and Unavailable where it breaks off."""
        with self._faults():
            headers = {"Authorization": f"Bearer {self._token()}"}
            with self._http.stream("GET", f"{self.url}{path}", params=list(parameters), headers=headers) as response:
                if not response.is_success:
                    response.read()
                    self._read(response)
                yield from response.iter_bytes()

    def _once(self, document: str, variables: Json) -> Json:
        with self._faults():
            response = self._http.post(
                f"{self.url}/graphql",
                json={"query": document, "variables": variables or {}},
                headers={"Authorization": f"Bearer {self._token()}", "Accept": "application/graphql-response+json"},
            )
        return self._read(response)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Raise what goes wrong on the way as our own errors."""
        try:
            yield
        except httpx.ConnectError as error:
            raise Unavailable(f"{self.url} cannot be reached ({error})") from error
        except httpx.TimeoutException as error:
            raise Unavailable(f"{self.url} did not answer in time") from error
        except httpx.TransportError as error:
            raise Unavailable(f"{self.url} broke off the connection ({error})") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise CrmError(f"{self.url!r} is not a URL of the API: {error}") from error

    def _read(self, response: httpx.Response) -> Json:
        if response.status_code >= 500 or response.status_code == 429:
            first = _first_error(response)
            if (first.get("extensions") or {}).get("code") == "INTERNAL":
                raise _as_error(first)
            raise Unavailable(f"{self.url} answered HTTP {response.status_code}: {first.get('message', 'no more')}")
        if response.status_code in _TOO_MUCH:
            raise Refused(Problem(code=_TOO_MUCH[response.status_code], message=f"HTTP {response.status_code}"))
        try:
            answer = response.json()
            errors = answer.get("errors") or []
        except (ValueError, AttributeError) as error:
            raise CrmError(
                f"{self.url} does not answer as the API of this system does (HTTP {response.status_code})"
            ) from error
        if errors:
            raise _as_error(errors[0])
        if response.status_code >= 400 or answer.get("data") is None:
            raise CrmError(f"{self.url} answered HTTP {response.status_code} without data")
        return answer["data"]


def _first_error(response: httpx.Response) -> Json:
    try:
        return dict(response.json()["errors"][0])
    except (ValueError, LookupError, TypeError):  # the answer of something between us and the gateway
        return {}


def _as_error(error: Json) -> CrmError:
    message = str(error.get("message", "no reason given"))
    code = str((error.get("extensions") or {}).get("code", "BAD_USER_INPUT"))
    match code:
        case "SERVICE_UNAVAILABLE" | "DEADLINE_EXCEEDED" | "RATE_LIMITED":
            return Unavailable(message)
        case "UNAUTHENTICATED":
            return NotAuthenticated(message)
        case "FORBIDDEN":
            return Forbidden(message)
        case "INTERNAL" | "INTERNAL_SERVER_ERROR":
            return SystemFaultError(message)
        case _:
            return Refused(Problem(code=code, message=message))
