"""Hearing of what other services own, to know it by."""
