"""Cycles that are closed: their leagues are kept as they were."""
