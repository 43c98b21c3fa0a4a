"""`crm parked`: the messages a service could not handle, and what the operator does about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from chassis.settings import Settings
    from chassis.store.database import Database

app = typer.Typer(help="Messages that a service could not handle.", rich_markup_mode=None, no_args_is_help=False)

_Id = Annotated[str, typer.Argument(metavar="ID", help="As `crm parked list` shows it; its beginning will do.")]
_Service = Annotated[str | None, typer.Option(help="This service only.")]


@app.command("list")
def list_parked(service: _Service = None) -> None:
    """List the messages that wait for the operator, and those that will be tried again by themselves."""
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "service", "state", "source", "type", "attempts", "failed at", "reason", box=None)
    rows = 0
    with _opened(service) as (_, databases):
        for name, row in _rows(databases):
            rows += 1
            reason = row.reason.split("\n")[0]
            table.add_row(
                str(row.id), name, row.state, row.source, row.type, str(row.attempts), f"{row.failed_at:%F %T}Z", reason
            )
    if rows:
        console = Console()
        console = console if console.is_terminal else Console(width=500)
        console.print(table)
    else:
        typer.echo("nothing is parked")


@app.command("show")
def show(parked_id: _Id, service: _Service = None) -> None:
    """Show one message in full: headers, body and the reason."""
    with _opened(service) as (_, databases):
        name, row = _find(databases, parked_id)
        for label, value in (
            ("id", row.id), ("service", name), ("state", row.state), ("source", row.source), ("type", row.type),
            ("position", row.position), ("attempts", row.attempts), ("failed at", row.failed_at),
            ("next attempt at", row.next_attempt_at), ("reason", row.reason),
        ):  # fmt: skip
            typer.echo(f"{label}: {'–' if value is None else value}")
        for header, value in sorted(row.headers.items()):
            typer.echo(f"header {header}: {value}")
        typer.echo(f"body: {bytes(row.body).decode('utf-8', errors='backslashreplace')}")


@app.command("retry")
def retry(
    parked_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One message; else give --all.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every parked message.")] = False,
    service: _Service = None,
) -> int:
    """Try messages again now; exit 1 if one failed again."""
    from chassis.errors import Misconfigured
    from crm.system import inbox_of

    if (parked_id is None) == (not every):
        raise Misconfigured("give the id of one message, or --all")
    failed = 0
    with _opened(service) as (settings, databases):
        chosen = list(_rows(databases)) if parked_id is None else [_find(databases, parked_id)]
        for name, row in chosen:
            reason = inbox_of(settings, name, databases[name]).retry(row.id)
            failed += reason is not None
            typer.echo(f"{row.id}: {'handled' if reason is None else f'failed again: {reason}'}")
    return 1 if failed else 0


@app.command("drop")
def drop(parked_id: _Id, service: _Service = None) -> None:
    """Give a message up: it is forgotten, and has had no effect."""
    with _opened(service) as (_, databases):
        name, row = _find(databases, parked_id)
        with databases[name].transaction() as tx:
            parked = tx.tables.parked
            tx.connection.execute(parked.delete().where(parked.c.id == row.id))
        typer.echo(f"{row.id} ({row.type or 'unreadable'}, heard by {name}) is dropped")


@contextmanager
def _opened(service: str | None) -> Iterator[tuple[Settings, dict[str, Database]]]:
    from chassis.errors import Misconfigured
    from chassis.settings import load_settings
    from crm.system import SERVICES, databases

    if service is not None and service not in SERVICES:
        raise Misconfigured(f"there is no service {service!r} that hears events; there are {', '.join(SERVICES)}")
    settings = load_settings()
    with databases(settings, [service] if service is not None else SERVICES) as opened:
        yield settings, opened


def _rows(databases: dict[str, Database]) -> Iterator[tuple[str, Any]]:
    import sqlalchemy as sa

    for name, database in databases.items():
        parked = database.tables.parked
        with database.reading() as reading:
            rows = reading.connection.execute(sa.select(parked).order_by(parked.c.failed_at, parked.c.id)).all()
        for row in rows:
            yield name, row


def _find(databases: dict[str, Database], parked_id: str) -> tuple[str, Any]:
    from chassis.errors import Misconfigured

    found = [(name, row) for name, row in _rows(databases) if str(row.id).startswith(parked_id.lower())]
    if len(found) != 1:
        few = "nothing is parked under" if not found else f"{len(found)} messages begin with"
        raise Misconfigured(f"{few} {parked_id!r}; `crm parked list` shows the ids")
    return found[0]
