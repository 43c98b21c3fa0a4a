"""Tables, and the way between rows and the domain."""
