"""Pictures that were looked at: when one changes, look again before accepting it."""

from collections.abc import Callable

import pytest

from tests.tui.conftest import Open
from tests.tui.driver import Driver

SMALL, LARGE = (80, 24), (120, 36)
FIND = ("f9", *"WAT-06", "enter")


@pytest.mark.parametrize(
    ("store", "language", "size", "keys"),
    [
        pytest.param(None, "en", SMALL, (), id="stores"),
        pytest.param("HF-002", "en", SMALL, FIND, id="visit_small"),
        pytest.param("HF-002", "zh", LARGE, FIND, id="visit_large"),
        pytest.param("WX-001", "zh", SMALL, ("alt+f",), id="store"),
        pytest.param("HF-002", "en", LARGE, ("alt+c",), id="scorecard"),
        pytest.param(None, "zh", SMALL, ("alt+r", "f2", "down"), id="ranking"),
        pytest.param("HF-002", "zh", SMALL, (*FIND, "f5"), id="evidence"),
        pytest.param("HF-002", "en", SMALL, (*FIND, "f6", "f2", "2", "down", *"Leak"), id="finding"),
        pytest.param("HF-002", "zh", LARGE, ("f12",), id="leaving"),
        pytest.param("HF-002", "en", SMALL, ("f12", "f12"), id="submitting"),
        pytest.param("NB-006", "zh", SMALL, ("alt+n",), id="needs"),
        pytest.param(None, "en", LARGE, ("alt+r", "f2", "space", "down", "f7"), id="compare"),
        pytest.param("HF-002", "zh", SMALL, ("f1",), id="help"),
        pytest.param("HF-002", "en", SMALL, ("f9", *"recyling"), id="finder"),
    ],
)
async def test_a_screen_looks_as_it_did(  # noqa: PLR0917 - fixtures and parameters
    screen: Open,
    picture: Callable[[Driver], None],
    store: str | None,
    language: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    async with screen(store, language, size=size) as driver:
        for key in keys:
            await driver.press(key)
        picture(driver)
