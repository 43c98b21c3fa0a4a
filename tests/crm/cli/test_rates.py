"""`crm rates`: a file of exchange rates goes in, and what is no rate is kept with its reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.crm.api_server import Api
from tests.crm.conftest import Crm

FILE = """date,currency,rate
2026-03-02,EUR,1.0845
2026-03-02,gbp,1.2700
2026-03-02,XYZ,3
2026-02-31,EUR,1.1
2026-03-03,EUR,a lot
2026-03-03,EUR

2026-03-03,EUR,1.0911
"""


def run(crm: Crm, api: Api, text: str, *options: str) -> int:
    Path("rates.csv").write_text(text)
    return crm("rates", "rates.csv", "--url", api.url, "--token", "t", *options)


def test_good_rows_go_in_and_bad_ones_are_kept_with_line_and_reason(
    crm: Crm, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(crm, api, FILE, "--batch", "2") == 1
    assert sorted(api.things["rates"]) == ["EUR2026-03-02", "EUR2026-03-03", "GBP2026-03-02"]
    assert "rates: 3 created, 0 updated, 0 unchanged, 4 refused" in capsys.readouterr().out
    with Path("rates.csv.rejected.csv").open(newline="") as stream:
        kept = {row["line"]: (row["column"], row["reason"]) for row in csv.DictReader(stream)}
    assert set(kept) == {"4", "5", "6", "7"}
    assert kept["4"] == ("currency", "'XYZ' is not a currency code of ISO 4217")
    assert kept["5"] == ("date", "'2026-02-31' is no date (YYYY-MM-DD)")
    assert kept["6"] == ("rate", "'a lot' is no number")


def test_a_second_run_changes_nothing(crm: Crm, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    good = "".join(FILE.splitlines(keepends=True)[:3])
    assert run(crm, api, good) == 0
    capsys.readouterr()
    assert run(crm, api, good) == 0
    assert "rates: 0 created, 0 updated, 2 unchanged, 0 refused" in capsys.readouterr().out


def test_a_file_without_a_column_is_refused_whole(crm: Crm, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(crm, api, "date,rate\n2026-03-02,1\n") == 2
    assert "no column 'currency'" in capsys.readouterr().err
    assert "rates" not in api.things
