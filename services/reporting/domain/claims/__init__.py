"""The rules of claims' figures."""
