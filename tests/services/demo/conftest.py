"""Here each sample network is made, and none is a copy of an earlier one."""

from collections.abc import Iterator

import pytest

from greenstar.services.demo.network import _Network
from tests.remembering import fill_anew


@pytest.fixture(scope="module", autouse=True)
def made_anew() -> Iterator[None]:
    """Nothing is remembered of networks that were made before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Network, "fill", fill_anew)
        yield
