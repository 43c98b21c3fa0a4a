"""`crm migrate`: bring the databases up to date."""

from __future__ import annotations

from typing import Annotated

import typer


def migrate(
    services: Annotated[
        list[str] | None, typer.Argument(metavar="[SERVICE…]", help="Every service without it.")
    ] = None,
) -> None:
    """Bring the services' databases up to the newest migration."""
    from chassis.errors import Misconfigured
    from chassis.settings import load_settings
    from chassis.telemetry import configure_logging
    from crm.system import SERVICES, migrate_all

    for name in services or ():
        if name not in SERVICES:
            raise Misconfigured(f"{name!r} has no database; there are {', '.join(SERVICES)}")
    settings = load_settings()
    configure_logging(format=settings.log_format, level=settings.log_level)
    migrate_all(settings, tuple(services or SERVICES))
