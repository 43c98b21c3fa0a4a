"""The rules of claims, in plain Python."""
