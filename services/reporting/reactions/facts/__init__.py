"""Hearing of what happened, to count it."""
