"""Reports on clients."""
