"""The looks: every text can be read, without colours too; the last one is kept."""

from itertools import product
from pathlib import Path

import pytest
from rich.color import Color as TerminalColor
from rich.color import ColorSystem
from textual.color import Color

from greenstar.services.settings.settings import configured
from greenstar.tui.theme import LOOKS, look_after, looks
from tests.tui.conftest import Open

TEXTS = ("foreground", "primary", "accent", "success", "warning", "error", "muted", "faint")
GROUNDS = ("background", "surface", "panel", "field", "field-focus", "cursor")
AT_LEAST = {"dark": 4.5, "light": 4.5, "black": 7.0, "white": 7.0}
PAIRS = [
    *product(TEXTS, GROUNDS),
    *product(["text-disabled"], ["field", "field-focus"]),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("screen-selection-foreground", "screen-selection-background"),
]


def luminance(colour: Color) -> float:
    """As WCAG 2 reckons it."""
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Color, second: Color) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("grey", [False, True], ids=["colours", "no-colours"])
def test_every_text_can_be_read_on_all_that_it_stands_on(look: str, grey: bool) -> None:
    named = LOOKS[look].to_color_system().generate() | LOOKS[look].variables

    def colour(name: str) -> Color:
        colour = Color.parse(named[name])
        return colour.monochrome if grey else colour

    ratios = {(text, ground): contrast(colour(text), colour(ground)) for text, ground in PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < AT_LEAST[look]} == {}


def test_in_16_colours_a_field_stands_out_from_the_page_and_text_from_the_field() -> None:
    for look in looks(few_colours=True):
        named = look.to_color_system().generate() | look.variables
        seen = {name: TerminalColor.parse(named[name]).downgrade(ColorSystem.STANDARD) for name in (*TEXTS, *GROUNDS)}
        page, field, focused = (seen[name].number for name in ("background", "field", "field-focus"))
        assert len({page, field, focused}) == 3, look.name
        assert {seen[text].number for text in TEXTS}.isdisjoint({field, focused}), look.name


async def test_one_key_goes_through_the_looks_and_the_last_one_is_there_at_the_next_start(screen: Open) -> None:
    async with screen() as driver:
        seen = []
        for _ in LOOKS:
            seen.append(driver.app.theme)
            await driver.press("alt+l")
        assert seen == list(LOOKS)
        await driver.press("alt+l", "alt+l")
        assert "High contrast, dark." in driver.shown
    async with screen() as driver:
        assert driver.app.theme == "black"


async def test_a_look_that_cannot_be_kept_is_said_to_be_and_used_all_the_same(
    screen: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "file" / "home"))
    async with screen() as driver:
        await driver.press("alt+a", "alt+l", "escape")
        assert driver.app.theme == "light"
        assert "could not be kept for the next start" in driver.shown
    assert configured("look") is None


def test_a_look_that_no_longer_exists_is_followed_by_the_first() -> None:
    assert look_after("purple") == next(iter(LOOKS))


async def test_without_colours_there_are_none(screen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with screen("WX-001", size=(80, 24)) as driver:
        strips = driver.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style is not None]
        shades = {colour.triplet for style in styles for colour in (style.color, style.bgcolor) if colour is not None}
        assert len(shades) > 3
        assert [shade for shade in shades if shade is not None and len(set(shade)) > 1] == []
