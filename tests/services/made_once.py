"""What many tests begin with is put into a workspace once; the next one with the same beginning gets a copy."""

from collections.abc import Callable, Hashable
from datetime import datetime

from greenstar.services.workspace import Workspace
from tests.remembering import content_of, restore
from tests.services.conftest import Clock
from tests.sql import database_of

_made: dict[Hashable, tuple[bytes, datetime]] = {}


def made_once(workspace: Workspace, make: Callable[[], object], *key: Hashable) -> None:
    """Let a new workspace, with a clock of tests, hold what `make` puts into it, which the key tells from all else."""
    tables, clock = database_of(workspace).tables, workspace.clock
    assert isinstance(clock, Clock)
    if (make.__qualname__, *key) in _made:
        content, clock.at = _made[make.__qualname__, *key]
        restore(content, tables)
    else:
        make()
        _made[make.__qualname__, *key] = content_of(tables), clock.at
