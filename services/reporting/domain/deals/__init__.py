"""The rules of deals' figures."""
