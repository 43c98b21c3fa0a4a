"""The tables of contacts and what reads and writes them."""
