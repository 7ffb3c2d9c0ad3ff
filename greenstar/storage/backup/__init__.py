"""Backups: a database and its evidence in one file, which is verified once it is written, and put back as a whole."""
