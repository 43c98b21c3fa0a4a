"""What the deals service does when it hears of something."""
