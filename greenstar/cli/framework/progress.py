"""How far a long command is."""

import sys
from typing import Self


class StderrProgress:
    """A percentage on one line of standard error that goes away; nothing where no person watches."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.shown = sys.stderr.isatty()
        self.percent = -1

    def __call__(self, done: int, of: int) -> None:
        """Say that `done` of `of` are done."""
        percent = 100 * done // of if of else 100
        if self.shown and percent != self.percent:
            self.percent = percent
            self._write(f"\r{self.words} {percent} %")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self.shown = False
