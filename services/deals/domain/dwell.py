"""How long a deal has stood at its stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.deals.domain.transition import Transition, TransitionKind


@dataclass(frozen=True, kw_only=True)
class Dwell:
    """Since when a deal has stood at its stage, and the seconds of all earlier visits, by stage.

    A deal that is closed stands at none: the time until it is reopened counts nowhere. Nor does the time on hold: `held` is
    since when it waits, and resuming moves `since` on by as much.
    """

    stage: str | None = None
    since: datetime | None = None
    earlier: Mapping[str, int] = field(default_factory=dict)
    held: datetime | None = None

    def after(self, transition: Transition) -> Dwell:
        """Give what a transition makes of it."""
        if transition.kind is TransitionKind.HELD:
            return replace(self, held=transition.occurred_at)
        if transition.kind is TransitionKind.RESUMED:
            return self._resumed(transition.occurred_at)
        if transition.kind in (TransitionKind.WON, TransitionKind.LOST):
            return Dwell(earlier=self._until(transition.occurred_at))
        if transition.kind is TransitionKind.PROCESS_CHANGED:
            return self._elsewhere(transition)
        if transition.to_stage is None:
            return self
        at = transition.occurred_at
        return Dwell(stage=transition.to_stage.key, since=at, earlier=self._until(at))

    def exceeded_at(self, allowed_days: int | None) -> datetime | None:
        """Tell when all visits to the present stage will have lasted so many days; None where that is without bound."""
        if allowed_days is None or self.since is None or self.stage is None:
            return None
        return self.since + timedelta(days=allowed_days) - timedelta(seconds=self.earlier.get(self.stage, 0))

    def _elsewhere(self, transition: Transition) -> Dwell:
        """Go on in another version, where visits count on, or in another process, where they begin anew."""
        old, new, stage = transition.from_process, transition.to_process, transition.to_stage
        same = old is not None and new is not None and old.key == new.key
        earlier = self._until(transition.occurred_at) if same else {}
        held = transition.occurred_at if self.held else None
        if stage is None:
            return Dwell(earlier=earlier, held=held)
        return Dwell(stage=stage.key, since=transition.occurred_at, earlier=earlier, held=held)

    def _resumed(self, at: datetime) -> Dwell:
        if self.held is None or self.since is None:
            return replace(self, held=None)
        return replace(self, since=self.since + (at - max(self.held, self.since)), held=None)

    def _until(self, at: datetime) -> dict[str, int]:
        if self.stage is None or self.since is None:
            return dict(self.earlier)
        visit = max(0, int(((self.held or at) - self.since).total_seconds()))
        return {**self.earlier, self.stage: self.earlier.get(self.stage, 0) + visit}
