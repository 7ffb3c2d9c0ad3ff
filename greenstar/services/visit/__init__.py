"""One visit: opened, answered, undone, submitted, decided."""
