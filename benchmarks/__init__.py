"""What the system costs, as ratios and rates within one run on one machine: `make bench`."""
