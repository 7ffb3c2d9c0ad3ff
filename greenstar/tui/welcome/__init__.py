"""The first screen on an empty database, and the ways to a sample."""
