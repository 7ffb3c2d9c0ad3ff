"""`greenstar schema`: the JSON Schema of the scheme format, for editors."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.session import Session
from greenstar.scheme.json_schema import json_schema


@command("schema", about="schema.about", examples=("greenstar schema > scheme.schema.json",))
def schema(session: Session) -> None:
    """Print it, its sentences in the language of the call."""
    output.document(json_schema(session.lang))
