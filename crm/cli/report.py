"""`crm report NAME --to FILE [PARAMETER=VALUE …]`: a report as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crm.cli.download import download


def report(
    name: Annotated[
        str, typer.Argument(help="The report, as the API names it: funnel, outcomes, managerPerformance …")
    ],
    to: Annotated[Path, typer.Option(metavar="FILE", help="Where to; its ending says the form: .csv or .xlsx.")],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARAMETER=VALUE]...",
            help="What the report is asked with: period.from=2026-01-01, filter.managers=ID (again for another one).",
            show_default=False,
        ),
    ] = None,
    part: Annotated[
        str | None, typer.Option(help="Which of the report's tables; the main one.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option(help="The system; CRM_URL, or the local one.", show_default=False)] = None,
    token: Annotated[
        str | None, typer.Option(help="CRM_TOKEN, or one of the local development issuer.", show_default=False)
    ] = None,
) -> None:
    """Export a report, of what the token may see. The file is there when it is whole, and not before."""
    given = [_pair(text) for text in parameters or []]
    download(f"/exports/reports/{name}", [*given, *([("part", part)] if part else [])], to, url, token)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is no parameter; write it as name=value", param_hint="PARAMETER=VALUE")
    return name, value
