"""What managers did, beside their deals."""
