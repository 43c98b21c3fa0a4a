"""The five questions about clients: how they react, how satisfied they are, what they prefer, how exactly obligations are met, what they bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.period import Period
from services.reporting.queries.clients import sections
from services.reporting.queries.report import Days, in_major_units, require_past, visible_managers
from services.reporting.storage.clients.deals import Sold, deals_of
from services.reporting.storage.clients.reach import family_seen
from services.reporting.storage.freshness import freshness
from services.reporting.storage.rates import DatedRates
from services.reporting.storage.scope import Moment

_YEAR = 365  # days


@dataclass(frozen=True, kw_only=True)
class OfClients:
    """What is asked of the figures of clients: of when, and of which days; all days, where no period is given."""

    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None
    period: Days | None = None


@dataclass(frozen=True, kw_only=True)
class ClientProfiles(OfClients):
    """Ask for profiles of clients. `compared_with` is the period from which preferences may have drifted; `grace_days` are given to obligations."""

    partner_ids: Annotated[list[UUID], Field(max_length=1000)]
    compared_with: Days | None = None
    grace_days: Annotated[int, Field(ge=0, le=365)] = 0


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client as a moment shows it: the partners that are this one, and its deals with those merged into them."""

    family: frozenset[UUID]
    sold: Sequence[Sold]

    @property
    def deal_ids(self) -> list[UUID]:
        """All deals, whose documents are the client's."""
        return [deal_id for one in self.sold for deal_id in one.deal_ids]


@dataclass(frozen=True, kw_only=True)
class When:
    """Of when figures are: the moment and its business day, the period, and the two that drift is between."""

    moment: Moment
    today: date
    period: Period
    days: Days
    later: Days
    earlier: Days


def client_profiles(query: ClientProfiles, reading: Reading, actor: Actor) -> Json:
    """Give the profile of each partner, null for one that is not there for the actor, in the order of the partners.

    A merged partner has the profile of the one that it turned out to be. Raise Refused for a period that ends before it begins.
    """
    fresh = freshness(reading.connection)
    when = _when(query, reading)
    managers = visible_managers(actor, reading)
    profiles = []
    for partner_id in query.partner_ids:
        family = family_seen(reading.connection, partner_id, managers)
        profile = _profile(family, when, query, reading) if family is not None else None
        if profile is not None:
            profile |= {"partner_id": partner_id, "as_of": when.moment.as_of, "known_at": when.moment.known_at}
            profile |= {"freshness": fresh.moment, "currency": reading.enterprise.base_currency}
        profiles.append(profile)
    return {"profiles": profiles}


def understand_moment(query: OfClients, reading: Reading) -> tuple[Moment, date, Period]:
    """Find out of when figures are asked for; raise Refused for a moment that has not come or is too long ago, or a period that ends before it begins."""
    require_past(query.as_of, query.known_at, reading.now)
    moment = Moment(as_of=query.as_of or reading.now, known_at=query.known_at)
    days = query.period or Days()
    period = Period.of_days(days.first, days.to, reading.enterprise.zone)
    return moment, day_of(moment.as_of, reading.enterprise.zone), period


def client_of(reading: Reading, moment: Moment, family: frozenset[UUID]) -> Client:
    """Read the deals of a client."""
    return Client(family=family, sold=deals_of(reading.connection, moment, family))


def _when(query: ClientProfiles, reading: Reading) -> When:
    moment, today, period = understand_moment(query, reading)
    days = query.period or Days()
    later = days if days.first is not None and days.to is not None else _year_until(today)
    return When(
        moment=moment, today=today, period=period, days=days, later=later,
        earlier=query.compared_with or _just_before(later),
    )  # fmt: skip


def _year_until(today: date) -> Days:
    end = today + timedelta(days=1)
    return Days(first=_back(end, _YEAR), to=end)


def _just_before(days: Days) -> Days:
    assert days.first is not None and days.to is not None
    return Days(first=_back(days.first, (days.to - days.first).days), to=days.first)


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _profile(family: frozenset[UUID], when: When, query: ClientProfiles, reading: Reading) -> dict[str, Any]:
    client = client_of(reading, when.moment, family)
    rates = DatedRates(reading.connection, reading.enterprise, when.moment.known_at)
    sales = sections.sales(reading, when.moment, client.sold, rates)
    connection, currency = reading.connection, reading.enterprise.base_currency

    def money(minor: int) -> str:
        return in_major_units(minor, currency)

    return {
        "reactions": sections.reactions(connection, when.moment, client.deal_ids, when.period),
        "satisfaction": sections.satisfaction(reading, when.moment, family, when.period),
        "preferences": sections.preferences(connection, family, when.today, when.moment.known_at),
        "drift": sections.drift_between(sales, when.earlier, when.later, reading.enterprise.zone, money),
        "punctuality": sections.punctuality_of(
            connection, when.moment, client.deal_ids, when.days, when.today, query.grace_days, money, rates
        ),
        "realised": sections.realised_of(reading, when.moment, client.deal_ids, sales, when.period, money, rates),
        "potential": sections.potential_of(reading, when.moment, family, client.sold, money),
    }
