"""`crm import` against a server that takes rows, or fails first."""

from __future__ import annotations

import csv
import threading
import time
from pathlib import Path

import pytest

from tests.crm.api_server import Api, serving
from tests.crm.conftest import Crm
from tests.crm.sales_set import PROFILE, SalesSet
from tests.support.ports import free_port

UNAVAILABLE = (200, {"errors": [{"message": "deals is away", "extensions": {"code": "SERVICE_UNAVAILABLE"}}]})


def run(crm: Crm, sales: SalesSet, api: Api, *options: str) -> int:
    return crm("import", PROFILE, "--from", sales.folder, "--url", api.url, "--token", "t", *options)


def rejected(file: str = "sales_pipeline.csv") -> list[dict[str, str]]:
    with Path(f"{file}.rejected.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_everything_goes_in(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(crm, sales, api, "--batch", "7") == 0
    assert len(api.things["managers"]) == sales.managers
    assert {row["team"] for row in api.things["managers"].values()} == {"Lead 0", "Lead 1", "Lead 2"}
    assert len(api.things["partners"]) == sales.partners
    deals = [api.things["deals"][row["opportunity_id"]] for row in sales.deals]
    assert len(api.things["deals"]) == len(sales.deals)
    outcomes = [(deal.get("outcome") or {}).get("outcome") for deal in deals]
    assert (outcomes.count("WON"), outcomes.count("LOST")) == (sales.count("Won"), sales.count("Lost"))
    for deal, row in zip(deals, sales.deals, strict=True):
        assert deal["createdAt"] == f"{row['created_on']}T00:00:00Z"
        assert deal.get("amount", {}).get("amount", "") == row["close_value"]
        assert deal.get("partnerRef", {}).get("id", "") == row["account"]
    assert f"deals: {len(sales.deals)} created, 0 updated, 0 unchanged, 0 rejected" in capsys.readouterr().out
    assert not list(Path().glob("*.rejected.csv"))


def test_a_second_run_changes_nothing(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(crm, sales, api) == 0
    capsys.readouterr()
    assert run(crm, sales, api) == 0
    assert f"deals: 0 created, 0 updated, {len(sales.deals)} unchanged, 0 rejected" in capsys.readouterr().out
    assert len(set(api.keys)) == len(api.keys), "another run takes other keys"


def test_damage_loses_no_good_row(crm: Crm, sales: SalesSet, api: Api) -> None:
    damage: dict[int, str | bytes] = {
        4: sales.line(4).rsplit(",", 1)[0] + ",2017-02-31",
        9: sales.line(9).replace("Agent", "Stranger"),
        14: sales.line(14)[:17],
        20: sales.line(20).encode().replace(b"Agent", b"Ag\xe9nt"),
        25: '"' + sales.line(25),
        31: sales.line(31).replace(",La", ",Xa").replace(",Ho", ",Xo"),
        40: sales.line(40)[:-1],
    }
    for line, text in damage.items():
        sales.change_line(line, text)
    assert run(crm, sales, api) == 1
    assert len(api.things["deals"]) == len(sales.deals) - len(damage)
    rows = {int(row["line"]): row for row in rejected()}
    assert sorted(rows) == sorted(damage)
    assert all(row["file"] == "sales_pipeline.csv" and row["reason"] and row["row"] for row in rows.values())
    assert {line: rows[line]["column"] for line in (4, 9, 31, 40)} == {
        4: "created_on",
        9: "sales_agent",
        31: "product",
        40: "created_on",
    }
    assert rows[14]["row"] == damage[14]
    assert "\\xe9" in rows[20]["row"]


def test_rejects_of_an_earlier_run_go(crm: Crm, sales: SalesSet, api: Api, tmp_path: Path) -> None:
    good = sales.line(5)
    sales.change_line(5, "cut")
    assert run(crm, sales, api, "--rejects", str(tmp_path / "r")) == 1
    assert (tmp_path / "r" / "sales_pipeline.csv.rejected.csv").exists()
    sales.change_line(5, good)
    assert run(crm, sales, api, "--rejects", str(tmp_path / "r")) == 0
    assert not (tmp_path / "r" / "sales_pipeline.csv.rejected.csv").exists()


def test_a_row_given_twice(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    sales.change_line(10, sales.line(3))
    sales.change_line(11, sales.line(4).replace("OP00002", "OP00000"))
    assert run(crm, sales, api) == 1
    assert [(row["line"], row["reason"]) for row in rejected()] == [
        ("11", "line 2 has the same id and says something else")
    ]
    assert f"deals: {len(sales.deals) - 2} created, 0 updated, 1 unchanged, 1 rejected" in capsys.readouterr().out


def test_outages_cost_time_only(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.failures = [UNAVAILABLE, (503, {}), (0, None), (502, {})]
    assert run(crm, sales, api) == 0
    assert len(api.things["deals"]) == len(sales.deals)
    assert "trying again" in capsys.readouterr().err


def test_a_lost_answer_is_asked_for_again_under_the_same_key(
    crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    api.lose_answers = 2
    assert run(crm, sales, api) == 0
    assert len(api.keys) == 3 + 2
    assert len(set(api.keys)) == 3
    assert f"managers: {sales.managers} created" in capsys.readouterr().out


def test_a_gateway_that_dies_and_comes_back(crm: Crm, sales: SalesSet) -> None:
    api, port = Api(), free_port()
    codes: list[int] = []
    with serving(api, port):
        api.failures = [UNAVAILABLE] * 2
        thread = threading.Thread(target=lambda: codes.append(run(crm, sales, api, "--batch", "5")))
        thread.start()
        while api.failures:
            time.sleep(0.01)
    time.sleep(0.3)  # nothing listens now
    with serving(api, port):
        thread.join(30)
    assert codes == [0]
    assert len(api.things["deals"]) == len(sales.deals)


def test_a_row_the_system_fails_on_costs_itself_only(crm: Crm, sales: SalesSet, api: Api) -> None:
    api.poison = "OP00017"
    assert run(crm, sales, api) == 1
    assert len(api.things["deals"]) == len(sales.deals) - 1
    assert [(row["line"], row["reason"]) for row in rejected()] == [("19", "it broke")]


def test_a_row_that_another_had_in_hand_is_sent_again(crm: Crm, sales: SalesSet, api: Api) -> None:
    api.raced = {"OP00003", "OP00021"}
    assert run(crm, sales, api) == 0
    assert len(api.things["deals"]) == len(sales.deals)


def failed(capsys: pytest.CaptureFixture[str]) -> str:
    error = capsys.readouterr().err.strip()
    assert error.count("\n") == 0
    assert error.startswith("crm: ")
    return error


def test_nobody_listens(crm: Crm, sales: SalesSet, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(crm, sales, Api(url=f"http://127.0.0.1:{free_port()}")) == 2
    assert "cannot be reached" in failed(capsys)


def test_patience_ends(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.failures = [UNAVAILABLE] * 1000
    assert run(crm, sales, api, "--patience", "0.2") == 2
    assert "crm: deals is away" in capsys.readouterr().err


def test_a_token_that_is_not_let_in(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.failures = [
        (401, {"errors": [{"message": "the token has expired", "extensions": {"code": "UNAUTHENTICATED"}}]})
    ]
    assert run(crm, sales, api) == 2
    assert "the token has expired" in failed(capsys)


def test_a_file_that_is_not_there(crm: Crm, sales: SalesSet, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    (sales.folder / "accounts.csv").unlink()
    assert run(crm, sales, api) == 2
    assert "accounts.csv is not there" in failed(capsys)


def test_a_process_that_is_not_there(
    crm: Crm, sales: SalesSet, api: Api, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "other.toml"
    profile.write_text(PROFILE.read_text().replace('"manual_sale"', '"manuel"'))
    assert crm("import", profile, "--from", sales.folder, "--url", api.url, "--token", "t") == 2
    assert "there is no process 'manuel'; there are typical_sale, manual_sale" in failed(capsys)


HISTORY = """
[[files]]
name = "history.csv"
kind = "deal-history"
[files.fields]
deal = "deal"
stage = "stage"
at = "at"
"""


def test_a_history_goes_in_with_its_deals(
    crm: Crm, sales: SalesSet, api: Api, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "with_history.toml"
    profile.write_text(PROFILE.read_text() + HISTORY)
    sales.change_line(3, sales.line(3).replace("Agent", "Stranger"))
    lines = (
        "deal,stage,at",
        "OP00000,offer,2017-01-05",
        "OP00000,contact,2017-01-02",
        "OP00000,offer,soon",
        "OP99999,offer,2017-01-02",
        "OP00001,offer,2017-01-02",
    )
    (sales.folder / "history.csv").write_text("\n".join(lines))
    assert crm("import", profile, "--from", sales.folder, "--url", api.url, "--token", "t") == 1
    assert api.things["deals"]["OP00000"]["transitions"] == [
        {"stage": "contact", "at": "2017-01-02T00:00:00Z"},
        {"stage": "offer", "at": "2017-01-05T00:00:00Z"},
    ]
    reasons = {int(row["line"]): row["reason"] for row in rejected("history.csv")}
    assert reasons == {
        4: "'soon' is not a date, such as 2017-05-06",
        5: "no file of the profile has this deal",
        6: f"its deal was refused: there is no manager '{sales.deals[1]['sales_agent'].replace('Agent', 'Stranger')}'",
    }
    assert "deal-history: 2 created, 0 updated, 0 unchanged, 3 rejected" in capsys.readouterr().out
