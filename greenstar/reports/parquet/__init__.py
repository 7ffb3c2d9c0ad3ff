"""Tables for programs that analyse much at once."""
