"""Reports on managers."""
