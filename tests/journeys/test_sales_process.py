"""The rules of the sales processes, as a client of the API meets them."""

from __future__ import annotations

from typing import Any

from chassis.clock import utc_now
from tests.support.system import System


def test_entering_proposal_without_sale_terms_is_refused_and_names_the_guard(system: System) -> None:
    deal = deal_in_qualification(system)
    errors = move(system, deal, "proposal")["errors"]
    assert [(error["code"], error["details"]) for error in errors] == [("GUARDS_UNMET", ["client_classified"])]


def test_a_refused_move_changes_nothing_and_tells_nobody(system: System) -> None:
    deal = deal_in_qualification(system)
    before = look(system, deal)
    assert move(system, deal, "proposal")["errors"]
    assert look(system, deal) == before


def test_after_registering_sale_terms_proposal_is_entered(system: System) -> None:
    partner = new_partner(system)
    deal = deal_in_qualification(system, partner)
    register_sale_terms(system, partner)
    answer = move(system, deal, "proposal")
    assert answer["errors"] == []
    assert answer["deal"]["stage"] == {"key": "proposal"}


def test_skipping_a_stage_is_refused(system: System) -> None:
    deal = deal_in_qualification(system)
    assert codes(move(system, deal, "presentation")) == ["NOT_NEXT_STAGE"]


def test_winning_without_a_shipment_is_refused(system: System) -> None:
    deal = deal_in_qualification(system)
    assert codes(win(system, deal)) == ["SHIPMENT_REQUIRED"]


def test_the_shipment_that_completes_the_order_wins_the_deal(system: System) -> None:
    partner = new_partner(system)
    deal = deal_in_qualification(system, partner)
    register_sale_terms(system, partner)
    for stage in remaining_stages(system, "CONTROLLED", after="qualification"):
        meet_guards(system, deal, stage)
        assert move(system, deal, stage)["errors"] == []
    shipment = {"deal": deal, "number": "S-1", "shippedOn": f"{utc_now():%F}", "complete": True}
    answer = system.ask(
        "mutation($input: RegisterShipmentInput!) { registerShipment(input: $input) { errors { code message } } }",
        input=shipment,
    )
    assert answer["registerShipment"]["errors"] == []
    assert look(system, deal)["outcome"] == "WON"


def test_a_won_deal_makes_its_partner_a_client(system: System) -> None:
    partner = new_partner(system)
    deal = open_deal(system, "MANUAL", partner)
    assert win(system, deal)["errors"] == []
    query = "query($id: ID!) { partner(id: $id) { roles } }"
    system.eventually(lambda: system.ask(query, id=partner)["partner"]["roles"] == ["CLIENT"])


def test_a_manual_process_allows_any_move(system: System) -> None:
    deal = open_deal(system, "MANUAL")
    stages = stages_of(system, "MANUAL")
    for stage in (stages[-1], stages[0], stages[2], stages[1]):
        assert move(system, deal, stage)["errors"] == []
    assert look(system, deal)["stage"] == {"key": stages[1]}


def test_an_unmanaged_process_has_no_stages_to_move_to(system: System) -> None:
    deal = open_deal(system, "UNMANAGED")
    assert codes(move(system, deal, "proposal")) == ["NO_STAGES"]


def new_partner(system: System) -> str:
    """Register a prospect and give its id."""
    answer = system.ask(
        """mutation { registerPartner(input: {name: "Orchard Ltd", roles: [PROSPECT]}) {
          partner { id } errors { code message } } }"""
    )["registerPartner"]
    assert answer["errors"] == []
    found: str = answer["partner"]["id"]
    return found


def process_of(system: System, control: str) -> Any:
    """Give the shipped process of a control mode."""
    processes = system.ask("{ salesProcesses { id control stages { key rank } } }")["salesProcesses"]
    return next(process for process in processes if process["control"] == control)


def stages_of(system: System, control: str) -> list[str]:
    """Give the keys of a process's stages, in order."""
    return [stage["key"] for stage in sorted(process_of(system, control)["stages"], key=lambda stage: stage["rank"])]


def remaining_stages(system: System, control: str, *, after: str) -> list[str]:
    """Give the keys of the stages that follow one."""
    stages = stages_of(system, control)
    return stages[stages.index(after) + 1 :]


def open_deal(system: System, control: str, partner: str | None = None, manager: str | None = None) -> str:
    """Open a deal of 500 dollars in the process of a control mode and give its id."""
    fields = {
        "process": process_of(system, control)["id"],
        "title": "Twelve ladders",
        "partner": partner,
        "manager": manager,
    }
    answer = system.ask(
        "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id } errors { code message field } } }",
        input={**fields, "amount": {"amount": "500.00", "currency": "USD"}},
    )["openDeal"]
    assert answer["errors"] == []
    found: str = answer["deal"]["id"]
    return found


def deal_in_qualification(system: System, partner: str | None = None, manager: str | None = None) -> str:
    """Open a CONTROLLED deal and bring it to where the client is known; the deals service hears of partners by events."""
    deal = open_deal(system, "CONTROLLED", partner or new_partner(system), manager)
    if look(system, deal)["stage"]["key"] != "qualification":
        system.eventually(lambda: move(system, deal, "qualification")["errors"] == [])
    return deal


def move(system: System, deal: str, stage: str) -> Any:
    """Ask that a deal enter a stage, and give the answer."""
    return system.ask(
        """mutation($input: MoveDealInput!) { moveDeal(input: $input) {
          deal { id stage { key } } errors { code message field details } } }""",
        input={"deal": deal, "stage": stage},
    )["moveDeal"]


def meet_guards(system: System, deal: str, stage: str) -> None:
    """Do what the guards of a stage ask for: ladders are offered, taken and ordered."""
    ladders = {"product": "ladder", "quantity": "12", "price": {"amount": "41.50", "currency": "USD"}}
    if stage == "presentation":
        do(system, "sendProposal", deal=deal, lines=[ladders], validUntil="2099-12-31")
    if stage == "preparation":
        do(system, "recordProposalResponse", deal=deal, response="ACCEPTED")
    if stage == "fulfilment":
        proposals = system.ask("query($id: ID!) { deal(id: $id) { proposals { id } } }", id=deal)["deal"]["proposals"]
        order = do(system, "orderFromProposal", "customerOrder { id }", proposal=proposals[0]["id"])
        do(system, "confirmCustomerOrder", order=order["customerOrder"]["id"])


def do(system: System, mutation: str, give: str = "", **input: Any) -> Any:
    """Run a mutation that is not refused and give its payload."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {give} errors {{ code message }} }} }}"
    payload = system.ask(query, input=input)[mutation]
    assert payload["errors"] == []
    return payload


def win(system: System, deal: str) -> Any:
    """Ask that a deal be won, and give the answer."""
    return system.ask(
        "mutation($input: WinDealInput!) { winDeal(input: $input) { deal { outcome } errors { code message } } }",
        input={"deal": deal},
    )["winDeal"]


def register_sale_terms(system: System, partner: str) -> None:
    """Register terms that hold now."""
    answer = system.ask(
        "mutation($input: RegisterSaleTermsInput!) { registerSaleTerms(input: $input) { errors { code message } } }",
        input={"partner": partner, "currency": "USD", "validFrom": "2020-01-01", "validTo": "2099-12-31"},
    )["registerSaleTerms"]
    assert answer["errors"] == []


def look(system: System, deal: str) -> Any:
    """Read the state of a deal."""
    return system.ask(
        "query($id: ID!) { deal(id: $id) { id version outcome stage { key } history { __typename } } }", id=deal
    )["deal"]


def codes(answer: Any) -> list[str]:
    """Give the codes of an answer's errors."""
    return [error["code"] for error in answer["errors"]]
