"""The findings of a visit."""
