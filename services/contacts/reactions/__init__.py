"""What contacts does when it hears of something, one reaction a file."""
