"""The command line: one module a family of commands, each loaded only when it is called."""
