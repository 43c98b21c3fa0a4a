"""`crm replay SERVICE`: let a service hear again."""

from __future__ import annotations

from typing import Annotated

import typer


def replay(
    service: Annotated[str, typer.Argument(help="contacts, deals, claims or reporting")],
    from_start: Annotated[
        bool,
        typer.Option(
            "--from-start",
            help="Build the service's projections anew from all events, beside those in use, and put them in their place.",
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="With --from-start: build only this projection; may be repeated."),
    ] = None,
) -> None:
    """Give a service the published events that it has not handled, while the system runs or not."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from chassis.settings import load_settings
    from crm.system import replay as replay_events

    with Progress(console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(source: str, position: int, length: int) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=length)
            bars.update(tasks[source], completed=position, total=length)

        events = replay_events(load_settings(), service, from_start=from_start, only=only or (), progress=tell)
    typer.echo(f"{service} has heard {events} events")
