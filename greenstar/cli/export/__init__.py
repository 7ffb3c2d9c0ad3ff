"""How `greenstar export` writes each format."""
