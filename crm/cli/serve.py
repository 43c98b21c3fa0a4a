"""`crm serve SERVICE…`: some services of a system on several processes or machines."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    services: Annotated[
        list[str], typer.Argument(metavar="SERVICE…", help="contacts, deals, claims, reporting, gateway")
    ],
    health_port: Annotated[int, typer.Option(help="Answer /livez and /readyz on this port; 0: do not.")] = 0,
) -> None:
    """Run services, on the broker and the databases that the settings name."""
    from chassis.errors import Misconfigured
    from chassis.settings import load_settings
    from chassis.telemetry import configure_logging
    from crm.system import serve as serve_services

    settings = load_settings()
    if settings.embedded:
        raise Misconfigured(
            "CRM_AMQP_URL is not set: services in several processes need a broker; `crm run` needs none"
        )
    configure_logging(format=settings.log_format, level=settings.log_level)
    serve_services(settings, services, health_port=health_port)
