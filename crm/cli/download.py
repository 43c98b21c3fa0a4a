"""Downloads: a table of the system as a file that is there when it is whole, and not before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

_FORMS = (".csv", ".xlsx")
_PATIENCE = 600.0  # seconds without a word; a workbook is sent when all of it is written


def download(path: str, parameters: Sequence[tuple[str, str]], to: Path, url: str | None, token: str | None) -> None:
    """Write what is at a path, in the form that the file's ending says, and tell how much it is."""
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
            task = progress.add_task(path.rpartition("/")[2], total=None)
            for chunk in client.download(f"{path}{form}", parameters):
                written += file.write(chunk)
                progress.update(task, completed=written)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    typer.echo(f"{to}: {written:,} bytes")
