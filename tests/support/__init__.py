"""What tests stand on: real servers to run against, and the whole system to talk to."""
