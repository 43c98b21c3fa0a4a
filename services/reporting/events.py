"""What reporting publishes: nothing. It only hears, so its database can be rebuilt at any time."""
