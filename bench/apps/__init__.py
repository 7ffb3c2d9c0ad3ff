"""Small programs that are timed as whole processes."""
