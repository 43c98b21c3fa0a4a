"""Sending rows in batches: a few in flight, each with a key of its own, and a bad row never costs its neighbours."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from chassis.errors import CrmError, Refused
from chassis.wire import Json
from crm.importing.client import ApiClient, SystemFaultError
from crm.importing.mapping import Input
from crm.importing.profile import Kind
from crm.importing.reading import Row

LARGEST_BATCH = 500
_LARGEST_BODY = 400_000  # bytes of rows in a request; the gateway's limit is 1 MiB or more
_FAULTS_ENDURED = 20  # rows in succession that the system may fail on before it is the system that is at fault
_TRIES_OF_A_ROW = 4  # a fault may pass, such as that of a service in its last moments
_RACED = "CONFLICT"  # another request had the row at this moment

_MUTATIONS = {
    Kind.MANAGERS: "importManagers",
    Kind.PARTNERS: "importPartners",
    Kind.PERSONS: "importPersons",
    Kind.INTERACTIONS: "importInteractions",
    Kind.DEALS: "importDeals",
}
_DOCUMENT = """mutation Import($input: {type}!) {{
  answer: {mutation}(input: $input) {{
    results {{ status errors {{ field message code }} }}
    errors {{ field message code }}
  }}
}}"""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A row that is ready to be sent."""

    row: Row
    external_id: str
    input: Input


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What the system had against a row: the path of the field, if it named one, and why."""

    code: str
    reason: str
    field: list[str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What became of a row: CREATED, UPDATED, UNCHANGED, or REFUSED with the faults."""

    prepared: Prepared
    status: str
    faults: tuple[Fault, ...] = ()


class Sender:
    """Sends the rows of one kind. `run` sets this import's idempotency keys apart from those of another one.

    Within a run a batch keeps its key over all tries, so that one whose answer was lost is not done twice. `pause` is
    the time in seconds before a row that the system failed on is tried again; it grows.
    """

    def __init__(
        self,
        client: ApiClient,
        kind: Kind,
        *,
        run: str,
        batch: int = LARGEST_BATCH,
        in_flight: int = 1,
        pause: float = 0.5,
    ) -> None:
        mutation = _MUTATIONS[kind]
        self._client = client
        self._document = _DOCUMENT.format(mutation=mutation, type=mutation[0].upper() + mutation[1:] + "Input")
        self._run = run
        self._batch = batch
        self._in_flight = in_flight
        self._pause = pause
        self._faults = 0

    def send(self, rows: Iterable[Prepared]) -> Iterator[Sequence[Sent]]:
        """Send rows as they come and give what became of them, batch by batch, in their order."""
        pool = ThreadPoolExecutor(self._in_flight, thread_name_prefix="import")
        pending: deque[Future[list[Sent]]] = deque()
        try:
            for batch in _batches(rows, self._batch):
                while len(pending) >= self._in_flight:
                    yield pending.popleft().result()
                pending.append(pool.submit(self._send, batch))
            while pending:
                yield pending.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _send(self, batch: Sequence[Prepared]) -> list[Sent]:
        """Send a batch; rows that another request had in hand at this moment are sent once more."""
        done = self._send_halving(batch)
        raced = [i for i, sent in enumerate(done) if any(fault.code == _RACED for fault in sent.faults)]
        for i in raced:
            done[i] = self._send_alone(batch[i], attempt="-again")
        return done

    def _send_halving(self, batch: Sequence[Prepared]) -> list[Sent]:
        """Send a batch; one that fails as a whole is halved until the row is found that it is due to."""
        if len(batch) == 1:
            return [self._send_alone(batch[0])]
        try:
            done = self._ask(batch)
        except (Refused, SystemFaultError):
            middle = len(batch) // 2
            return self._send_halving(batch[:middle]) + self._send_halving(batch[middle:])
        self._faults = 0
        return done

    def _send_alone(self, prepared: Prepared, attempt: str = "") -> Sent:
        retrying = Retrying(
            retry=retry_if_exception_type(SystemFaultError),
            wait=wait_exponential(self._pause),
            stop=stop_after_attempt(_TRIES_OF_A_ROW),
            reraise=True,
        )
        try:
            (sent,) = retrying(self._ask, [prepared], attempt)
        except (Refused, SystemFaultError) as error:
            self._faults += 1
            if self._faults > _FAULTS_ENDURED:
                raise CrmError(f"the system fails on one row after another, the last time with: {error}") from error
            return Sent(
                prepared=prepared, status="REFUSED", faults=(Fault(code=error.code, reason=str(error), field=[]),)
            )
        self._faults = 0
        return sent

    def _ask(self, batch: Sequence[Prepared], attempt: str = "") -> list[Sent]:
        rows = [prepared.input for prepared in batch]
        key = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:32]
        variables = {"input": {"rows": rows, "idempotencyKey": f"{self._run}-{key}{attempt}"}}
        answer = self._client.ask(self._document, variables)["answer"]
        if answer["errors"]:
            raise SystemFaultError("; ".join(error["message"] for error in answer["errors"]))
        results: list[Json] = answer["results"]
        if len(results) != len(batch):
            raise CrmError(f"the system answered {len(results)} results to {len(batch)} rows")
        return [_sent(prepared, result) for prepared, result in zip(batch, results, strict=True)]


def _sent(prepared: Prepared, result: Json) -> Sent:
    faults = tuple(
        Fault(code=str(error["code"]), reason=str(error["message"]), field=error["field"] or [])
        for error in result["errors"] or ()
    )
    return Sent(prepared=prepared, status=str(result["status"]), faults=faults)


def _batches(rows: Iterable[Prepared], largest: int) -> Iterator[list[Prepared]]:
    batch: list[Prepared] = []
    size = 0
    for prepared in rows:
        length = len(json.dumps(prepared.input))
        if batch and (len(batch) >= largest or size + length > _LARGEST_BODY):
            yield batch
            batch, size = [], 0
        batch.append(prepared)
        size += length
    if batch:
        yield batch
