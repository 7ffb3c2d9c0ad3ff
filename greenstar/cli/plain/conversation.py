"""Reads lines from standard input until the visit is left, the input ends, or a script said what cannot be."""

import io
import sys
from collections.abc import Iterator
from shutil import get_terminal_size

from greenstar.cli.framework import output
from greenstar.cli.plain.commands import cut_off, dispatch
from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import window
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.text import MOST_CHARACTERS, cell_width

MOST_TYPED = 2 * MOST_CHARACTERS  # characters of a line
_PROMPT = "> "


def converse(workspace: Workspace, store: str, catalogue: Catalogue, sits: type[Sitting] = Sitting) -> None:
    """A visit line by line. On a terminal one may try again; a script ends at the first line that is not taken.

    `sits`: who takes the lines.
    BadInput: that line, by its number. StorageError: the disk would not. All that was recorded before is kept.
    """
    person = output.somebody_types()
    sitting = sits(open_visit(workspace, store), catalogue, _say)
    window.enter(sitting.visit)
    try:
        sitting.begin()
        for number, line in enumerate(_lines(person=person), 1):
            if not line.endswith("\n"):
                cut_off(sitting, line)
                break
            _take(sitting, line, number, person=person)
            if sitting.over:
                break
        else:
            if person:
                _say("")  # the prompt stands there still
        sitting.say("plain.left")
    except KeyboardInterrupt:
        output.say("")
        sitting.say("plain.left")
        output.finish()
        raise
    finally:
        sitting.leave()


def _say(text: str) -> None:
    """A line of what is told; on a terminal broken between words, as that would break it anywhere."""
    output.say("\n".join(_broken(text, get_terminal_size().columns)) if sys.stdout.isatty() else text)


def _broken(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most so many cells, where its spaces let it."""
    line = ""
    for word in text.split(" "):
        if line and cell_width(line) + 1 + cell_width(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _take(sitting: Sitting, line: str, number: int, *, person: bool) -> None:
    try:
        if len(line) > MOST_TYPED:
            raise NotTaken(Phrase("plain.line_too_long", most=f"{MOST_TYPED:,}"))
        if any("\ud800" <= character <= "\udfff" for character in line):
            raise NotTaken(Phrase("navigation.unreadable"))
        dispatch(sitting, line)
    except StorageError as error:
        if not person:
            raise
        _say(f"! {sitting.catalogue.render(error.message)}")
    except GreenStarError as error:
        if not person or sitting.visit.moved:
            raise BadInput("plain.stopped", line=str(number), why=error.message) from error
        _say(f"! {sitting.catalogue.render(error.message)}")


def _lines(*, person: bool) -> Iterator[str]:
    """The lines of standard input, the last perhaps without an end; of one that is too long, the beginning."""
    stream = sys.stdin
    if stream is None:  # it was closed
        return
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if person else "utf-8", errors="surrogateescape")
    while True:
        if person:
            sys.stdout.write(_PROMPT)
        output.finish()
        line = stream.readline(MOST_TYPED + 2)
        if not line:
            return
        rest = line
        while rest and not rest.endswith("\n") and len(line) > MOST_TYPED:
            rest = stream.readline(MOST_TYPED)
        yield line if rest is line else f"{line}\n"
