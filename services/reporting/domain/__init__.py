"""What the figures mean: plain Python over facts and small counts."""
