"""What a terminal sends is read in its own encoding; what cannot be read even so ends nothing.

Textual's drivers decode what they read as UTF-8, strictly, and end the program at the first byte that is none. They
make their decoder by a name in their own module (`getincrementaldecoder`), which is the only place to ask for another
one. The encoding is that of the standard input, which Python takes from the locale, as the terminal does.
"""

import sys
from codecs import IncrementalDecoder, getincrementaldecoder, lookup
from collections.abc import Callable
from typing import Any

from textual.driver import Driver

UNREADABLE = "\ufffd"
"""What stands for bytes that are no text in the terminal's encoding. Nobody types it."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}  # a terminal set to the older ones sends the characters of the newer


_begun: list[IncrementalDecoder] = []  # has read what came before the driver, and goes on in the middle of a character


def read_before(data: bytes) -> str:
    """The text of what came before the driver reads; its decoder goes on where this ends."""
    decoder = _decoder("utf-8")()
    _begun[:] = [decoder]
    return decoder.decode(data)


def decode_as_terminal(driver: type[Driver]) -> None:
    """From now on the driver reads the terminal's encoding, and bytes that are no text in it as `UNREADABLE`."""
    module: Any = sys.modules[driver.__module__]
    if hasattr(module, "getincrementaldecoder"):  # the driver of Windows reads characters, not bytes
        module.getincrementaldecoder = _decoder


def _decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    own = lookup(getattr(sys.__stdin__, "encoding", None) or encoding).name
    kind = getincrementaldecoder(_WIDER.get(own, own))
    return lambda: _begun.pop() if _begun else kind(errors="replace")
