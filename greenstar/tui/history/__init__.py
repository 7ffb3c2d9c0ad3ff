"""The history of a visit."""
