"""Partners, their persons and contact points, managers and teams."""
