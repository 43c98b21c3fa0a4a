"""Whether deals were won as often as was foretold."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.forecasts.accuracy import BINS, Bin, calibration
from services.reporting.domain.ratio import Ratio
from services.reporting.queries.forecasts.forecast import deals_of
from services.reporting.queries.forecasts.kept import OfSnapshots, understand_kept, until
from services.reporting.queries.report import origin
from services.reporting.storage.forecasts.snapshots import first_of_each_period, foretold_of, select_snapshots
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class ForecastCalibration(OfSnapshots):
    """Ask how good the probabilities were; they are not grouped."""


def forecast_calibration(query: ForecastCalibration, reading: Reading, actor: Actor) -> Json:
    """Give the Brier score (G. W. Brier, 1950) and the reliability by tenths, over the deals that have closed since.

    Of each period that is over the snapshot that was taken first counts; a deal that was expected in several periods counts
    in each. A Brier score is 0 where all was foretold with certainty; null without a deal.
    """
    fresh = freshness(reading.connection)
    asked, scope = understand_kept(query, reading, actor)
    days = query.period
    selected = select_snapshots(
        method=query.method,
        first=days.first if days else None,
        end=days.to if days else None,
        until=until(query, asked),
    )
    kept = first_of_each_period(reading.connection, selected, day_of(asked.moment.as_of, reading.enterprise.zone))
    foretold = foretold_of(reading.connection, [one.id for one in kept], scope)
    found = calibration(deals_of(asked, scope, reading).became(foretold))
    return {
        **origin(asked, fresh.moment),
        "deals": found.deals,
        "brier": float(found.brier) if found.brier is not None else None,
        "bins": [_bin(place, one) for place, one in enumerate(found.bins)],
    }


def _bin(place: int, one: Bin) -> Json:
    return {
        "above": place / BINS,
        "up_to": (place + 1) / BINS,
        "deals": one.deals,
        "foretold": float(one.foretold / one.deals) if one.deals else None,
        "won": Ratio(numerator=one.won, denominator=one.deals).to_json(),
    }
