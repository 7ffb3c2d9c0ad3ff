"""What an event says of before and after, as it stands in the JSON of a result."""

import json
from typing import Any


def read_value(text: str | None) -> Any:
    """The value that an event holds as JSON; None where there was or is nothing."""
    return None if text is None else json.loads(text)
