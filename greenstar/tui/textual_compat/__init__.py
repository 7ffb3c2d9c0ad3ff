"""Whatever touches private parts of Textual, or relies on what it does not promise: each with its reason."""
