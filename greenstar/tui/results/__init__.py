"""Scorecard, ranking, comparison, and what a level needs."""
