"""What contacts does when a moment has come."""
