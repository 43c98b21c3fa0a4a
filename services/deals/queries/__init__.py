"""What the deals service can be asked to tell: SQL straight to rows."""
