"""Pictures that were looked at: when one changes, look again before accepting it."""

from collections.abc import Callable

import pytest

from tests.tui.conftest import Open
from tests.tui.driver import Driver

SMALL, LARGE = (80, 24), (120, 36)
FIND = ("f9", *"WAT-06", "enter")
Picture = tuple[str, tuple[str, ...], tuple[str, ...]]  # its name, the keys that lead to it, and those that lead back


@pytest.mark.parametrize(
    ("store", "language", "size", "pictures"),
    [
        (None, "en", SMALL, [("stores", (), ())]),
        (None, "zh", SMALL, [("ranking", ("alt+r", "alt+o", *"drafts", "enter", "down"), ())]),
        (None, "en", LARGE, [("compare", ("alt+r", "alt+o", *"drafts", "enter", "space", "down", "alt+b"), ())]),
        (
            "HF-002",
            "en",
            SMALL,
            [
                ("submitting", ("f12", "f12"), ("escape", "escape")),
                ("finder", ("f9", *"recyling"), ("escape",)),
                ("visit_small", FIND, ()),
                ("finding", (*FIND, "f6", "alt+a", "2", "down", *"Leak"), ()),
            ],
        ),
        ("HF-002", "en", LARGE, [("scorecard", ("alt+c",), ())]),
        ("HF-002", "zh", SMALL, [("help", ("f1",), ("escape",)), ("evidence", (*FIND, "f5"), ())]),
        ("HF-002", "zh", LARGE, [("checklist", ("f12",), ("escape",)), ("visit_large", FIND, ())]),
        ("WX-001", "zh", SMALL, [("store", ("alt+f",), ())]),
        ("NB-006", "zh", SMALL, [("needs", ("alt+n",), ())]),
    ],
)
async def test_a_screen_looks_as_it_did(  # noqa: PLR0917 - fixtures and parameters
    screen: Open,
    picture: Callable[[Driver, str], None],
    store: str | None,
    language: str,
    size: tuple[int, int],
    pictures: list[Picture],
) -> None:
    async with screen(store, language, size=size) as driver:
        for name, keys, back in pictures:
            await driver.press(*keys)
            picture(driver, name)
            await driver.press(*back)
