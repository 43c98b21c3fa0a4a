"""`crm token`: a token of the built-in development issuer."""

from __future__ import annotations

from typing import Annotated

import typer


def token(
    role: Annotated[
        str, typer.Option(help="admin, head_of_sales, team_lead, manager, analyst, privacy_officer or integration")
    ],
    manager: Annotated[str | None, typer.Option(metavar="ID", help="The manager whom the token stands for.")] = None,
) -> None:
    """Print a token for the local system's development issuer, and nothing else."""
    from chassis.settings import load_settings
    from crm.cli.access import local_token

    typer.echo(local_token(load_settings(), role, manager))
