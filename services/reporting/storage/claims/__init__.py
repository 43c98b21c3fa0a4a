"""Claims, counted."""
