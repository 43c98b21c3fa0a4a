"""What contacts can be asked, one read a file."""
