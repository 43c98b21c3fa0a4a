"""`crm export KIND --to FILE`: what a caller may see, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crm.cli.download import download


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
    download(f"/exports/{kind.value}", [("search", search)] if search else [], to, url, token)
