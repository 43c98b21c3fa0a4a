"""Rates, conversions and totals through the gateway."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.ids import new_id
from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager, register_partner

TODAY = datetime.now(UTC).date().isoformat()
TOTALS = "totals { currency amount count base unconverted }"


def register(system: System, rate: str = "1.5", currency: str = "EUR", role: str = "admin", **more: Any) -> Any:
    rows = [{"currency": currency, "date": TODAY, "rate": rate}]
    give = "results { status id errors { field code } }"
    return system.do("registerExchangeRates", give, role=role, rows=rows, source="ECB", **more)


def test_rates_are_registered_listed_and_used(system: System) -> None:
    assert register(system)["results"][0]["status"] == "CREATED"
    shown = system.ask(
        '{ exchangeRates(currency: "EUR") { totalCount nodes { currency baseCurrency date rate source } } }'
    )
    assert shown["exchangeRates"] == {
        "totalCount": 1,
        "nodes": [{"currency": "EUR", "baseCurrency": "USD", "date": TODAY, "rate": "1.5", "source": "ECB"}],
    }
    tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
    later = system.ask("query($p: PeriodInput) { exchangeRates(period: $p) { nodes { id } } }", p={"from": tomorrow})
    assert later["exchangeRates"]["nodes"] == []
    converted = system.ask(
        """{ known: convert(money: {amount: "2.00", currency: "EUR"}) { amount currency base }
             unknown: convert(money: {amount: "2", currency: "JPY"}) { base }
             early: convert(money: {amount: "2.00", currency: "EUR"}, on: "2020-01-01") { base } }"""
    )
    assert converted == {
        "known": {"amount": "2.00", "currency": "EUR", "base": "3.00"},
        "unknown": {"base": None},
        "early": {"base": None},
    }


def test_rates_registered_under_one_key_have_one_effect(system: System) -> None:
    answers = [register(system, idempotencyKey="once") for _ in range(3)]
    assert [answer["results"][0]["status"] for answer in answers] == ["CREATED"] * 3
    assert len({answer["results"][0]["id"] for answer in answers}) == 1


def test_a_bad_row_says_what_is_wrong(system: System) -> None:
    (result,) = register(system, "-1")["results"]
    assert (result["status"], result["errors"][0]["code"]) == ("REFUSED", "INVALID_RATE")
    answer = system.answer(
        'mutation { registerExchangeRates(input: {rows: [{currency: "EUR", date: "20206-01-01", rate: "1"}]})'
        " { results { status } } }"
    )
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_totals_add_up_by_currency_within_filter_and_reach(system: System) -> None:
    register(system)
    ann, ben = register_manager(system, "Ann"), register_manager(system, "Ben")
    partner = register_partner(system)
    for manager, amount, currency in (
        (ann, "1.00", "EUR"),
        (ann, "2.50", "EUR"),
        (ben, "10.00", "EUR"),
        (ann, "7", "JPY"),
    ):
        open_deal(system, manager=manager, partner=partner, amount={"amount": amount, "currency": currency})
    open_deal(system, manager=ann)
    query = f"query($f: DealFilter) {{ deals(filter: $f, first: 1) {{ {TOTALS} }} }}"
    euros = {"currency": "EUR", "amount": "3.50", "count": 2, "base": "5.25", "unconverted": 0}
    yen = {"currency": "JPY", "amount": "7", "count": 1, "base": "0.00", "unconverted": 1}
    assert system.ask(query, f={"managers": [ann]})["deals"]["totals"] == [euros, yen]
    assert system.ask(query, role="manager", member=ann)["deals"]["totals"] == [euros, yen]
    everything = system.ask(f"query($id: ID!) {{ partner(id: $id) {{ deals {{ {TOTALS} }} }} }}", id=partner)
    assert everything["partner"]["deals"]["totals"][0] == {
        "currency": "EUR", "amount": "13.50", "count": 3, "base": "20.25", "unconverted": 0,
    }  # fmt: skip
    assert system.ask(query, f={"partners": [str(new_id(0x101))]})["deals"]["totals"] == []
