"""Whatever touches private parts of Textual, each with its reason."""
