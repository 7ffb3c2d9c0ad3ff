"""The machine that a person sits at."""
