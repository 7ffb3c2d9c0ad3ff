"""A team of laptops."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.services.laptops.team import Team


@pytest.fixture
def team(tmp_path: Path, small_scheme: Path) -> Iterator[Team]:
    """Laptops, which are closed in the end."""
    with ExitStack() as stack:
        yield Team(tmp_path, small_scheme, stack)
