"""Asking clients how satisfied they are, and what they answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.claims.conftest import IMPORTER, Claims, manager


def about_deal(manager_id: Any = None) -> Json:
    deal = new_id(0x202)
    return {"deal_id": deal, "of_deal": {"deal_id": deal, "partner_id": new_id(0x101), "manager_id": manager_id}}


def test_the_latest_answer_of_a_respondent_counts(claims: Claims) -> None:
    deal, person = about_deal(), new_id(0x104)
    now = datetime.now(UTC)
    said = ((3, None, 1), (5, person, 2), (2, person, 3), (4, person, 4))
    for score, respondent, days in said:
        claims.ask(
            "record_satisfaction", IMPORTER, **deal, scale="CSAT", score=score, respondent_id=respondent,
            occurred_at=now - timedelta(days=days),
        )  # fmt: skip
    claims.ask("record_satisfaction", **deal, scale="NPS", score=0, respondent_id=person)
    [page] = claims.ask("satisfaction_of", of="DEAL", ids=[deal["deal_id"]])["pages"]
    assert [(one["scale"], one["score"], one["counts"]) for one in page["nodes"]] == [
        ("NPS", 0, True),
        ("CSAT", 3, True),
        ("CSAT", 5, True),
        ("CSAT", 2, False),
        ("CSAT", 4, False),
    ]
    low = [data for type, data in claims.told() if type == "satisfaction.low"]
    assert [(one["scale"], one["score"], one["deal_id"]) for one in low] == [("NPS", 0, str(deal["deal_id"]))]


def test_an_answer_is_matched_with_who_was_asked(claims: Claims) -> None:
    deal, person = about_deal(), new_id(0x104)
    by_name = claims.ask("request_satisfaction", **deal, scale="CSAT", respondent_id=person)
    anyone = claims.ask("request_satisfaction", **deal, scale="CSAT")
    answers = [
        claims.ask("record_satisfaction", **deal, scale="CSAT", score=4, respondent_id=who)["request_id"]
        for who in (person, new_id(0x104), person)
    ]
    assert answers == [by_name["id"], anyone["id"], None]


def test_a_client_is_asked_once_about_a_claim_and_a_won_deal(claims: Claims) -> None:
    claim = claims.register()
    for _ in range(2):
        claims.ask("resolve_claim", claim_id=claim["id"], resolution="paid")
        claims.ask("reopen_claim", claim_id=claim["id"], reason="no")
    deal, partner = new_id(0x202), new_id(0x101)
    for sequence in (2, 4):
        claims.hear("deals", "deal.won", sequence, deal_id=deal, partner_id=partner, manager_id=None)
    asked = [data for type, data in claims.told() if type == "satisfaction.requested"]
    assert [(one["about_id"], one["scale"], one["automatic"]) for one in asked] == [
        (claim["id"], "CSAT", True),
        (str(deal), "NPS", True),
    ]


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"scale": "CSAT", "score": 0}, "INVALID", ("score",)),
        ({"scale": "NPS", "score": 11}, "INVALID", ("score",)),
        ({"scale": "NPS", "score": 1, "claim_id": new_id(0x301)}, "ONE_SUBJECT", ("deal",)),
    ],
)
def test_what_does_not_fit_is_refused(claims: Claims, asked: Json, code: str, field: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        claims.ask("record_satisfaction", **about_deal(), **asked)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [(code, field)]
    assert claims.told() == []


def test_answers_are_seen_by_whom_they_concern(claims: Claims) -> None:
    ann = new_id(0x102)
    deal = about_deal(ann)
    claims.ask("record_satisfaction", **deal, scale="CSAT", score=5)
    for who, seen in ((manager(ann), 1), (manager(new_id(0x102)), 0)):
        [page] = claims.ask("satisfaction_of", who, of="DEAL", ids=[deal["deal_id"]])["pages"]
        assert len(page["nodes"]) == seen


def test_an_erased_person_keeps_no_words(claims: Claims) -> None:
    deal, person = about_deal(), new_id(0x104)
    claims.ask("record_satisfaction", **deal, scale="CSAT", score=2, respondent_id=person, comment="Ann was rude to me")
    claims.hear("contacts", "person.erased", person_id=person)
    [page] = claims.ask("satisfaction_of", of="DEAL", ids=[deal["deal_id"]])["pages"]
    assert [(one["score"], one["comment"]) for one in page["nodes"]] == [(2, "[erased]")]
