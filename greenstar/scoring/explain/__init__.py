"""Where every figure came from, and what a level still lacks."""
