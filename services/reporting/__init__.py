"""Reporting: projections from events alone, and the figures."""

PROJECTIONS = "services.reporting.projections:PROJECTIONS"
