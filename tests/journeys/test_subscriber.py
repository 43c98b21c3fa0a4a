"""Another company's system hears of a deal, with no code of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.test_sales_process import deal_in_qualification, look
from tests.support.system import System

SUBSCRIBER = Path(__file__).parents[2] / "examples" / "subscriber.py"


def test_a_plain_amqp_program_gets_the_move_with_old_and_new_stage_owner_and_amount(system: System) -> None:
    if system.amqp_url is None:
        pytest.skip("nobody else reaches the bus inside one process")
    # -I: nothing of this folder is on its path
    program = subprocess.Popen(
        [sys.executable, "-I", str(SUBSCRIBER), "deal.stage_changed", "--timeout", "60"],
        env={"CRM_AMQP_URL": system.amqp_url, "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stderr is not None and program.stdout is not None
        program.stderr.readline()  # it says when it listens
        manager = system.ask('mutation { registerManager(input: {name: "Olga"}) { manager { id } } }')[
            "registerManager"
        ]["manager"]["id"]
        deal = deal_in_qualification(system, manager=manager)
        for line in program.stdout:
            event = json.loads(line)
            if event["subject"] == deal:
                break
        else:
            pytest.fail("the move was not heard")
    finally:
        program.kill()
        program.wait()
    assert (event["old_stage"], event["new_stage"], event["manager_id"]) == ("first_contact", "qualification", manager)
    assert (event["amount"]["amount"], event["amount"]["currency"]) == ("500.00", "USD")
    assert look(system, deal)["stage"] == {"key": "qualification"}
