"""One import: the profile's files, kind after kind, since each names what comes before it: interactions persons, these partners, these managers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from chassis.errors import Misconfigured
from crm.importing.client import ApiClient
from crm.importing.mapping import Mapper
from crm.importing.profile import File, Kind, Profile
from crm.importing.progress import Meter
from crm.importing.reading import Rejected, Row, RowError, count_rows, read_rows
from crm.importing.rejects import Rejects
from crm.importing.scratch import Scratch
from crm.importing.sending import LARGEST_BATCH, Prepared, Sender, Sent

_ORDER = (Kind.MANAGERS, Kind.PARTNERS, Kind.PERSONS, Kind.INTERACTIONS, Kind.DEAL_HISTORY, Kind.DEALS)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be imported; `batch` rows go in a request, `in_flight` requests of deals at once."""

    profile: Profile
    folder: Path
    zone: ZoneInfo
    batch: int = LARGEST_BATCH
    in_flight: int = 2


@dataclass
class Tally:
    """What became of the rows of one kind."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def count(self, status: str) -> None:
        """Count one row of a status."""
        name = {"CREATED": "created", "UPDATED": "updated", "UNCHANGED": "unchanged"}.get(status, "rejected")
        setattr(self, name, getattr(self, name) + 1)


@dataclass
class Summary:
    """What an import came to."""

    kinds: dict[Kind, Tally] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """The rows that did not go in."""
        return sum(tally.rejected for tally in self.kinds.values())


def run_import(job: Job, client: ApiClient, rejects: Rejects, meter: Meter) -> Summary:
    """Import all files of a profile; raise CrmError where it cannot go on. Run again, it has no second effect."""
    files = sorted(job.profile.files, key=lambda file: _ORDER.index(file.kind))
    for file in files:
        if not (job.folder / file.name).is_file():
            raise Misconfigured(f"{job.folder / file.name} is not there; the profile names it")
    mappers = [Mapper(job.profile, file, zone=job.zone, folder=job.folder) for file in files]
    _check_processes(job.profile, client)
    with Scratch() as scratch:
        importing = _Import(job, client, rejects, meter, scratch)
        for file, mapper in zip(files, mappers, strict=True):
            importing.file(file, mapper)
        importing.end_histories()
    return importing.summary


def _check_processes(profile: Profile, client: ApiClient) -> None:
    """Find a wrong process key before the first row, not at each of them; and whether the system answers at all."""
    client.ask("{ __typename }", patient=False)  # where nothing listens at all, say so at once
    known = [process["key"] for process in client.ask("{ salesProcesses { key } }")["salesProcesses"]]
    for file in profile.files:
        cell = file.fields.get("process")
        if cell is not None and cell.value is not None and cell.map is None and cell.value not in known:
            raise Misconfigured(
                f"fields.process of {file.name}: there is no process {cell.value!r}; there are {', '.join(known)}"
            )


class _Import:
    """The files of one run."""

    def __init__(self, job: Job, client: ApiClient, rejects: Rejects, meter: Meter, scratch: Scratch) -> None:
        self.summary = Summary()
        self._job = job
        self._client = client
        self._rejects = rejects
        self._meter = meter
        self._scratch = scratch
        self._run = uuid.uuid4().hex

    def file(self, file: File, mapper: Mapper) -> None:
        """Import one file."""
        path = self._job.folder / file.name
        tally = self.summary.kinds.setdefault(file.kind, Tally())
        self._rejects.begin(file.name)
        self._meter.start(f"{file.kind}: {file.name}", count_rows(path, file))
        if file.kind is Kind.DEAL_HISTORY:
            self._keep_history(path, file, mapper, tally)
        else:
            self._send(path, file, mapper, tally)
        self._meter.finish()

    def end_histories(self) -> None:
        """Count the rows of the histories, and report those whose deal did not come or was refused."""
        for file in self._job.profile.files:
            if file.kind is Kind.DEAL_HISTORY:
                tally = self.summary.kinds[Kind.DEAL_HISTORY]
                tally.created += self._scratch.history_taken(file.name)
                for rejected in self._scratch.history_left(file.name):
                    self._reject(file, tally, rejected)

    def _keep_history(self, path: Path, file: File, mapper: Mapper, tally: Tally) -> None:
        for row in read_rows(path, file, file.columns):
            self._meter.advance(1)
            if isinstance(row, Rejected):
                self._reject(file, tally, row)
                continue
            try:
                self._scratch.keep_transition(file.name, row, mapper.input(row))
            except RowError as fault:
                self._reject(file, tally, _rejected(row, fault))

    def _send(self, path: Path, file: File, mapper: Mapper, tally: Tally) -> None:
        # only deals go several batches at once: two batches of managers could name the same new team
        in_flight = self._job.in_flight if file.kind is Kind.DEALS else 1
        sender = Sender(self._client, file.kind, run=self._run, batch=self._job.batch, in_flight=in_flight)
        for batch in sender.send(self._prepared(path, file, mapper, tally)):
            for sent in batch:
                self._settle(file, mapper, tally, sent)
            self._meter.advance(len(batch))

    def _prepared(self, path: Path, file: File, mapper: Mapper, tally: Tally) -> Iterator[Prepared]:
        """Give the good rows of a file; put the others aside."""
        for row in read_rows(path, file, file.columns):
            try:
                if isinstance(row, Rejected):
                    self._reject(file, tally, row)
                elif (prepared := self._prepare(file, mapper, row)) is not None:
                    yield prepared
                    continue
                else:
                    tally.count("UNCHANGED")
            except RowError as fault:
                assert isinstance(row, Row)
                self._reject(file, tally, _rejected(row, fault))
            self._meter.advance(1)

    def _prepare(self, file: File, mapper: Mapper, row: Row) -> Prepared | None:
        """Make a row ready; None if a row before it said the same."""
        content = mapper.input(row)
        external_id = content["externalRef"]["id"]
        before = self._scratch.note(file.kind, row, external_id, content)
        if before is not None:
            line, same = before
            if same:
                return None
            raise RowError(
                f"line {line} has the same id and says something else",
                ", ".join(mapper.columns_behind(["externalRef"])),
            )
        if file.kind is Kind.DEALS:
            content["transitions"] = self._scratch.transitions_of(external_id)
        return Prepared(row=row, external_id=external_id, input=content)

    def _settle(self, file: File, mapper: Mapper, tally: Tally, sent: Sent) -> None:
        refused = sent.status == "REFUSED"
        reason = "; ".join(fault.reason for fault in sent.faults) or "refused without a reason"
        if file.kind is Kind.DEALS and sent.prepared.input["transitions"]:
            self._scratch.settle_history(
                sent.prepared.external_id, f"its deal was refused: {reason}" if refused else None
            )
        if not refused:
            tally.count(sent.status)
            return
        columns = dict.fromkeys(column for fault in sent.faults for column in mapper.columns_behind(fault.field))
        row = sent.prepared.row
        self._reject(
            file, tally, Rejected(line=row.line, text=row.text, reason=reason, column=", ".join(columns) or None)
        )

    def _reject(self, file: File, tally: Tally, rejected: Rejected) -> None:
        tally.count("REFUSED")
        self._rejects.write(file.name, rejected)


def _rejected(row: Row, fault: RowError) -> Rejected:
    return Rejected(line=row.line, text=row.text, reason=fault.reason, column=fault.column)
