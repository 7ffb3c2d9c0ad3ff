"""One module a family of commands, each loaded only when it is called."""
