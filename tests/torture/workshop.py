"""What tortures work in: a folder of its own, and laptops with clocks of their own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services.conftest import SCHEME
from tests.services.laptops.team import Team

_MEMORY = Path("/dev/shm")


@contextmanager
def a_team() -> Iterator[Team]:
    """Laptops in a folder, in memory where there is one; nobody's own key, settings or data are touched."""
    where = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="torture-", dir=where) as name:
        folder = Path(name)
        for variable in ("GREENSTAR_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
            (folder / variable).mkdir()
            os.environ[variable] = str(folder / variable)
        scheme = folder / "small.yaml"
        scheme.write_text(SCHEME, encoding="utf-8")
        with ExitStack() as stack:
            yield Team(folder, scheme, stack)
