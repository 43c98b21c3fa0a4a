"""Claims: what clients complain about, who works on it and how it ended."""
