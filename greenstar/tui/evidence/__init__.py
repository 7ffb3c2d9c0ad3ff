"""The evidence of a criterion."""
