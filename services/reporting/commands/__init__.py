"""What reporting is asked to put on record: it owns nothing but the runs of its own figures."""
