"""What a terminal sends may be in another encoding: it is shown as what cannot be read, and ends nothing."""

import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import Any

from textual.driver import Driver


def bear_other_encodings(driver: type[Driver]) -> None:
    """From now on the driver reads bytes that are no UTF-8 as U+FFFD; it would end the program."""
    module: Any = sys.modules[driver.__module__]
    if hasattr(module, "getincrementaldecoder"):
        module.getincrementaldecoder = _bearing


def _bearing(encoding: str) -> Any:
    return partial(getincrementaldecoder(encoding), errors="replace")
