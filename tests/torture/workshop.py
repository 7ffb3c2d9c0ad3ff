"""What tortures work in: a folder of its own, and laptops with clocks of their own."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services.conftest import SCHEME
from tests.services.laptops.team import Team

MEMORY = Path("/dev/shm")


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder for all temporary files, in memory where there is one; nobody's own key, settings or data are used."""
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    earlier = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="torture-", dir=where) as name:
        folder = Path(name)
        for variable in ("GREENSTAR_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
            (folder / variable).mkdir()
            os.environ[variable] = str(folder / variable)
        tempfile.tempdir = name
        try:
            yield folder
        finally:
            tempfile.tempdir = earlier


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder for something, and gone after it."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def a_team() -> Iterator[Team]:
    """Laptops in a folder."""
    with a_folder() as folder, ExitStack() as stack:
        scheme = folder / "small.yaml"
        scheme.write_text(SCHEME, encoding="utf-8")
        yield Team(folder, scheme, stack)


def in_child(work: Callable[[], object]) -> int:
    """Start something in a process of its own; its number."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child
