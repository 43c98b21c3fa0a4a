"""Claims in the API."""
