"""The rules of deals, plain Python: no database, no bus."""
