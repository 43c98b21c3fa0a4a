"""The rules of clients' figures."""
