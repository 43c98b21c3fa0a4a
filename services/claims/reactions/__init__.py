"""What claims does when it hears of something."""
