"""What is noted when something is heard; nothing else ever changes a projection."""
