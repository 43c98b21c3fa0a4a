"""The rules of managers' figures."""
