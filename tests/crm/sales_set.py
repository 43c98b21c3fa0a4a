"""Makes a sales history of the shape that examples/import/crm-sales.toml reads."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PROFILE = Path(__file__).resolve().parents[2] / "examples" / "import" / "crm-sales.toml"
PRODUCTS = ("Lamp", "Lamp Plus", "Ladder", "Hoist")
_FIRST_DAY = date(2016, 11, 14)


@dataclass(frozen=True, kw_only=True)
class SalesSet:
    """The four files in a folder, and what a plain count over them gives."""

    folder: Path
    managers: int
    teams: int
    partners: int
    deals: list[dict[str, str]]

    @property
    def pipeline(self) -> Path:
        """The file of deals."""
        return self.folder / "sales_pipeline.csv"

    def count(self, outcome: str) -> int:
        """Count the deals of an outcome, as the file writes it."""
        return sum(deal["deal_stage"] == outcome for deal in self.deals)

    def change_line(self, line: int, text: str | bytes) -> None:
        """Put other text in the place of a line of deals; the header is line 1."""
        lines = self.pipeline.read_bytes().split(b"\n")
        lines[line - 1] = text.encode() if isinstance(text, str) else text
        self.pipeline.write_bytes(b"\n".join(lines))

    def line(self, number: int) -> str:
        """Give a line of deals."""
        return self.pipeline.read_text().split("\n")[number - 1]


def make_sales_set(folder: Path, *, deals: int = 60, managers: int = 6, partners: int = 9, mark: str = "") -> SalesSet:
    """Write the files; equal arguments give equal files. `mark` sets names and ids apart from those of another set."""
    draw = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    agents = [f"{mark}Agent {n}" for n in range(managers)]
    accounts = [f"{mark}Account {n}" for n in range(partners)]
    leads = sorted({f"{mark}Lead {n % 3}" for n in range(managers)})
    _write(
        folder / "sales_teams.csv",
        [{"sales_agent": a, "manager": leads[n % 3], "regional_office": "East"} for n, a in enumerate(agents)],
    )
    _write(folder / "accounts.csv", [{"account": a, "revenue": "1.5", "employees": "10.0"} for a in accounts])
    _write(folder / "products.csv", [{"product": p, "sales_price": "64.0"} for p in PRODUCTS])
    rows = [_deal(draw, f"{mark}OP{n:05}", accounts, agents) for n in range(deals)]
    _write(folder / "sales_pipeline.csv", rows)
    return SalesSet(folder=folder, managers=managers, teams=len(leads), partners=partners, deals=rows)


def _deal(draw: random.Random, number: str, accounts: Sequence[str], agents: Sequence[str]) -> dict[str, str]:
    created = _FIRST_DAY + timedelta(days=draw.randrange(300))
    outcome = draw.choice(("Won", "Won", "Lost", "In_Progress"))
    closed = "" if outcome == "In_Progress" else str(created + timedelta(days=draw.randrange(100)))
    value = {"Won": f"{draw.randrange(50, 5000)}.0", "Lost": "0.0", "In_Progress": ""}[outcome]
    return {
        "account": draw.choice((*accounts, "", "", "")),
        "opportunity_id": number,
        "sales_agent": draw.choice(agents),
        "deal_stage": outcome,
        "product": draw.choice(PRODUCTS),
        "close_date": closed,
        "close_value": "" if number.endswith("5") and outcome == "Won" else value,
        "created_on": str(created),
    }


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
