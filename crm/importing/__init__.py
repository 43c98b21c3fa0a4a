"""The import of data from files: a client of the public API."""
