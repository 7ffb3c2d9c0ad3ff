"""Evidence files on disk, under their SHA-256."""
