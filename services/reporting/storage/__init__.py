"""The projections, and how figures get their cells from them."""

from services.reporting.storage.reset import reset

__all__ = ["reset"]
