"""Rows as JSON, one after the other, so that no list is held however long it is."""

from collections.abc import Iterable, Iterator
from typing import Any

from greenstar.services.results.documents import json_text
from greenstar.text import escaped_json


def list_pieces(values: Iterable[Any], indent: int = 2) -> Iterator[str]:
    """A JSON list in pieces, the same text as of the whole list; `indent` is also the margin of what stands in it."""
    margin, first = " " * indent, True
    for value in values:
        yield ("[\n" if first else ",\n") + margin
        yield escaped_json(json_text(value, indent)).replace("\n", f"\n{margin}")
        first = False
    yield "[]" if first else "\n]"
