"""Reporting: projections from events alone, and the figures."""
