r"""An escape sequence that a slow line delivers in parts stays one: no part of it is a key, or text in a note.

Textual takes an ESC after which nothing comes for a tenth of a second for the key, and what comes later for typing:
`ESC` and `[<35;10;10M` leave a visit, and write a mouse's way into a note. Its drivers make their parser by a name in
their own module (`XTermParser`), and ask it regularly what has waited too long (`tick`). Ours stands before it, holds a
sequence that has only begun, and hands it on whole. What has waited too long is given up: an ESC is the key then, more
than that is nothing; and a late rest of it is dropped.
"""

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual import constants
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key
from textual.message import Message
from typing_extensions import override

from greenstar.tui.textual_compat.late_replies import BEGUN as REPLY_BEGUN
from greenstar.tui.textual_compat.late_replies import REPLY, without_replies

SSH_DELAY = 0.5  # seconds that an ESC waits over a network, where the user does not say (ESCDELAY)
LATE = 1.0  # seconds within which a rest comes after its beginning was given up

_BEGUN = re.compile(rf"\x1b(\[[0-?]*[ -/]*|[OPX]|{REPLY_BEGUN})?\Z")
_REST = re.compile(rf"\x1b(\[[0-?]*[ -/]*[@-~]|O[P-S])|{REPLY.pattern}")
_HELD_CAPITALS = re.compile(r"\x1b([OPX])(?=\x1b|\Z)")  # they begin sequences as well, but none that goes on with ESC


def outwait_slow_lines(driver: type[Driver], typed: str = "") -> None:
    """From now on the driver reads keys as this module says, first of all what was `typed` before it reads."""
    module: Any = sys.modules[driver.__module__]
    SlowLineParser.typed_before = typed
    if hasattr(module, "XTermParser"):  # the driver that the tests use reads nothing
        module.XTermParser = SlowLineParser


def escape_delay() -> float:
    """Seconds that the rest of a sequence is waited for."""
    over_network = "SSH_CONNECTION" in os.environ and "ESCDELAY" not in os.environ
    return SSH_DELAY if over_network else constants.ESCAPE_DELAY


class SlowLineParser(XTermParser):
    """Textual's parser, which is given whole sequences only."""

    typed_before: ClassVar[str] = ""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._delay = escape_delay()
        self._begun, self._since = "", 0.0
        self._given_up, self._until = "", 0.0
        self._before, SlowLineParser.typed_before = SlowLineParser.typed_before, ""

    @override
    def feed(self, data: str) -> Iterator[Message]:
        if not data:  # the end of input
            yield from super().feed(data)
            return
        before, self._before = self._before, ""
        data = before + without_replies(self._begun + self._without_rest(data))
        begun = _BEGUN.search(data)
        self._begun, self._since = begun.group() if begun is not None else "", time.monotonic()
        whole = data[: begun.start()] if begun is not None else data
        for index, part in enumerate(_HELD_CAPITALS.split(whole)):
            if index % 2:
                yield _alt(part)
            elif part:
                yield from super().feed(part)

    def _without_rest(self, data: str) -> str:
        """What is read, without the rest of a sequence whose beginning was given up."""
        if not self._given_up:
            return data
        sequence, self._given_up = self._given_up + data, ""
        if time.monotonic() > self._until or len(sequence) < len("\x1b[0"):  # one key is somebody's finger
            return data
        rest = _REST.match(sequence)
        if rest is not None:
            return sequence[rest.end() :]
        if _BEGUN.match(sequence):
            self._give_up(sequence)
            return ""
        return data

    @override
    def tick(self) -> Iterable[Message]:
        if self._before:
            before, self._before = self._before, ""
            yield from self.feed(before)
        if self._begun and time.monotonic() >= self._since + self._delay:
            begun, self._begun = self._begun, ""
            self._give_up(begun)
            if begun == "\x1b":
                yield Key("escape", begun)
            elif begun[1] not in "[]":
                yield _alt(begun[1])
        yield from super().tick()

    def _give_up(self, begun: str) -> None:
        self._given_up, self._until = begun, time.monotonic() + LATE


def _alt(capital: str) -> Key:
    return Key(f"alt+{capital.lower()}", None)
