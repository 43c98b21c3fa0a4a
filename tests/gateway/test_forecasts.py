"""Forecasts through the gateway."""

from __future__ import annotations

from typing import Any

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager

FORECAST = """query($period: PeriodInput, $method: ForecastMethod, $by: ForecastGrouping, $process: ID) {
  forecast(period: $period, method: $method, groupBy: $by, process: $process) {
    method minimumDeals currency rows {
      key won wonAmount open openAmount weightedAmount forecastAmount overdue withoutAmount withoutProbability
      withoutCloseDate unconverted } } }"""
JANUARY = {"from": "2030-01-01", "to": "2030-02-01"}


def _usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


def test_what_is_expected_of_a_month(system: System) -> None:
    ann, bob = register_manager(system, "Ann"), register_manager(system, "Bob")
    due = {"expectedCloseOn": "2030-01-31"}
    open_deal(system, manager=ann, amount=_usd("200.00"), probability=0.25, **due)
    open_deal(system, manager=bob, amount=_usd("100.00"), probability=0.5, **due)
    open_deal(system, manager=bob, amount=_usd("100.00"), probability=0.5)
    answer = system.ask(FORECAST, period=JANUARY)["forecast"]
    assert (answer["method"], answer["minimumDeals"], answer["currency"]) == ("STAGE", 20, "USD")
    (row,) = answer["rows"]
    assert (row["open"], row["openAmount"], row["weightedAmount"], row["withoutCloseDate"]) == (
        2,
        "300.00",
        "100.00",
        1,
    )
    of_managers = system.ask(FORECAST, period=JANUARY, by="MANAGER")["forecast"]["rows"]
    assert {row["key"]: row["forecastAmount"] for row in of_managers} == {ann: "50.00", bob: "50.00"}
    named = system.ask("{ forecast(groupBy: MANAGER) { rows { key manager { id } team { id } } } }")["forecast"]["rows"]
    assert {(row["key"], row["manager"]["id"], row["team"]) for row in named} == {(ann, ann, None), (bob, bob, None)}
    (learned,) = system.ask(FORECAST, period=JANUARY, method="LEARNED")["forecast"]["rows"]
    assert (learned["weightedAmount"], learned["withoutProbability"]) == ("0.00", 2)
    (own,) = system.ask(FORECAST, role="manager", member=ann, period=JANUARY)["forecast"]["rows"]
    assert (own["open"], own["forecastAmount"]) == (1, "50.00")


def test_what_a_forecast_is_not_given_for(system: System) -> None:
    def code(**asked: Any) -> str:
        return str(system.answer(FORECAST, **asked)["errors"][0]["extensions"]["code"])

    assert code(period={"from": "2030-02-01", "to": "2030-01-01"}) == "INVALID_PERIOD"
    assert code(process=register_manager(system)) in ("NOT_FOUND", "WRONG_KIND")


def test_a_forecast_that_is_kept(system: System) -> None:
    take = "mutation($of: TakeForecastSnapshotInput!) { takeForecastSnapshot(input: $of) { id errors { code field } } }"
    open_deal(system, amount=_usd("200.00"), probability=0.25, expectedCloseOn="2030-01-31")
    kept = system.ask(take, of={"period": JANUARY, "idempotencyKey": "january"})["takeForecastSnapshot"]
    assert kept["errors"] == []
    assert system.ask(take, of={"period": JANUARY, "idempotencyKey": "january"})["takeForecastSnapshot"] == kept
    listed = system.ask(
        "query($period: PeriodInput) { forecastSnapshots(period: $period) { nodes { id from to rows { forecastAmount } } } }",
        period=JANUARY,
    )["forecastSnapshots"]["nodes"]
    assert listed == [{"id": kept["id"], **JANUARY, "rows": [{"forecastAmount": "50.00"}]}]
    backward = system.ask(take, of={"period": {"from": "2030-02-01", "to": "2030-01-01"}})["takeForecastSnapshot"]
    assert backward == {"id": None, "errors": [{"code": "INVALID_PERIOD", "field": ["period", "from"]}]}
