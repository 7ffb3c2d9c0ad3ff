"""Pictures that were looked at: when one changes, look again before accepting it."""

from collections.abc import Callable

import pytest

from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tools.screenshot import in_cells

SMALL, LARGE = (80, 24), (120, 36)
FIND = ("f9", *"WAT-06", "enter")
Picture = tuple[str | None, str, tuple[str, ...]]  # the store, its name, and the keys that lead to it


@pytest.mark.parametrize(
    ("language", "size", "pictures"),
    [
        (
            "en",
            SMALL,
            [
                (None, "stores", ()),
                ("HF-002", "submitting", ("f12", "f12")),
                ("HF-002", "finder", ("f9", *"recyling")),
                ("HF-002", "visit_small", FIND),
                ("HF-002", "finding", (*FIND, "f6", "alt+a", "2", "down", *"Leak")),
            ],
        ),
        (
            "en",
            LARGE,
            [
                (None, "compare", ("alt+r", "alt+o", *"drafts", "enter", "space", "down", "alt+b")),
                ("HF-002", "scorecard", ("alt+c",)),
            ],
        ),
        (
            "zh",
            SMALL,
            [
                (None, "ranking", ("alt+r", "alt+o", *"drafts", "enter", "down")),
                ("HF-002", "help", ("f1",)),
                ("HF-002", "evidence", (*FIND, "f5")),
                ("WX-001", "store", ("alt+f",)),
                ("NB-006", "needs", ("alt+n",)),
            ],
        ),
        ("zh", LARGE, [("HF-002", "checklist", ("f12",)), ("HF-002", "visit_large", FIND)]),
    ],
)
async def test_a_screen_looks_as_it_did(
    screen: Open,
    picture: Callable[[Driver, str], None],
    language: str,
    size: tuple[int, int],
    pictures: list[Picture],
) -> None:
    async with screen(None, language, size=size) as driver:
        for store, name, keys in pictures:
            if store is not None:
                await driver.open_visit(store)
            await driver.press(*keys)
            await driver.done()
            picture(driver, name)


def test_a_picture_of_the_readme_draws_every_sign_in_its_cells() -> None:
    drawn = '<text class="r1" x="24.4" y="20" textLength="85.4" clip-path="url(#line-0)">&#160;f3&#160;&lt;中文</text>'
    narrow, wide = in_cells(drawn).replace("</text>", "</text>\n").splitlines()
    assert 'x="36.6" y="20" textLength="48.8" clip-path="url(#line-0)">f3\N{NO-BREAK SPACE}&lt;<' in narrow
    assert 'x="85.4"' in wide
    assert "letter-spacing" in wide
    assert "中文" in wide
