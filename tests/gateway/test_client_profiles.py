"""Profiles of clients through the gateway."""

from __future__ import annotations

from chassis.ids import new_id
from tests.gateway.system import System

PROFILE = """query($p: ID!, $asOf: DateTime, $period: PeriodInput, $grace: Int) {
  clientProfile(partner: $p, asOf: $asOf, period: $period, graceDays: $grace) {
    partner { name } asOf knownAt freshness currency
    reactions { sent accepted rejected counterOffers deferred noAnswer awaited superseded
      acceptanceRate { value numerator denominator } answered medianLatencyDays
      versions(first: 5) { totalCount nodes { version reaction proposal { number } deal { title } amount { amount base }
        sentAt validUntil respondedAt latencyDays reason competitor { name } deferredUntil } } }
    satisfaction { csat { value } nps { value } responseRate { value } trend { month csat { value } nps { value } } }
    preferences { kind value weight source validFrom validTo }
    drift { value earlier { from to amount apart unconverted } later { categories { category amount share { value } } } }
    punctuality { debtor kind obligations onTime { value } daysLate { value } overdue overdueAmount unconverted }
    realised { revenue orders unconverted margin marginRate { value } costKnown { value } paid paidUnconverted }
    potential { openDeals openAmount weightedAmount unconverted withoutAmount withoutProbability
      openDemand unmetDemand demandAmount demandUnconverted }
  } }"""


def _client(system: System) -> tuple[str, str]:
    made = system.do("registerPartner", "partner { id }", name="Acme", interest="pumps")["partner"]["id"]
    process = system.processes["manual_sale"]
    amount = {"amount": "100", "currency": "USD"}
    deal = system.do("openDeal", "deal { id }", process=process, partner=made, title="Pumps", amount=amount)["deal"][
        "id"
    ]
    return made, deal


def test_the_five_answers_about_a_client(system: System) -> None:
    partner, deal = _client(system)
    price = {"amount": "50", "currency": "USD"}
    lines = [{"product": "pump", "quantity": "2", "price": price}]
    proposal = system.do("sendProposal", "proposal { id }", deal=deal, lines=lines, validUntil="2099-01-01")[
        "proposal"
    ]["id"]
    system.do("recordProposalResponse", "deal { id }", proposal=proposal, response="ACCEPTED", setDealAmount=True)
    system.do("registerPreference", "preference { id }", partner=partner, kind="CATEGORY", value="pumps")
    order = system.do("orderFromProposal", "customerOrder { id }", proposal=proposal)["customerOrder"]["id"]
    system.do("confirmCustomerOrder", "customerOrder { id }", order=order)
    asked = "query($p: ID!) { clientProfile(partner: $p) { asOf } }"
    today = system.ask(asked, p=partner)["clientProfile"]["asOf"][:10]
    shipped = {"number": "S-1", "shippedOn": today, "lines": [{"line": 1, "quantity": "1"}]}
    system.do("registerShipment", "shipment { id }", deal=deal, **shipped)
    profile = system.ask(PROFILE, p=partner)["clientProfile"]
    assert (profile["partner"], profile["currency"], profile["knownAt"]) == ({"name": "Acme"}, "USD", None)
    assert (profile["reactions"]["sent"], profile["reactions"]["accepted"]) == (1, 1)
    assert profile["reactions"]["acceptanceRate"] == {"value": 1.0, "numerator": "1", "denominator": "1"}
    (version,) = profile["reactions"]["versions"]["nodes"]
    assert (version["reaction"], version["deal"], version["amount"]["amount"]) == (
        "ACCEPTED",
        {"title": "Pumps"},
        "100.00",
    )
    assert version["proposal"]["number"].endswith("P1")
    assert [(one["value"], one["source"]) for one in profile["preferences"]] == [("pumps", "STATED")]
    assert (profile["realised"]["revenue"], profile["realised"]["orders"]) == ("50.00", 1)
    assert (profile["potential"]["openAmount"], profile["potential"]["openDemand"]) == ("100.00", 1)
    assert profile["drift"]["later"]["categories"][0]["category"] == "pump"
    assert [(one["debtor"], one["kind"]) for one in profile["punctuality"]][:2] == [
        ("CLIENT", "PAYMENT"),
        ("US", "SHIPMENT"),
    ]
    early = system.ask(PROFILE, p=partner, asOf="2020-01-01T00:00:00Z")["clientProfile"]
    assert (early["reactions"]["sent"], early["potential"]["openDeals"]) == (0, 0)
    rows = "{ partners { nodes { name profile { realised { revenue } } } } }"
    _client(system)
    system.asked.clear()
    assert len(system.ask(rows)["partners"]["nodes"]) == 2
    assert system.asked.count("reporting.client_profiles") == 1


def test_a_profile_is_for_who_looks_after_the_client(system: System) -> None:
    ann, bob = (system.do("importManagers", "results { id }", rows=[{"externalRef": {"system": "o", "id": name}, "name": name}])["results"][0]["id"] for name in ("Ann", "Bob"))  # fmt: skip
    mine = system.do("registerPartner", "partner { id }", role="manager", member=ann, name="Acme")["partner"]["id"]
    one = "query($p: ID!) { clientProfile(partner: $p) { partner { name } } }"
    assert system.ask(one, role="manager", member=ann, p=mine)["clientProfile"]["partner"] == {"name": "Acme"}
    for who, what in ((bob, mine), (ann, str(new_id(0x101))), (ann, str(new_id(0x202))), (ann, "x")):
        (error,) = system.answer(one, role="manager", member=who, p=what)["errors"]
        assert error["extensions"]["code"] == "NOT_FOUND"


def test_what_cannot_be_asked_of_a_profile_says_why(system: System) -> None:
    partner, _ = _client(system)
    (error,) = system.answer(PROFILE, p=partner, grace=400)["errors"]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("INVALID", ["graceDays"])
    assert "365" in error["message"]
    (error,) = system.answer(PROFILE, p=partner, period={"from": "2026-02-01", "to": "2026-01-01"})["errors"]
    assert error["extensions"]["code"] == "INVALID_PERIOD"
    (error,) = system.answer(PROFILE, p=partner, asOf="0001-01-01T00:00:00Z")["errors"]
    assert "1900" in error["message"]


RUN = """id asOf knownAt recordedAt scheduled period { from to } measure aShare bShare xLimit yLimit subPeriod lostAfterDays clientCount
  clients(first: 5) { totalCount nodes { partner { name } place kind abc xyz recencyScore frequencyScore monetaryScore
    revenue margin currency orders unconverted daysSince subPeriods variation } }"""


def test_clients_are_classified_by_runs_that_are_kept(system: System) -> None:
    assert system.ask("{ clientClassification { id } }")["clientClassification"] is None
    _, deal = _client(system)
    _client(system)
    system.do("winDeal", "deal { id }", deal=deal)
    period = {"from": "2026-01-01", "to": "2099-01-01"}
    refused = system.do("classifyClients", "run { id }", period=period)["errors"]
    assert [(one["code"], one["field"]) for one in refused] == [("INVALID_PERIOD", ["period"])]
    first = system.do("classifyClients", f"run {{ {RUN} }}")["run"]
    period["to"] = "2030-01-01"
    made = system.do("classifyClients", f"run {{ {RUN} }}", role="analyst", period=period, measure="ORDERS")
    assert made["errors"] == []
    run = made["run"]
    assert (run["clientCount"], run["clients"]["totalCount"], run["period"], run["aShare"]) == (2, 2, period, "80")
    assert [(one["partner"], one["abc"], one["orders"]) for one in run["clients"]["nodes"]] == [
        ({"name": "Acme"}, "A", 1), ({"name": "Acme"}, None, 0),
    ]  # fmt: skip
    newest = "query($s: ID!) { clientClassification { id movements(since: $s) { totalCount matrix { before after clients } nodes { partner { name } before after } } } }"
    found = system.ask(newest, s=first["id"])["clientClassification"]
    assert found["id"] == run["id"]
    assert found["movements"]["nodes"] == [{"partner": {"name": "Acme"}, "before": None, "after": "A"}]
    runs = system.ask("{ clientClassifications(first: 5) { nodes { id clients(abc: [A]) { totalCount } } } }")
    assert [one["clients"]["totalCount"] for one in runs["clientClassifications"]["nodes"]] == [1, 0]
    one = "query($r: ID!) { clientClassification(run: $r) { measure } node(id: $r) { id } }"
    assert system.ask(one, r=run["id"]) == {"clientClassification": {"measure": "ORDERS"}, "node": {"id": run["id"]}}
    (error,) = system.answer(newest, s=deal)["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    command = "mutation { classifyClients(input: {}) { run { id } } }"
    (error,) = system.answer(command, role="team_lead")["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
