"""The one writer to standard output, and the one to standard error.

Results go to standard output and nothing else does. Whatever can go wrong with a stream is dealt with here.
"""

import errno
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from greenstar.errors import StorageError, reason_of
from greenstar.reports.text.page import Block, plain
from greenstar.text import escaped_json, terminal_text

_LINES = 500  # that are written at once
_PIECE = 1 << 20  # bytes


class ReaderGone(Exception):
    """Whoever read standard output (`| head`) has what it wanted: end quietly."""


def prepare() -> None:
    """Make the streams fit to write to, whatever the terminal, the pipe or the shell made of them.

    A closed stream is replaced by nothing (and its number taken, so that no database gets it). Into a pipe or file
    goes UTF-8; on a terminal, what its encoding cannot write is escaped instead of failing.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (open until the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def finish() -> None:
    """Write out what is still in hand."""
    with _may_fail():
        sys.stdout.flush()


def say(text: str) -> None:
    """Lines of the result."""
    with _may_fail():
        sys.stdout.write(terminal_text(text) + "\n")


def note(text: str) -> None:
    """A line on standard error: a note, progress, an error."""
    try:
        sys.stderr.write(terminal_text(text) + "\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody listens; the exit code still tells


def draw(page: Iterable[Block]) -> None:
    """A page of the result: drawn on a terminal, plain text elsewhere."""
    parts = list(page)
    if not is_read_by_a_person():
        lines = plain(parts)
        while some := list(islice(lines, _LINES)):  # a hundred thousand one by one would take a while
            say("\n".join(some))
        return
    from greenstar.reports.text.console import draw as drawn  # noqa: PLC0415  (rich, only where a person looks)

    with _may_fail():
        sys.stdout.write(drawn(parts, sys.stdout))


def is_read_by_a_person() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout.isatty()


def document(value: Any) -> None:
    """The whole result as one JSON document."""
    say(escaped_json(json.dumps(value, ensure_ascii=False, indent=2)))


def data(content: bytes, target: str) -> None:
    """Finished bytes to standard output (`-`) or into a file, which is replaced only once all is written.

    BadInput, StorageError: it cannot be that file.
    """
    if target == "-":
        with _may_fail():
            _write(sys.stdout, content)
        return
    from greenstar.storage.user_file import write_user_file  # noqa: PLC0415  (only where there is a file to write)

    write_user_file(target, content)


@contextmanager
def pieces(target: str, *, whole: bool = False) -> Iterator[IO[bytes]]:
    """Where a long result is written piece by piece: standard output (`-`), or a file, as `data` writes it.

    `whole`: it is gone back and forth in, as in a file, so to standard output it goes when all of it is there.
    """
    if target != "-":
        from greenstar.storage.user_file import user_file  # noqa: PLC0415  (only where there is a file to write)

        with user_file(target) as file:
            yield file
    elif not whole:
        yield cast("IO[bytes]", _StandardOutput())
    else:
        with tempfile.NamedTemporaryFile(prefix="greenstar-") as file:
            yield cast("IO[bytes]", file)
            file.seek(0)
            shutil.copyfileobj(file, _StandardOutput(), _PIECE)


class _StandardOutput:
    """Standard output for bytes."""

    def write(self, piece: bytes) -> int:
        """Write a piece that ends where a character does, or of no text at all."""
        with _may_fail():
            _write(sys.stdout, piece)
        return len(piece)


def somebody_types() -> bool:
    """Whether input comes from a person at a terminal, who can be asked and may try again; and not from a script."""
    return sys.stdin is not None and sys.stdin.isatty()


def is_terminal() -> bool:
    """Whether a person sits at both ends, so that a screen can be opened."""
    return somebody_types() and sys.stdout.isatty()


def can_draw() -> bool:
    """Whether a screen can be drawn on that terminal: one that calls itself dumb moves no cursor."""
    return is_terminal() and os.environ.get("TERM") not in ("dumb", "unknown")


def _write(stream: IO[str], content: bytes) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.flush()
        stream.buffer.write(content)
    else:
        stream.write(content.decode("utf-8"))


@contextmanager
def _may_fail() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _give_up_output()
        if error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL):
            raise ReaderGone from None
        raise StorageError("cli.cannot_print", reason=reason_of(error)) from error


def _give_up_output() -> None:
    """Let what is left in the buffer go nowhere, so that Python does not complain of it when it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
