"""`crm export KIND --to FILE`: what a caller may see, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_FORMS = (".csv", ".xlsx")
_PATIENCE = 600.0  # seconds without a word; a workbook is sent when all of it is written


class Kind(StrEnum):
    """What can be exported."""

    PARTNERS = "partners"
    PERSONS = "persons"
    INTERACTIONS = "interactions"


def export_data(
    kind: Annotated[Kind, typer.Argument(help="What to export.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="Where to; its ending says the form: .csv or .xlsx.")],
    search: Annotated[str | None, typer.Option(help="Only what this finds.", show_default=False)] = None,
    url: Annotated[str | None, typer.Option(help="The system; CRM_URL, or the local one.", show_default=False)] = None,
    token: Annotated[
        str | None, typer.Option(help="CRM_TOKEN, or one of the local development issuer.", show_default=False)
    ] = None,
) -> None:
    """Export what the token may see. The file is there when it is whole, and not before.

    In CSV an apostrophe stands before what a spreadsheet would take for a formula, +49… too, and before an apostrophe.
    """
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TransferSpeedColumn

    from chassis.settings import load_settings
    from crm.cli.access import token_source, url_of
    from crm.importing.client import ApiClient

    form = to.suffix.lower()
    if form not in _FORMS:
        raise typer.BadParameter(f"{to.name} does not end in {' or '.join(_FORMS)}", param_hint="--to")
    settings = load_settings()
    client = ApiClient(url_of(settings, url), token_source(settings, token), timeout=_PATIENCE)
    columns = TextColumn("{task.description}"), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn()
    part = to.with_name(f"{to.name}.part")
    written = 0
    try:
        with (
            client,
            Progress(*columns, console=Console(stderr=True), transient=True) as progress,
            part.open("wb") as file,
        ):
            task = progress.add_task(kind.value, total=None)
            for chunk in client.download(f"/exports/{kind.value}{form}", {"search": search} if search else {}):
                written += file.write(chunk)
                progress.update(task, completed=written)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    typer.echo(f"{to}: {written:,} bytes")
