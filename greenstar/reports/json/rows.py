"""Rows as JSON, one after the other, so that no list is held however long it is."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from greenstar.text import escaped_json


def list_pieces(values: Iterable[Any], indent: int = 2) -> Iterator[str]:
    """A JSON list in pieces, the same text as of the whole list; `indent` is also the margin of what stands in it."""
    margin, first = " " * indent, True
    for value in values:
        yield ("[\n" if first else ",\n") + margin
        yield escaped_json(json_text(value, indent)).replace("\n", f"\n{margin}")
        first = False
    yield "[]" if first else "\n]"


def json_text(value: Any, indent: int) -> str:
    """JSON in which every number, a Decimal too, stands in plain digits and in full."""
    marked = json.dumps(value, ensure_ascii=False, indent=indent, default=lambda number: f"\0{number:f}\0")
    return re.sub(r'"\\u0000([0-9.-]+)\\u0000"', r"\1", marked)
