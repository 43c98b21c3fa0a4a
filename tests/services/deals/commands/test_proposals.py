"""Proposals: drafted, sent, revised, answered; each sent version has one response that counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.clock import day_of
from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from chassis.store.timers import Due
from chassis.wire import Json, decode
from services.deals.commands.keep_proposals import EXPIRY
from services.deals.due.expire_proposal import expire_proposal
from tests.services.deals.world import MANAGER, PARTNER, SALES, World, manager_actor

UNTIL = "2999-12-31"
LINE: dict[str, Any] = {"product": "M8", "quantity": "3", "price": {"amount": "9.99", "currency": "USD"}}


def line(amount: str = "9.99", currency: str = "USD", **more: Any) -> dict[str, Any]:
    return LINE | {"price": {"amount": amount, "currency": currency}} | more


def send(world: World, deal: Json, **more: Any) -> Json:
    payload = {"deal_id": deal["id"], "lines": [LINE], "valid_until": UNTIL, **more}
    return world.do("send_proposal", **payload)["proposal"]


def respond(world: World, response: str, **more: Any) -> Json:
    return world.do("record_proposal_response", response=response, **more)["proposal"]


def standing(proposal: Json) -> list[tuple[str, str | None]]:
    return [(v["status"], v["response"] and v["response"]["response"]) for v in proposal["versions"]]


def shown(world: World, proposal: Json) -> Json:
    return world.ask("proposals_by_ids", ids=[proposal["id"]])["nodes"][0]


def timers(world: World) -> list[tuple[str, datetime]]:
    table = world.database.tables.timers
    with world.database.reading() as reading:
        rows = reading.connection.execute(sa.select(table).where(table.c.name == EXPIRY)).all()
    return [(row.key, row.due_at) for row in rows]


def let_end(world: World, key: str, at: datetime) -> None:
    """Let the timer of a version fire at a moment."""
    table = world.database.tables.timers
    with world.database.transaction() as tx:
        tx.now = at
        row = tx.connection.execute(sa.select(table).where(table.c.key == key)).one()
        expire_proposal(Due(name=row.name, key=key, due_at=row.due_at, data=decode(row.data)), tx)


def test_one_call_makes_and_sends_a_proposal(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER), manager_id=new_id(MANAGER))
    answer = world.do(
        "send_proposal", deal_id=deal["id"], lines=[line(discount_percent="10", tax_percent="20")], valid_until=UNTIL
    )
    proposal, (version,) = answer["proposal"], answer["proposal"]["versions"]
    assert answer["deal"]["version"] == deal["version"]
    assert (proposal["number"], proposal["status"]) == (f"{deal['number']}/P1", "SENT")
    assert (version["number"], version["valid_until"], version["note"]) == (1, UNTIL, None)
    money = {"currency": "USD"}
    assert version["totals"] == {
        "discount": money | {"amount": "3.00", "base": "3.00"},
        "net": money | {"amount": "26.97", "base": "26.97"},
        "tax": money | {"amount": "5.39", "base": "5.39"},
        "gross": money | {"amount": "32.36", "base": "32.36"},
    }
    (sold,) = version["lines"]
    assert (sold["product"], sold["quantity"], sold["discount_percent"], sold["tax_percent"]) == ("M8", "3", "10", "20")
    (event,) = world.told("proposal.sent")
    assert (event["proposal_id"], event["proposal_version"], event["sequence"]) == (proposal["id"], 1, 2)
    assert event["amount"] == {"amount": "32.36", "currency": "USD", "base": "32.36"}
    assert (event["deal_id"], event["partner_id"], event["manager_id"], event["process_id"]) == (
        deal["id"], deal["partner_id"], deal["manager_id"], deal["process_id"],
    )  # fmt: skip
    assert (event["sent_at"], event["valid_until"]) == (version["sent_at"], UNTIL)


def test_a_draft_is_changed_and_then_sent(world: World) -> None:
    deal = world.open()
    draft = world.do("draft_proposal", deal_id=deal["id"], lines=[LINE], note="by Friday")
    assert standing(draft) == [("DRAFT", None)]
    changed = world.do(
        "change_proposal",
        proposal_id=draft["id"],
        lines=[line("20", tax_percent="25")],
        note=None,
        prices_include_tax=True,
        expected_version=draft["version"],
    )
    assert (changed["versions"][0]["note"], changed["versions"][0]["totals"]["tax"]["amount"]) == (None, "12.00")
    assert world.told("proposal.sent") == []
    sent = world.do("send_proposal", deal_id=deal["id"], proposal_id=draft["id"], valid_until=UNTIL)["proposal"]
    assert standing(sent) == [("SENT", None)]
    assert sent["versions"][0]["totals"]["gross"]["amount"] == "60.00"
    problem = world.refused("change_proposal", proposal_id=draft["id"], note="late")
    assert (problem.code, problem.field) == ("NOT_A_DRAFT", ("proposal",))


def test_prices_with_tax_become_prices_without_it(world: World) -> None:
    draft = world.do(
        "draft_proposal", deal_id=world.open()["id"], lines=[line("12", tax_percent="20")], prices_include_tax=True
    )
    assert draft["versions"][0]["totals"]["gross"]["amount"] == "36.00"
    changed = world.do("change_proposal", proposal_id=draft["id"], prices_include_tax=False)
    assert changed["versions"][0]["totals"]["gross"]["amount"] == "43.20"


def test_a_revision_supersedes_what_was_not_answered(world: World) -> None:
    deal = world.open()
    first = send(world, deal, note="first")
    revised = world.do("revise_proposal", proposal_id=first["id"], lines=[line("8")])
    assert standing(revised) == [("SENT", None), ("DRAFT", None)]
    assert revised["versions"][1]["note"] == "first"
    assert world.refused("revise_proposal", proposal_id=first["id"]).code == "DRAFT_EXISTS"
    sent = world.do("send_proposal", deal_id=deal["id"], proposal_id=first["id"])["proposal"]
    assert standing(sent) == [("SUPERSEDED", None), ("SENT", None)]
    superseded, told = world.told("proposal.superseded", "proposal.sent")[1:]
    assert (superseded["type"], superseded["proposal_version"]) == ("proposal.superseded", 1)
    assert (told["type"], told["proposal_version"], told["sequence"]) == (
        "proposal.sent", 2, superseded["sequence"] + 1,
    )  # fmt: skip
    problem = world.refused("record_proposal_response", proposal_id=first["id"], number=1, response="ACCEPTED")
    assert (problem.code, problem.field) == ("SUPERSEDED", ("proposal",))
    assert world.refused("send_proposal", deal_id=deal["id"], proposal_id=first["id"]).code == "NOTHING_TO_SEND"


def test_sending_again_with_something_new_makes_the_next_version(world: World) -> None:
    deal = world.open()
    first = send(world, deal)
    respond(world, "COUNTER_OFFER", deal_id=deal["id"], reason="price", comment="10 % less")
    second = send(world, deal, proposal_id=first["id"], lines=[line("9")])
    assert standing(second) == [("RESPONDED", "COUNTER_OFFER"), ("SENT", None)]
    assert second["versions"][1]["totals"]["gross"]["amount"] == "27.00"


def test_an_accepted_proposal_gives_the_deal_its_amount(world: World) -> None:
    deal = world.open()
    send(world, deal)
    answer = world.do("record_proposal_response", deal_id=deal["id"], response="ACCEPTED")
    assert standing(answer["proposal"]) == [("RESPONDED", "ACCEPTED")]
    assert answer["deal"]["amount"] == {"amount": "29.97", "currency": "USD", "base": "29.97"}
    changed, responded = world.told("deal.changed", "proposal.responded")
    assert (changed["changed"], changed["sequence"]) == (["amount"], deal["version"] + 1)
    assert (responded["response"], responded["amount"]["amount"]) == ("ACCEPTED", "29.97")
    assert responded["sent_at"] == answer["proposal"]["versions"][0]["sent_at"]


def test_the_deals_amount_stays_where_that_is_wanted(world: World) -> None:
    deal = world.open()
    send(world, deal)
    answer = world.do("record_proposal_response", deal_id=deal["id"], response="ACCEPTED", set_deal_amount=False)
    assert (answer["deal"]["amount"], answer["deal"]["version"]) == (None, deal["version"])
    assert world.told("deal.changed") == []


def test_accepting_one_supersedes_the_others(world: World) -> None:
    deal = world.open()
    first, second, rejected = send(world, deal), send(world, deal), send(world, deal)
    respond(world, "REJECTED", proposal_id=rejected["id"], reason="price")
    respond(world, "ACCEPTED", proposal_id=first["id"])
    assert standing(shown(world, second)) == [("SUPERSEDED", None)]
    third = send(world, deal, lines=[line("5")])
    respond(world, "ACCEPTED", proposal_id=third["id"])
    assert standing(shown(world, first)) == [("SUPERSEDED", None)]
    assert [r["response"] for r in shown(world, first)["versions"][0]["responses"]] == ["ACCEPTED"]
    assert standing(shown(world, rejected)) == [("RESPONDED", "REJECTED")]
    assert world.deal(deal["id"])["amount"]["amount"] == "15.00"
    assert [event["proposal_id"] for event in world.told("proposal.superseded")] == [second["id"], first["id"]]


def test_the_client_takes_one_of_the_alternatives(world: World) -> None:
    deal = world.open()
    lines = [LINE, line("100", alternative="steel"), line("50", alternative="zinc")]
    sent = send(world, deal, lines=lines)
    (version,) = sent["versions"]
    assert version["totals"] is None
    assert [(one["name"], one["totals"]["gross"]["amount"]) for one in version["alternatives"]] == [
        ("steel", "329.97"), ("zinc", "179.97"),
    ]  # fmt: skip
    assert world.told("proposal.sent")[0]["amount"] is None
    problem = world.refused("record_proposal_response", deal_id=deal["id"], response="ACCEPTED")
    assert (problem.code, problem.details) == ("ALTERNATIVE_REQUIRED", ("steel", "zinc"))
    problem = world.refused("record_proposal_response", deal_id=deal["id"], response="ACCEPTED", alternative="gold")
    assert (problem.code, problem.field) == ("UNKNOWN_ALTERNATIVE", ("alternative",))
    accepted = respond(world, "ACCEPTED", deal_id=deal["id"], alternative="zinc")
    response = accepted["versions"][0]["response"]
    assert (response["alternative"], response["amount"]["amount"]) == ("zinc", "179.97")
    (document,) = world.ask("documents_of_deals", deal_ids=[deal["id"]])["documents"][0]
    assert (document["kind"], document["amount"]["amount"]) == ("PROPOSAL", "179.97")
    assert world.told("proposal.responded")[0]["amount"]["amount"] == "179.97"


def test_a_correction_replaces_the_response_and_keeps_the_former(world: World) -> None:
    deal, rival = world.open(), new_id(PARTNER)
    sent = send(world, deal)
    respond(world, "REJECTED", deal_id=deal["id"], reason="competitor", competitor_id=rival, comment="was cheaper")
    corrected = respond(world, "DEFERRED", proposal_id=sent["id"], deferred_until="2999-01-01")
    (version,) = corrected["versions"]
    assert version["response"]["deferred_until"] == "2999-01-01"
    former, standing_one = version["responses"]
    assert (former["response"], former["comment"]) == ("REJECTED", "was cheaper")
    assert former["replaced_at"] is not None
    assert standing_one["replaced_at"] is None
    first, second = world.told("proposal.responded")
    assert (first["reason"], first["competitor_id"]) == ("competitor", str(rival))
    assert (second["response"], second["deferred_until"]) == ("DEFERRED", "2999-01-01")
    assert second["sequence"] == first["sequence"] + 1
    assert "cheaper" not in str(world.told())


def test_without_a_name_it_is_the_one_that_waits(world: World) -> None:
    deal = world.open()
    payload = {"deal_id": deal["id"], "response": "NO_ANSWER"}
    assert world.refused("record_proposal_response", **payload).code == "NO_OPEN_PROPOSAL"
    first, second = send(world, deal), send(world, deal)
    problem = world.refused("record_proposal_response", **payload)
    assert (problem.code, set(problem.details)) == ("SEVERAL_OPEN_PROPOSALS", {first["id"], second["id"]})
    respond(world, "NO_ANSWER", proposal_id=first["id"])
    assert respond(world, "NO_ANSWER", deal_id=deal["id"])["id"] == second["id"]
    problem = world.refused("record_proposal_response", response="NO_ANSWER")
    assert (problem.code, problem.field) == ("REQUIRED", ("proposal",))


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"response": "REJECTED"}, "REQUIRED", "reason"),
        ({"response": "REJECTED", "reason": "weather"}, "UNKNOWN_REASON", "reason"),
        ({"response": "DEFERRED"}, "REQUIRED", "deferredUntil"),
        ({"response": "DEFERRED", "deferred_until": "2020-01-01"}, "INVALID_DEFERRAL", "deferredUntil"),
        ({"response": "REJECTED", "reason": "price", "deferred_until": UNTIL}, "NOT_APPLICABLE", "deferredUntil"),
        ({"response": "ACCEPTED", "reason": "price"}, "NOT_APPLICABLE", "reason"),
        ({"response": "NO_ANSWER", "alternative": "steel"}, "NOT_APPLICABLE", "alternative"),
        ({"response": "NO_ANSWER", "expected_version": 7}, "CONFLICT", "expectedVersion"),
        ({"response": "PERHAPS"}, "INVALID", "response"),
        ({"response": "NO_ANSWER", "comment": "x" * 1001}, "TOO_LONG", "comment"),
    ],
)
def test_responses_that_cannot_be(world: World, more: dict[str, Any], code: str, field: str) -> None:
    deal = world.open()
    send(world, deal)
    problem = world.refused("record_proposal_response", deal_id=deal["id"], **more)
    assert (problem.code, problem.field) == (code, (field,))


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"lines": []}, "REQUIRED", ("lines",)),
        ({"lines": [line(quantity="-1")]}, "INVALID_QUANTITY", ("lines", "0", "quantity")),
        ({"lines": [LINE, line(discount_percent="300")]}, "INVALID_DISCOUNT", ("lines", "1", "discountPercent")),
        ({"lines": [line(tax_percent="300")]}, "INVALID_TAX", ("lines", "0", "taxPercent")),
        ({"lines": [line(currency="XYZ")]}, "UNKNOWN_CURRENCY", ("lines", "0", "price", "currency")),
        ({"lines": [LINE, line(currency="EUR")]}, "CURRENCY_MISMATCH", ("lines", "1", "price", "currency")),
        ({"lines": [line(product="x" * 201)]}, "TOO_LONG", ("lines", "0", "product")),
        ({"lines": [LINE] * 501}, "TOO_LONG", ("lines",)),
        ({"note": "x" * 4001}, "TOO_LONG", ("note",)),
        ({"note": "a\0b"}, "INVALID", ("note",)),
        ({"valid_until": "2020-01-01"}, "INVALID_VALIDITY", ("validUntil",)),
        ({"valid_until": "9999-12-31"}, "INVALID_VALIDITY", ("validUntil",)),
        ({"valid_until": None}, "REQUIRED", ("validUntil",)),
        ({"proposal_id": new_id(0x218)}, "NOT_FOUND", ("proposal",)),
    ],
)
def test_proposals_that_cannot_be_sent(world: World, more: dict[str, Any], code: str, field: tuple[str, ...]) -> None:
    payload = {"deal_id": world.open()["id"], "lines": [LINE], "valid_until": UNTIL, **more}
    problem = world.refused("send_proposal", **payload)
    assert (problem.code, problem.field) == (code, field)


def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    deal = world.open()
    before = world.footprint()
    lines = [line(quantity="0", discount_percent="-1"), line(currency="XYZ")]
    with pytest.raises(Refused) as refusal:
        world.do("send_proposal", deal_id=deal["id"], lines=lines, valid_until="2020-01-01")
    assert [problem.code for problem in refusal.value.problems] == [
        "INVALID_QUANTITY", "INVALID_DISCOUNT", "UNKNOWN_CURRENCY", "INVALID_VALIDITY",
    ]  # fmt: skip
    assert world.footprint() == before


def test_what_is_sent_is_in_the_currency_of_the_terms_in_force(world: World) -> None:
    partner = new_id(PARTNER)
    deal = world.open(partner_id=partner)
    world.classify(partner, currency="EUR")
    problem = world.refused("send_proposal", deal_id=deal["id"], lines=[LINE], valid_until=UNTIL)
    assert (problem.code, problem.field) == ("CURRENCY_MISMATCH", ("lines", "0", "price", "currency"))
    world.classify(partner, deal_id=deal["id"], currency="USD")
    assert standing(send(world, deal)) == [("SENT", None)]


def test_a_closed_deal_takes_no_new_proposal_but_still_an_answer(world: World) -> None:
    deal = world.open()
    sent = send(world, deal)
    world.do("lose_deal", deal_id=deal["id"], reason="price")
    for refused in (
        world.refused("send_proposal", deal_id=deal["id"], lines=[LINE], valid_until=UNTIL),
        world.refused("draft_proposal", deal_id=deal["id"], lines=[LINE]),
        world.refused("revise_proposal", proposal_id=sent["id"]),
        world.refused("record_proposal_response", proposal_id=sent["id"], response="ACCEPTED"),
    ):
        assert (refused.code, refused.field) == ("DEAL_CLOSED", ("deal",))
    assert standing(respond(world, "REJECTED", proposal_id=sent["id"], reason="price")) == [("RESPONDED", "REJECTED")]


def test_the_end_of_the_last_day_without_an_answer_is_an_answer(world: World) -> None:
    today = day_of(datetime.now(UTC), world.database.enterprise.zone)
    sent = send(world, world.open(), valid_until=today.isoformat())
    ((key, due_at),) = timers(world)
    assert key == sent["versions"][0]["id"]
    assert day_of(due_at, world.database.enterprise.zone) == today + timedelta(days=1)
    before = world.footprint()
    let_end(world, key, due_at - timedelta(seconds=1))
    assert world.footprint() == before
    let_end(world, key, due_at + timedelta(minutes=5))
    (version,) = shown(world, sent)["versions"]
    assert (version["status"], version["response"]["response"], version["response"]["by"]) == (
        "EXPIRED", "NO_ANSWER", "system",
    )  # fmt: skip
    assert datetime.fromisoformat(version["response"]["occurred_at"]) == due_at
    (event,) = world.told("proposal.responded")
    assert event["response"] == "NO_ANSWER"
    assert timers(world) == []


def test_a_late_answer_counts_instead(world: World) -> None:
    sent = send(world, world.open())
    ((key, due_at),) = timers(world)
    let_end(world, key, due_at)
    assert standing(shown(world, sent)) == [("EXPIRED", "NO_ANSWER")]
    late = respond(world, "ACCEPTED", proposal_id=sent["id"])
    assert standing(late) == [("RESPONDED", "ACCEPTED")]
    counts = {one["response"]: one["replaced_at"] is None for one in late["versions"][0]["responses"]}
    assert counts == {"NO_ANSWER": False, "ACCEPTED": True}


def test_an_answer_and_a_successor_take_the_timer_away(world: World) -> None:
    deal = world.open()
    first, second = send(world, deal), send(world, deal)
    assert len(timers(world)) == 2
    respond(world, "COUNTER_OFFER", proposal_id=first["id"])
    assert [key for key, _ in timers(world)] == [second["versions"][0]["id"]]
    again = send(world, deal, proposal_id=second["id"])
    assert [key for key, _ in timers(world)] == [again["versions"][1]["id"]]


def test_imported_facts_have_their_dates_and_set_no_timer(world: World) -> None:
    deal = world.open(occurred_at="2020-01-01T00:00:00Z")
    sent = send(world, deal, occurred_at="2020-01-05T10:00:00Z", valid_until="2020-02-01")
    assert sent["versions"][0]["sent_at"] == "2020-01-05T10:00:00Z"
    assert timers(world) == []
    answered = {"deal_id": deal["id"], "response": "ACCEPTED"}
    problem = world.refused("record_proposal_response", **answered, occurred_at="2020-01-05T09:00:00Z")
    assert (problem.code, problem.field) == ("OCCURRED_BEFORE_LAST_FACT", ("occurredAt",))
    problem = world.refused("record_proposal_response", **answered, occurred_at="2999-01-05T09:00:00Z")
    assert problem.code == "OCCURRED_IN_FUTURE"
    respond(world, "ACCEPTED", deal_id=deal["id"], occurred_at="2020-01-07T10:00:00Z")
    assert [event["occurred_at"] for event in world.told("deal.changed", "proposal.responded")] == [
        "2020-01-07T10:00:00Z"
    ] * 2
    with pytest.raises(Forbidden):
        world.do("record_proposal_response", SALES, **answered, occurred_at="2020-01-08T00:00:00Z")


def test_another_managers_proposals_are_not_there(world: World) -> None:
    me = manager_actor(new_id(MANAGER))
    deal = world.open(manager_id=new_id(MANAGER))
    sent = send(world, deal)
    for refused, field in (
        (world.refused("send_proposal", me, deal_id=deal["id"], lines=[LINE], valid_until=UNTIL), "deal"),
        (world.refused("change_proposal", me, proposal_id=sent["id"], note="x"), "proposal"),
        (world.refused("record_proposal_response", me, proposal_id=sent["id"], response="NO_ANSWER"), "proposal"),
    ):
        assert (refused.code, refused.field) == ("NOT_FOUND", (field,))
    assert world.ask("proposals_by_ids", me, ids=[sent["id"]])["nodes"] == [None]
    assert world.ask("proposals_of_deals", me, deal_ids=[deal["id"]])["proposals"] == [[]]
    assert world.ask("documents_of_deals", me, deal_ids=[deal["id"]])["documents"] == [[]]


def test_proposals_are_documents_of_their_deal(world: World) -> None:
    other, deal = world.open(), world.open()
    first, second = send(world, deal), world.do("draft_proposal", deal_id=deal["id"], lines=[LINE])
    found = world.ask("proposals_of_deals", deal_ids=[other["id"], deal["id"]])["proposals"]
    assert [[one["number"] for one in of_one] for of_one in found] == [[], [first["number"], second["number"]]]
    (documents,) = world.ask("documents_of_deals", deal_ids=[deal["id"]])["documents"]
    today = day_of(datetime.now(UTC), world.database.enterprise.zone).isoformat()
    assert [(one["kind"], one["number"], one["date"]) for one in documents] == [
        ("PROPOSAL", first["number"], today), ("PROPOSAL", second["number"], today),
    ]  # fmt: skip


def test_a_repeated_key_sends_once(world: World) -> None:
    deal = world.open()
    payload = {"deal_id": deal["id"], "lines": [LINE], "valid_until": UNTIL}
    assert world.do("send_proposal", key="k", **payload) == world.do("send_proposal", key="k", **payload)
    assert len(world.told("proposal.sent")) == 1
