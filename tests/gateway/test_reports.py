"""Reports through the gateway."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import utc_now
from chassis.ids import new_id
from tests.gateway.system import System

FUNNEL = """query($p: ID!, $period: PeriodInput, $filter: ReportFilter) { funnel(process: $p, period: $period, filter: $filter) {
  process { key } asOf freshness currency unconverted mostLostAt { key }
  stages { stage { key rank } reached entered open lost reachedAmount lostAmount conversion { value numerator denominator }
    matureConversion { value } lossShare { value } hazard { value } lostDeals(first: 5) { totalCount nodes { title partner { name } } } } } }"""


def ref(id: str) -> dict[str, str]:
    return {"system": "old", "id": id}


@pytest.fixture
def history(system: System) -> System:
    """Three deals of two managers: one won in March, one lost in April at the second stage, one in progress."""
    system.do(
        "importManagers",
        "results { id }",
        rows=[{"externalRef": ref(m), "name": m, "team": "North"} for m in ("Ann", "Bob")],
    )
    system.do("importPartners", "results { id }", rows=[{"externalRef": ref("p"), "name": "Acme"}])
    stages = system.ask("{ salesProcesses { key stages { key } } }")["salesProcesses"]
    second = next(p for p in stages if p["key"] == "manual_sale")["stages"][1]["key"]
    common: dict[str, Any] = {"processKey": "manual_sale", "createdAt": "2017-01-10T00:00:00Z", "partnerRef": ref("p")}
    rows = [
        {**common, "externalRef": ref("1"), "title": "won", "managerRef": ref("Ann"), "amount": {"amount": "100", "currency": "USD"},
         "outcome": {"outcome": "WON", "at": "2017-03-05T00:00:00Z"}},
        {**common, "externalRef": ref("2"), "title": "lost", "managerRef": ref("Bob"), "amount": {"amount": "40", "currency": "USD"},
         "transitions": [{"stage": second, "at": "2017-02-01T00:00:00Z"}],
         "outcome": {"outcome": "LOST", "at": "2017-04-05T00:00:00Z", "reason": "price"}},
        {**common, "externalRef": ref("3"), "title": "open", "managerRef": ref("Ann")},
    ]  # fmt: skip
    results = system.do("importDeals", "results { status errors { message } }", rows=rows)["results"]
    assert [result["status"] for result in results] == ["CREATED"] * 3, results
    return system


def test_outcomes_in_one_row_and_by_month(history: System) -> None:
    one = "{ outcomes { key won lost inProgress wonAmount lostAmount winRate { value numerator denominator } currency unconverted } }"
    (row,) = history.ask(one)["outcomes"]
    assert (row["won"], row["lost"], row["inProgress"], row["wonAmount"], row["currency"]) == (1, 1, 1, "100.00", "USD")
    assert row["winRate"] == {"value": 0.5, "numerator": "1", "denominator": "2"}
    months = history.ask("{ outcomes(groupBy: MONTH) { key won lost inProgress } }")["outcomes"]
    assert {row["key"]: (row["won"], row["lost"]) for row in months if row["key"]} == {
        "2017-03": (1, 0),
        "2017-04": (0, 1),
    }
    march = history.ask('{ outcomes(period: {from: "2017-03-01", to: "2017-04-01"}) { won lost } }')["outcomes"]
    assert march == [{"won": 1, "lost": 0}]


def test_funnel_and_its_lost_deals(history: System) -> None:
    history.asked.clear()
    funnel = history.ask(FUNNEL, p=history.processes["manual_sale"])["funnel"]
    assert funnel["process"] == {"key": "manual_sale"}
    second = funnel["stages"][1]
    assert second["lost"] == 1
    assert second["lostDeals"] == {"totalCount": 1, "nodes": [{"title": "lost", "partner": {"name": "Acme"}}]}
    assert funnel["mostLostAt"] == {"key": second["stage"]["key"]}
    assert funnel["stages"][-1]["conversion"] is None
    asked = [one for one in history.asked if one != "reporting.stage_deals"]
    assert sorted(asked) == [
        "contacts.partners_by_ids",
        "deals.deals_by_ids",
        "deals.processes_by_ids",
        "reporting.funnel",
    ]


def test_how_long_deals_stand_and_the_deals_behind_every_number(history: System) -> None:
    query = """query($p: ID!) { funnel(process: $p) { stages { furthestLost dwell { deals medianDays meanDays p90Days }
      reached: deals(kind: REACHED) { nodes { title } } entered: deals(kind: ENTERED) { nodes { title } }
      open: deals(kind: OPEN) { nodes { title } } gone: deals(kind: FURTHEST_LOST) { nodes { title } } } } }"""
    first, second, *_ = history.ask(query, p=history.processes["manual_sale"])["funnel"]["stages"]
    # the won one stood there 54 days, the lost one 22 and went on
    assert first["dwell"] == {"deals": 2, "medianDays": 38.0, "meanDays": 38.0, "p90Days": 50.8}
    assert second["dwell"] == {"deals": 1, "medianDays": 63.0, "meanDays": 63.0, "p90Days": 63.0}
    assert (first["furthestLost"], second["furthestLost"]) == (0, 1)

    def titles(stage: dict[str, Any], number: str) -> set[str]:
        return {node["title"] for node in stage[number]["nodes"]}

    assert [titles(first, n) for n in ("reached", "entered", "open", "gone")] == [
        {"won", "lost", "open"}, {"won", "lost", "open"}, {"open"}, set(),
    ]  # fmt: skip
    assert [titles(second, n) for n in ("reached", "entered", "open", "gone")] == [
        {"won", "lost"}, {"lost"}, set(), {"lost"},
    ]  # fmt: skip


COMPARISON = """query($p: ID!, $now: PeriodInput!, $before: PeriodInput!) {
  funnelComparison(process: $p, period: $now, comparedWith: $before) {
    funnel { stages { reached } } comparedWith { stages { reached deals(kind: REACHED) { totalCount } } }
    stages { stage { key } reached { now before difference ratio { value numerator denominator } }
      reachedAmount { difference ratio { value } } lossShare { now { value denominator } difference } } } }"""


def test_outcomes_over_time_and_by_partner(history: System) -> None:
    query = """{ outcomesOverTime(period: {from: "2017-01-01", to: "2017-05-01"}, bucket: QUARTER) {
      from to opened won lost inProgress winRateByAmount { value numerator denominator } } }"""
    first, second = history.ask(query)["outcomesOverTime"]
    assert (first["from"], first["to"], first["opened"], first["won"]) == ("2017-01-01", "2017-04-01", 3, 1)
    assert (first["inProgress"], second["inProgress"], second["lost"], second["to"]) == (2, 1, 1, "2017-05-01")
    assert first["winRateByAmount"] == {"value": 1.0, "numerator": "100.00", "denominator": "100.00"}
    (error,) = history.answer(query.replace("2017-05", "2047-05").replace("QUARTER", "DAY"))["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_BUCKETS"
    assert error["message"].endswith("ask by MONTH, or for a shorter period")
    (error,) = history.answer('{ velocity(asOf: "0001-01-01T00:00:00Z") { open } }')["errors"]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("INVALID", ["asOf"])
    (row,) = history.ask("{ outcomes(groupBy: PARTNER) { won partner { name } } }")["outcomes"]
    assert row == {"won": 1, "partner": {"name": "Acme"}}
    rows = history.ask("{ outcomes(groupBy: MANAGER) { key manager { id name } team { id } } }")["outcomes"]
    assert rows and all(row["manager"]["id"] == row["key"] and row["team"] is None for row in rows if row["key"])
    rows = history.ask("{ outcomes(groupBy: TEAM) { key team { id } } }")["outcomes"]
    assert [row["team"] and row["team"]["id"] for row in rows] == [row["key"] for row in rows]


@pytest.mark.parametrize(
    ("bare", "arguments", "fields"),
    [
        ("outcomes", "groupBy: MANAGER", "key manager { id } won"),
        ("outcomesOverTime", 'period: {from: "2017-01-01", to: "2017-05-01"}, bucket: MONTH', "from won inProgress"),
        ("managerPerformance", 'period: {from: "2017-01-01"}', "manager { id } won"),
    ],
)
def test_reports_of_bare_lists_tell_their_moment(history: System, bare: str, arguments: str, fields: str) -> None:
    when = 'asOf: "2017-04-10T00:00:00Z"'
    found = history.ask(
        f"""query($known: DateTime) {{
          rows: {bare}({arguments}, {when}, knownAt: $known) {{ {fields} }}
          report: {bare}Report({arguments}, {when}, knownAt: $known) {{ asOf knownAt freshness rows {{ {fields} }} }}
          live: {bare}Report({arguments}) {{ asOf knownAt }} }}""",
        known=utc_now().isoformat(),
    )
    assert found["rows"] and found["report"]["rows"] == found["rows"]
    assert found["report"]["asOf"] == "2017-04-10T00:00:00Z"
    assert found["report"]["knownAt"] and found["report"]["freshness"]
    assert found["live"]["knownAt"] is None


def test_how_fast_deals_go_and_why_they_are_lost(history: System) -> None:
    answer = history.ask(
        """query($p: ID!) {
          salesCycle { cycle { deals medianDays p90Days } }
          velocity(asOf: "2017-04-10T00:00:00Z") { perDay open won lost meanWonAmount { value denominator } winRate { value }
            cycle { meanDays } }
          now: velocity { perDay won meanWonAmount { value denominator } }
          stageDwell(process: $p) { stages { stage { rank } dwell { deals medianDays } } }
          lossReport(by: LOSS_REASON) { lost lostAmount rows { reason competitor { name } lost share { value }
            amountShare { value } stages { stage { rank } process { key } lost } deals { nodes { title } } } } }""",
        p=history.processes["manual_sale"],
    )
    assert answer["salesCycle"]["cycle"] == {"deals": 1, "medianDays": 54.0, "p90Days": 54.0}
    # one open deal × 100 × 1/2 / 54 days
    assert answer["velocity"] == {
        "perDay": "0.93", "open": 1, "won": 1, "lost": 1, "meanWonAmount": {"value": 100.0, "denominator": "1"},
        "winRate": {"value": 0.5}, "cycle": {"meanDays": 54.0},
    }  # fmt: skip
    assert answer["now"] == {"perDay": None, "won": 0, "meanWonAmount": {"value": None, "denominator": "0"}}
    assert answer["stageDwell"]["stages"][0] == {"stage": {"rank": 1}, "dwell": {"deals": 2, "medianDays": 38.0}}
    assert answer["lossReport"] == {
        "lost": 1, "lostAmount": "40.00", "rows": [{
            "reason": "price", "competitor": None, "lost": 1, "share": {"value": 1.0}, "amountShare": {"value": 1.0},
            "stages": [{"stage": {"rank": 2}, "process": {"key": "manual_sale"}, "lost": 1}],
            "deals": {"nodes": [{"title": "lost"}]},
        }],
    }  # fmt: skip


def test_what_deals_in_progress_ask_for(history: System) -> None:
    answer = history.ask(
        """query($at: DateTime) { unfinishedDealsReport(asOf: $at) { currency rottingDays rows { manager { name }
          workedOn { count amount } needAttention { count } coming { count } oldestAgeDays
          reasons { noNextStep { count } rotting { count } tasksOverdue { count } } clients { prospect { count } existingClient { count } }
          deals(reasons: [ROTTING]) { totalCount nodes { deal { title } state reasons dwellDays ageDays } }
          later: deals(state: COMING) { totalCount } } } }""",
        at="2017-02-11T00:00:00Z",
    )["unfinishedDealsReport"]
    assert (answer["currency"], answer["rottingDays"]) == ("USD", 14)
    rows = {row["manager"]["name"]: row for row in answer["rows"]}
    ann = rows["Ann"]  # as of February, what was won in March is not won yet
    assert ann["workedOn"] == {"count": 2, "amount": "100.00"}
    assert (ann["needAttention"]["count"], ann["coming"]["count"], ann["oldestAgeDays"]) == (2, 0, 32)
    assert ann["reasons"] == {"noNextStep": {"count": 2}, "rotting": {"count": 2}, "tasksOverdue": {"count": 0}}
    assert ann["deals"]["totalCount"] == 2
    assert ann["deals"]["nodes"][0]["reasons"] == ["NO_NEXT_STEP", "ROTTING"]
    assert (ann["deals"]["nodes"][0]["ageDays"], ann["deals"]["nodes"][0]["dwellDays"]) == (32, 32.0)
    assert ann["later"]["totalCount"] == 0
    assert rows["Bob"]["reasons"]["rotting"]["count"] == 0  # it moved ten days ago


def test_funnels_of_two_periods(history: System) -> None:
    january, later = {"from": "2017-01-01", "to": "2017-02-01"}, {"from": "2017-02-01"}
    asked = {"p": history.processes["manual_sale"], "now": later, "before": january}
    found = history.ask(COMPARISON, **asked)["funnelComparison"]
    assert found["comparedWith"]["stages"][0] == {"reached": 3, "deals": {"totalCount": 3}}
    first = found["stages"][0]
    assert first["reached"] == {
        "now": 0, "before": 3, "difference": -3, "ratio": {"value": 0.0, "numerator": "0", "denominator": "3"},
    }  # fmt: skip
    assert first["reachedAmount"] == {"difference": "-140.00", "ratio": {"value": 0.0}}
    assert first["lossShare"] == {"now": {"value": None, "denominator": "0"}, "difference": None}
    swapped = history.ask(COMPARISON, **{**asked, "now": january, "before": later})["funnelComparison"]["stages"][0]
    assert swapped["reached"]["ratio"] == {"value": None, "numerator": "3", "denominator": "0"}


@pytest.mark.parametrize("field", ["period", "comparedWith"])
def test_a_period_that_ends_before_it_begins(history: System, field: str) -> None:
    asked: dict[str, Any] = {"now": {"from": "2017-01-01"}, "before": {"from": "2017-01-01"}}
    asked["now" if field == "period" else "before"] = {"from": "2017-02-01", "to": "2017-01-01"}
    (error,) = history.answer(COMPARISON, p=history.processes["manual_sale"], **asked)["errors"]
    assert error["extensions"]["code"] == "INVALID_PERIOD"
    assert error["extensions"]["field"] == [field, "from"]


@pytest.mark.parametrize("field", ["managers", "teams", "partners", "processes", "segments"])
def test_a_filter_by_an_id_of_another_kind(system: System, field: str) -> None:
    query = f'{{ outcomes(filter: {{{field}: ["{new_id(0x201)}", "{new_id(0x230)}"]}}) {{ won }} }}'
    (error,) = system.answer(query)["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert f"filter.{field}" in error["message"]


def test_segments_and_processes_narrow_reports(history: System) -> None:
    partner = history.ask("{ partners { nodes { id } } }")["partners"]["nodes"][0]["id"]
    made = [
        history.do("registerSegment", "segment { id }", name=name, partners=members)["segment"]["id"]
        for name, members in (("ours", [partner]), ("empty", []))
    ]
    query = "query($f: ReportFilter) { outcomes(filter: $f) { won lost inProgress winRate { value denominator } } }"
    (ours,) = history.ask(query, f={"segments": made[:1]})["outcomes"]
    assert (ours["won"], ours["lost"], ours["inProgress"]) == (1, 1, 1)
    (none,) = history.ask(query, f={"segments": made[1:]})["outcomes"]
    assert none == {"won": 0, "lost": 0, "inProgress": 0, "winRate": {"value": None, "denominator": "0"}}
    (other,) = history.ask(
        query, f={"processes": [next(id for key, id in history.processes.items() if key != "manual_sale")]}
    )["outcomes"]
    assert other["won"] == 0
    (error,) = history.answer(query, f={"processes": [str(new_id(0x201))]})["errors"]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("NOT_FOUND", ["filter", "processes"])


def test_funnel_of_what_is_no_process(system: System) -> None:
    for process in (str(new_id(0x201)), str(new_id(0x202)), "x"):
        answer = system.answer(FUNNEL, p=process)
        assert answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_managers_results(history: System) -> None:
    query = "{ managerPerformance { manager { name } won lost inProgress wonAmount winRate { value } medianCycleDays claimsResolved } }"
    rows = {row["manager"]["name"]: row for row in history.ask(query)["managerPerformance"]}
    assert (rows["Ann"]["won"], rows["Ann"]["inProgress"], rows["Ann"]["medianCycleDays"]) == (1, 1, 54.0)
    assert (rows["Bob"]["lost"], rows["Bob"]["winRate"]) == (1, {"value": 0.0})


def test_filters_go_with_the_report(history: System) -> None:
    ann = next(
        node["id"]
        for node in history.ask("{ managers { nodes { id name } } }")["managers"]["nodes"]
        if node["name"] == "Ann"
    )
    (row,) = history.ask("query($m: ID!) { outcomes(filter: {managers: [$m]}) { won lost } }", m=ann)["outcomes"]
    assert row == {"won": 1, "lost": 0}
    stages = history.ask(FUNNEL, p=history.processes["manual_sale"], filter={"managers": [ann]})["funnel"]["stages"]
    assert stages[1]["lostDeals"]["totalCount"] == 0


def test_claims_and_satisfaction_by_what_they_are_grouped_by(system: System) -> None:
    do = system.do
    ann = do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    partner = do("registerPartner", "partner { id }", name="Acme", manager=ann)["partner"]["id"]
    made = [
        do("registerClaim", "claim { id }", partner=partner, subject="x", cause="GOODS", products=["pump"])["claim"][
            "id"
        ]
        for _ in range(2)
    ]
    do("respondToClaim", "claim { id }", claim=made[0], text="We send another one")
    for claim in made:
        do(
            "resolveClaim",
            "claim { id }",
            claim=claim,
            resolution="Sent",
            rootCause="DEFECT",
            role="manager",
            member=ann,
        )
    do("reopenClaim", "claim { id }", claim=made[1], reason="It leaks, too")
    do("recordSatisfaction", "response { id }", claim=made[0], scale="CSAT", score=5)
    query = """{ claimReport(groupBy: MANAGER) { asOf freshness rows { manager { name } registered resolved reopened open late
      firstResponse { count } resolution { count medianHours } firstResponseCompliance { numerator denominator }
      resolutionCompliance { value } } }
      byProduct: claimReport(groupBy: PRODUCT) { rows { key registered } }
      satisfaction(groupBy: PARTNER) { rows { partner { name } csat { value denominator } nps { value }
        responseRate { numerator denominator } } }
      managerPerformance { manager { name } claimsResolved claimsResolvedInTime { numerator denominator } } }"""
    found = system.ask(query)
    [row] = found["claimReport"]["rows"]
    assert row["resolution"].pop("medianHours") is not None
    assert row == {
        "manager": {"name": "Ann"}, "registered": 2, "resolved": 1, "reopened": 1, "open": 1, "late": 0,
        "firstResponse": {"count": 1}, "resolution": {"count": 1},
        "firstResponseCompliance": {"numerator": "1", "denominator": "1"}, "resolutionCompliance": {"value": 1.0},
    }  # fmt: skip
    assert found["byProduct"]["rows"] == [{"key": "pump", "registered": 2}]
    assert found["satisfaction"]["rows"] == [
        {
            "partner": {"name": "Acme"}, "csat": {"value": 1.0, "denominator": "1"}, "nps": {"value": None},
            "responseRate": {"numerator": "1", "denominator": "2"},
        }
    ]  # fmt: skip
    assert found["managerPerformance"] == [
        {
            "manager": {"name": "Ann"},
            "claimsResolved": 1,
            "claimsResolvedInTime": {"numerator": "1", "denominator": "1"},
        }
    ]
    refused = system.answer('{ claimReport(period: { from: "2026-02-01", to: "2026-01-01" }) { asOf } }')
    assert refused["errors"][0]["extensions"]["code"]
