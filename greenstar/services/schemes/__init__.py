"""Schemes as use cases: found, checked, compared, tried out on stored visits."""
