"""The document of a closed cycle: its leagues, their settings, and the seals that they stand on.

It is RFC 8785's JSON, which other programs can write too; exact figures stand in it as texts (305/4).
"""

from collections.abc import Mapping
from typing import Any

from greenstar.record.canonical import canonical

FORMAT = 1  # of what is sealed


def closing_document(content: Mapping[str, Any]) -> str:
    """The one JSON text of a closing."""
    return canonical({"format": FORMAT, "what": "cycle", **content})
