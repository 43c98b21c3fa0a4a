"""What resolvers see of a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from chassis.actor import Actor
from gateway.execution.loading import Batches
from gateway.loaders import Loaders
from gateway.services import Services


@dataclass
class Context:
    """Who asks, the services to ask on their behalf, and the loaders that gather the questions."""

    actor: Actor
    services: Services
    batches: Batches = field(default_factory=Batches)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.services, self.batches)
