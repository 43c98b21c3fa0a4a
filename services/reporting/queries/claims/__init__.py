"""Reports on claims, and on how satisfied clients are."""
