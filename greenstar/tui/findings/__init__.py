"""The findings of a criterion or a visit."""
