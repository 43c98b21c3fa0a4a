"""Classify the clients at the beginning of every business month, by the twelve months before it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from chassis.clock import day_of, midnight
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.reporting.commands.classify_clients import ClassifyClients, classify
from services.reporting.domain.clients.sub_periods import SubPeriod, beginning, following

CLASSIFY = "reporting.classify_clients"
"""The timer of the monthly run."""


def next_month(now: datetime, zone: ZoneInfo) -> datetime:
    """Tell when the next business month begins."""
    first = beginning(day_of(now, zone), SubPeriod.MONTH)
    return midnight(following(first, SubPeriod.MONTH), zone)


def classify_monthly(due: Due, tx: Transaction) -> None:
    """Make the run of the month, and set the timer for the next one; months that were slept through are not made up."""
    classify(ClassifyClients(), tx, scheduled=True)
    tx.schedule(CLASSIFY, due.key, next_month(tx.now, tx.enterprise.zone))
