"""What a terminal sends may be in another encoding: it is shown as what cannot be read, and ends nothing.

Textual's drivers decode what they read strictly, and end the program at the first byte that is no UTF-8. They make
their decoder by a name in their own module (`getincrementaldecoder`), which is the only place to ask for another one.
"""

import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import Any

from textual.driver import Driver


def bear_other_encodings(driver: type[Driver]) -> None:
    """From now on the driver reads bytes that are no UTF-8 as U+FFFD."""
    module: Any = sys.modules[driver.__module__]
    if hasattr(module, "getincrementaldecoder"):  # the driver of Windows reads characters, not bytes
        module.getincrementaldecoder = _bearing


def _bearing(encoding: str) -> Any:
    return partial(getincrementaldecoder(encoding), errors="replace")
