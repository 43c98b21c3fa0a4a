"""Clients: who looks after them, and what their deals and documents tell."""
