"""Deals, sales processes and sale terms in the API."""
