"""Scoring: `score(scheme, visit) -> Scorecard`, pure and exact, with a reason for every figure."""
