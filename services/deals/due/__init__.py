"""What the deals service does when a moment has come."""
