"""What can be read of claims, one read a file."""
