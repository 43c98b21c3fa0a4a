"""`crm rates FILE`: register exchange rates from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from chassis.wire import Json
    from crm.importing.client import ApiClient
    from crm.importing.reading import Rejected, Row
    from crm.importing.rejects import Rejects

SOME_REJECTED = 1
_MUTATION = """mutation($input: RegisterExchangeRatesInput!) {
  answer: registerExchangeRates(input: $input) { results { status errors { field message } } errors { message code } }
}"""
_COLUMNS = ("date", "currency", "rate")


def rates(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns date, currency and rate.")],
    source: Annotated[str | None, typer.Option(help="Who published the rates; the file's name, if not said.")] = None,
    url: Annotated[str | None, typer.Option(help="The system; CRM_URL, or the local one.", show_default=False)] = None,
    token: Annotated[
        str | None, typer.Option(help="CRM_TOKEN, or one of the local development issuer.", show_default=False)
    ] = None,
    rejects: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the rejected rows are written.")] = Path(),
    batch: Annotated[int, typer.Option(min=1, max=500, help="Rows in one request.")] = 250,
    patience: Annotated[float, typer.Option(min=0, help="Seconds to go on trying while the system is away.")] = 300.0,
) -> int:
    """Register the exchange rates of a file. Running it again has no second effect.

    Exit code 0: every row is in. 1: some rows were rejected, and are in <file>.rejected.csv with the reason. 2: it
    could not go on; what was done stays.
    """
    from chassis.settings import load_settings
    from crm.cli.access import token_source, url_of
    from crm.importing.client import ApiClient, Patience
    from crm.importing.rejects import Rejects

    settings = load_settings()
    client = ApiClient(url_of(settings, url), token_source(settings, token), patience=Patience(seconds=patience))
    with client, Rejects(rejects) as rejected:
        rejected.begin(file.name)
        tally = _register(_rows(file), client, rejected, file.name, (source or file.name)[:100], batch)
    counts = ", ".join(f"{tally[status]} {status.lower()}" for status in ("CREATED", "UPDATED", "UNCHANGED", "REFUSED"))
    typer.echo(f"rates: {counts}")
    for path, count in rejected.written.items():
        typer.echo(f"{count} rejected rows, with their reasons, are in {path}")
    return SOME_REJECTED if tally["REFUSED"] else 0


def _rows(path: Path) -> Iterator[Row | Rejected]:
    from crm.importing.profile import Layout
    from crm.importing.reading import read_rows

    return read_rows(path, Layout(), _COLUMNS)


def _register(
    rows: Iterator[Row | Rejected], client: ApiClient, rejects: Rejects, file: str, source: str, batch: int
) -> Counter[str]:
    """Send rows in batches; count what became of each, and write down those that were not taken."""
    tally: Counter[str] = Counter()
    while together := list(islice(rows, batch)):
        for row, rejected in _send(together, client, source):
            tally[row] += 1
            if rejected is not None:
                rejects.write(file, rejected)
    return tally


def _send(together: Iterable[Row | Rejected], client: ApiClient, source: str) -> Iterator[tuple[str, Rejected | None]]:
    """Send the rows that can be; give what became of each."""
    from chassis.errors import CrmError
    from crm.importing.reading import Rejected

    good: list[tuple[Row, Json]] = []
    for row in together:
        taken = row if isinstance(row, Rejected) else _input(row)
        if isinstance(taken, Rejected):
            yield "REFUSED", taken
        elif not isinstance(row, Rejected):
            good.append((row, taken))
    if not good:
        return
    answer = client.ask(_MUTATION, {"input": {"rows": [sent for _, sent in good], "source": source}})["answer"]
    if answer["errors"]:
        raise CrmError(answer["errors"][0]["message"])
    for (row, _), result in zip(good, answer["results"], strict=True):
        if result["status"] == "REFUSED":
            problem = result["errors"][0]
            column = (problem["field"] or [None])[-1]
            yield "REFUSED", Rejected(line=row.line, text=row.text, reason=problem["message"], column=column)
        else:
            yield result["status"], None


def _input(row: Row) -> Json | Rejected:
    """Give a row as the API takes it, or say which column has no value of its kind."""
    from datetime import date
    from decimal import Decimal, InvalidOperation

    from crm.importing.reading import Rejected

    day, currency, rate = (row.values[column].strip() for column in _COLUMNS)
    try:
        date.fromisoformat(day)
    except ValueError:
        return Rejected(line=row.line, text=row.text, reason=f"{day!r} is no date (YYYY-MM-DD)", column="date")
    try:
        number = Decimal(rate)
    except InvalidOperation:
        return Rejected(line=row.line, text=row.text, reason=f"{rate!r} is no number", column="rate")
    if not number.is_finite():
        return Rejected(line=row.line, text=row.text, reason=f"{rate!r} is no number", column="rate")
    return {"date": day, "currency": currency.upper(), "rate": rate}
