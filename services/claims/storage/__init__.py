"""The tables of claims, and what reads and writes them."""
