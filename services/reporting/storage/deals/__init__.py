"""Deals: their facts, where they stand, and the cells counted from both."""
