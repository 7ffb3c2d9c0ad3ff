"""All modules of the screen, and all sentences, are read in the first rest.

Each screen is imported when it is first wanted, as the first one is to be there at once. A program that is replaced by
a newer one while it runs would then get modules and sentences that do not belong together.
"""

import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from textual.app import App
from textual.timer import Timer

import greenstar
from greenstar.i18n.catalogue import read_all

PACKAGES = ("tui", "services")
_SECONDS, _REST = 0.1, 0.5  # between two modules; of rest, until the next one is read
_read: set[str] = set()  # the packages of which all is read: once in a process


class Preloading:
    """Reads them one by one, so that a key never waits for more than one."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._last_work = time.monotonic()
        self._left: Iterator[str] | None = None
        self._timer: Timer | None = None

    def start(self) -> None:
        """From now on, whenever nobody types."""
        if not _read.issuperset(PACKAGES):
            self._timer = self._app.set_interval(_SECONDS, self._next)

    def at_work(self) -> None:
        """Somebody types, or went to another page."""
        self._last_work = time.monotonic()

    def _next(self) -> None:
        if time.monotonic() - self._last_work < _REST:
            return
        if self._left is None:
            self._left = _not_read()
        name = next(self._left, None)
        if name is not None:
            import_module(name)
        elif self._timer is not None:
            read_all()
            self._timer.stop()


def _not_read() -> Iterator[str]:
    for package in PACKAGES:
        path = [f"{folder}/{package}" for folder in greenstar.__path__]
        for module in walk_packages(path, f"greenstar.{package}."):
            if module.name not in sys.modules:
                yield module.name
        _read.add(package)
