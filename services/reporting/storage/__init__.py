"""The projections, and how figures get their cells from them."""
