"""What contacts can be asked to do, one use case a file."""
