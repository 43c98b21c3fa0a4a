"""`make bench`: everything in one run, on servers of its own; figures are medians of this machine, ratios travel."""

from __future__ import annotations

import argparse
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
from benchmarks.deals import SIZES, bench_deals  # noqa: E402
from benchmarks.echo import bench_echo  # noqa: E402
from benchmarks.figures import Figure, Figures  # noqa: E402
from benchmarks.graphql import bench_graphql  # noqa: E402
from benchmarks.relay import bench_relay  # noqa: E402
from benchmarks.replay import EVENTS, bench_batches, bench_replay  # noqa: E402
from benchmarks.reporting import bench_reporting  # noqa: E402
from chassis.telemetry import configure_logging  # noqa: E402
from tests.support import real  # noqa: E402
from tests.support.system import real_system  # noqa: E402

_PARTS = ("echo", "relay", "graphql", "contacts", "deals", "replay", "reporting")
console = Console(width=120)


def main(arguments: list[str]) -> int:
    """Run the parts named, or all."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(_PARTS)}; all, if none is named")
    parser.add_argument(
        "--deals",
        type=int,
        default=SIZES[1],
        metavar="N",
        help=f"compare N deals (default: {SIZES[1]:,}) with {SIZES[0]:,}",
    )
    parser.add_argument(
        "--events", type=int, default=EVENTS, metavar="N", help=f"rebuild the reports of N events (default: {EVENTS:,})"
    )
    asked = parser.parse_args(arguments)
    unknown = set(asked.parts) - set(_PARTS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
    parts = asked.parts or _PARTS
    configure_logging(format="console", level="ERROR")
    with real.RABBIT.private() as broker, real.POSTGRES.private() as server:
        if "echo" in parts:
            _show("RPC echo", {"": bench_echo(broker.new_vhost(), broker.pids)})
        if "relay" in parts:
            _show("The relay, database included", {"": bench_relay(broker.new_vhost(), server.create("clock"))})
        if "graphql" in parts:
            with tempfile.TemporaryDirectory() as folder, real_system(Path(folder), broker, server) as system:
                _show("GraphQL, 4 clients at once", bench_graphql(system, server.pids, broker.pids))
        if "contacts" in parts:
            _show("The contact book, without a bus", bench_contacts(server))
        if "deals" in parts:
            with tempfile.TemporaryDirectory() as folder, real_system(Path(folder), broker, server) as system:
                sizes = sorted({SIZES[0], asked.deals})
                _show(
                    "Deals through GraphQL, 4 clients at once",
                    bench_deals(system, broker.new_vhost(), server.pids, broker.pids, sizes),
                )
        if "replay" in parts:
            _show("What reporting applies, without a bus", {"": bench_batches(server)})
            with tempfile.TemporaryDirectory() as folder, real_system(Path(folder), broker, server) as system:
                _show("Reporting, beside a running system", bench_replay(system, asked.events))
        if "reporting" in parts:
            _show("Reports, without a bus", bench_reporting(server, asked.deals, console.print))
    return 0


def _show(title: str, results: Mapping[str, Figures]) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("what", "figure", "value", "target", "verdict"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for what, figures in results.items():
        for row, (figure, value) in enumerate(figures.items()):
            found = value if isinstance(value, Figure) else Figure(value=value)
            verdict = ("met" if found.met else "not met") if found.target else ""
            table.add_row("" if row else what, figure, f"{found.value:,.2f}", found.target, verdict)
    console.print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
