"""Signing what is sealed and stated: the user's own key, and what it signs."""
