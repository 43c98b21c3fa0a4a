"""What forecasts are made of, from the tables."""
