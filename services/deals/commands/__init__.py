"""What the deals service can be asked to do: one use case a file."""
