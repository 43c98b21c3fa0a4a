"""`make bench`: everything in one run, on servers of its own; figures are medians of this machine, ratios travel."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import eventlet

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
warnings.filterwarnings("ignore", message="Using fork")
eventlet.monkey_patch()

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from benchmarks.contacts import bench_contacts  # noqa: E402
from benchmarks.echo import bench_echo  # noqa: E402
from benchmarks.graphql import bench_graphql  # noqa: E402
from benchmarks.relay import bench_relay  # noqa: E402
from chassis.telemetry import configure_logging  # noqa: E402
from tests.support import real  # noqa: E402
from tests.support.system import real_system  # noqa: E402

_PARTS = ("echo", "relay", "graphql", "contacts")
console = Console(width=120)


def main(parts: list[str]) -> int:
    """Run the parts named, or all."""
    unknown = set(parts) - set(_PARTS)
    if unknown:
        console.print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
        return 2
    configure_logging(format="console", level="ERROR")
    with real.RABBIT.private() as broker, real.POSTGRES.private() as server:
        if "echo" in (parts or _PARTS):
            _show("RPC echo", {"": bench_echo(broker.new_vhost(), broker.pids)})
        if "relay" in (parts or _PARTS):
            _show("The relay, database included", {"": bench_relay(broker.new_vhost(), server.create("clock"))})
        if "graphql" in (parts or _PARTS):
            with tempfile.TemporaryDirectory() as folder, real_system(Path(folder), broker, server) as system:
                _show("GraphQL, 4 clients at once", bench_graphql(system, server.pids, broker.pids))
        if "contacts" in (parts or _PARTS):
            _show("The contact book, without a bus", bench_contacts(server))
    return 0


def _show(title: str, results: Mapping[str, Mapping[str, float]]) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("what", "figure", "value"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for what, figures in results.items():
        for row, (figure, value) in enumerate(figures.items()):
            table.add_row("" if row else what, figure, f"{value:,.2f}")
    console.print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
