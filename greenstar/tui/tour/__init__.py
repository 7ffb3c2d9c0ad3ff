"""A tour that types for itself, on the screens themselves."""
