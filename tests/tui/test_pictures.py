"""Pictures that were looked at: when one changes, look again before accepting it."""

from collections.abc import Callable

import pytest

from tests.tui.conftest import Open
from tests.tui.driving import Driver

SMALL, LARGE = (80, 24), (120, 36)


@pytest.mark.parametrize(
    ("store", "keys", "language", "size"),
    [
        pytest.param(None, (), "en", SMALL, id="stores"),
        pytest.param("HF-002", ("f9", *"WAT-06", "enter"), "en", SMALL, id="visit_small"),
        pytest.param("HF-002", ("f9", *"WAT-06", "enter"), "zh", LARGE, id="visit_large"),
        pytest.param("WX-001", ("alt+f",), "zh", SMALL, id="store"),
        pytest.param("HF-002", ("alt+c",), "en", LARGE, id="scorecard"),
        pytest.param(None, ("alt+r", "f2", "down"), "zh", SMALL, id="ranking"),
    ],
)
async def test_a_screen_looks_as_it_did(
    screen: Open,
    picture: Callable[[Driver], None],
    store: str | None,
    keys: tuple[str, ...],
    language: str,
    size: tuple[int, int],
) -> None:
    async with screen(store, language, size=size) as driver:
        await driver.press(*keys)
        picture(driver)
