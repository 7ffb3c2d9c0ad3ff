"""Whose signatures count here."""
