"""Partners, managers and teams in the API."""
