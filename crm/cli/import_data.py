"""`crm import PROFILE`: fill the system from files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crm.importing.rejects import Rejects
    from crm.importing.running import Summary

SOME_REJECTED = 1


def import_data(
    profile: Annotated[
        Path, typer.Argument(metavar="PROFILE", help="TOML: files, columns, maps; see examples/import.")
    ],
    folder: Annotated[Path, typer.Option("--from", metavar="FOLDER", help="Where the profile's files are.")] = Path(),
    url: Annotated[str | None, typer.Option(help="The system; CRM_URL, or the local one.", show_default=False)] = None,
    token: Annotated[
        str | None, typer.Option(help="CRM_TOKEN, or one of the local development issuer.", show_default=False)
    ] = None,
    rejects: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the rejected rows are written.")] = Path(),
    batch: Annotated[int, typer.Option(min=1, max=500, help="Rows in one request.")] = 250,
    in_flight: Annotated[int, typer.Option(min=1, max=16, help="Requests at once, for deals.")] = 2,
    patience: Annotated[float, typer.Option(min=0, help="Seconds to go on trying while the system is away.")] = 300.0,
) -> int:
    """Import the files of a profile. Running it again has no second effect.

    Exit code 0: every row is in. 1: some rows were rejected, and are in <file>.rejected.csv with the reason. 2: it
    could not go on; what was done stays, and the same command takes up where it was.
    """
    from rich.console import Console

    from chassis.settings import load_settings
    from crm.cli.access import token_source, url_of
    from crm.importing.client import ApiClient, Patience
    from crm.importing.profile import load_profile
    from crm.importing.progress import meter_for, outage_teller
    from crm.importing.rejects import Rejects
    from crm.importing.running import Job, run_import

    settings = load_settings()
    job = Job(
        profile=load_profile(profile), folder=folder, zone=settings.enterprise.zone, batch=batch, in_flight=in_flight
    )
    meter = meter_for(Console(stderr=True))
    client = ApiClient(
        url_of(settings, url),
        token_source(settings, token),
        patience=Patience(seconds=patience),
        waiting=outage_teller(meter),
    )
    with client, Rejects(rejects) as rejected, meter:
        summary = run_import(job, client, rejected, meter)
    _print(summary, rejected)
    return SOME_REJECTED if summary.rejected else 0


def _print(summary: Summary, rejects: Rejects) -> None:
    for kind, tally in summary.kinds.items():
        counts = ", ".join(f"{number} {name}" for name, number in asdict(tally).items())
        typer.echo(f"{kind}: {counts}")
    for path, rows in rejects.written.items():
        typer.echo(f"{rows} rejected rows, with their reasons, are in {path}")
