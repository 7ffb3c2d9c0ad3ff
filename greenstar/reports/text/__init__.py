"""Pages and lines for a person at a terminal or in a pipe."""
