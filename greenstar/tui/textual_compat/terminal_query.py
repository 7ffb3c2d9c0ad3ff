r"""The terminal is asked once, before the program begins, whether it is light or dark and how wide our signs are.

One write holds all questions. A cursor report, which every terminal gives, ends the answers, so that nobody waits for
one that does not come: some terminals (and tmux, which answers for itself) say nothing of their colours. What is typed
meanwhile is kept for the program, an answer that comes later is dropped by the parser (`late_replies`).
"""

import os
import re
import select
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TextIO

from rich.console import Console

from greenstar.tui.textual_compat.late_replies import REPLY

WAIT = 0.1  # seconds for all answers
SIGNS = "━─…◐"  # each is one cell wide, or two where the terminal is set to a Chinese width of ambiguous signs
SIMPLE_TERMINALS = ("linux", "dumb")

_ASK = "\x1b7\r\x1b]11;?\x1b\\{}\x1b[6n\r\x1b[K\x1b8"
_CURSOR = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")
_COLOUR = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_MIDDLE = 0.5  # of all brightness


@dataclass(frozen=True)
class Terminal:
    """What is known of the terminal."""

    dark: bool | None = None
    """Whether its ground is dark; None: it does not say."""
    simple: bool = False
    """Whether it cannot draw signs beyond ASCII one cell wide, or cannot be sent them."""
    typed: bytes = b""
    """What was typed meanwhile."""
    few_colours: bool = False
    """Whether it has sixteen colours and no more, as far as its environment tells."""


def ask_terminal(wait: float = WAIT) -> Terminal:
    """Ask the terminal at the standard input, unless there is none, or one that is known to answer nothing."""
    return replace(_asked(wait), few_colours=Console(force_terminal=True).color_system == "standard")


def _asked(wait: float) -> Terminal:
    if _name() in SIMPLE_TERMINALS:
        return Terminal(simple=True)
    keyboard, screen = sys.__stdin__, drawn_on()
    signs = SIGNS if can_write(SIGNS, encoding_of(screen)) else ""
    unasked = Terminal(simple=not signs)
    if sys.platform == "win32" or keyboard is None or screen is None or not (keyboard.isatty() and screen.isatty()):
        return unasked
    with suppress(OSError):
        terminal = read_answers(_ask(keyboard.fileno(), screen.fileno(), signs, wait))
        return replace(terminal, simple=terminal.simple or unasked.simple)
    return unasked


def _name() -> str:
    """As the environment has it. Windows sets none; of its two terminals, the one that draws all signs says so."""
    return os.environ.get("TERM") or ("windows" if "WT_SESSION" in os.environ else "dumb")


def drawn_on() -> TextIO | None:
    """What Textual's driver draws on; None: the program has no such stream."""
    return sys.__stdout__ if sys.platform == "win32" else sys.__stderr__


def encoding_of(screen: object) -> str:
    """What a stream writes texts in."""
    return getattr(screen, "encoding", None) or "utf-8"


def can_write(text: str, encoding: str) -> bool:
    """Whether a terminal of that encoding can be sent a text: one in GBK has Chinese, and few of our signs."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _ask(keyboard: int, screen: int, signs: str, wait: float) -> bytes:
    """All that comes until the cursor report, or for as long as one waits; `signs`: those whose width is asked."""
    import termios  # noqa: PLC0415 - not on Windows

    before = termios.tcgetattr(keyboard)
    quiet: list[Any] = [*before]
    quiet[3] &= ~(termios.ICANON | termios.ECHO)
    read, until = b"", time.monotonic() + wait
    termios.tcsetattr(keyboard, termios.TCSANOW, quiet)  # at once: what is typed already is kept
    try:
        os.write(screen, _ASK.format(signs).encode())
        while not _CURSOR.search(read) and (left := until - time.monotonic()) > 0:
            if select.select([keyboard], [], [], left)[0]:
                part = os.read(keyboard, 4096)
                if not part:
                    break
                read += part
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    return read


def read_answers(read: bytes) -> Terminal:
    """What was read, taken apart; what is no answer was typed."""
    colour, cursor = _COLOUR.search(read), _CURSOR.search(read)
    column = int(cursor[1]) if cursor is not None else 1 + len(SIGNS)
    typed = read if cursor is None else read[: cursor.start()] + read[cursor.end() :]
    return Terminal(
        dark=None if colour is None else _brightness(*colour.groups()) < _MIDDLE,
        simple=column > 1 + len(SIGNS),
        typed=_ANSWER.sub(b"", typed),
    )


def _brightness(*parts: bytes) -> float:
    """How bright a colour looks, from 0 to 1; each part is a hexadecimal share of its own length."""
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in parts)
    return float(0.299 * red + 0.587 * green + 0.114 * blue)


_ANSWER = re.compile(REPLY.pattern.encode())
