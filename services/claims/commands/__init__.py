"""What can be asked of claims, one use case a file."""
