"""Processes as Mermaid draws them."""

from __future__ import annotations

from dataclasses import replace

from services.deals.domain.diagram import diagram
from services.deals.domain.shipped_processes import FREE_DEAL, MANUAL_SALE, TYPICAL_SALE


def test_stages_in_their_order_with_the_guards_on_the_ways() -> None:
    lines = [line.strip() for line in diagram(TYPICAL_SALE).splitlines()]
    assert lines[0] == "stateDiagram-v2"
    assert "stage_proposal : Proposal" in lines
    assert "[*] --> stage_first_contact" in lines
    assert "stage_qualification --> stage_proposal : client_classified" in lines
    assert "stage_presentation --> stage_agreement" in lines
    assert lines[-1] == "stage_fulfilment --> [*] : won by shipment"


def test_freer_processes() -> None:
    assert "any stage may follow any other" in diagram(MANUAL_SALE)
    assert diagram(FREE_DEAL).splitlines()[-1].strip() == "in_progress --> [*] : won"


def test_a_name_ends_no_statement() -> None:
    first = replace(TYPICAL_SALE.stages[0], name='50% off; it\'s #1 : "best"')
    drawn = diagram(replace(TYPICAL_SALE, stages=(first, *TYPICAL_SALE.stages[1:])))
    (line,) = [line for line in drawn.splitlines() if "off" in line]
    assert line.strip() == "stage_first_contact : 50#37; off#59; it's #35;1 #58; #34;best#34;"
