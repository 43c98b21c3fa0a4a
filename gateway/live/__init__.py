"""Subscriptions: what a client is told as it happens."""
