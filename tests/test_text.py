"""People's text: cleaned, on one line, shortened, safe for a terminal, measured."""

import json
import unicodedata
from itertools import chain, compress

import pytest
from rich.cells import get_character_cell_size

from greenstar.text import (
    _WIDTHS,
    cell_width,
    clean_line,
    clean_text,
    escaped_json,
    excerpt,
    held_together,
    one_line,
    terminal_line,
    terminal_text,
)
from tests.rows import rows


@rows(
    ("text", "kept"),
    [
        (" a b ", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x1b[31mb\x00", "a[31mb"),
        ("a\u202eb\u200f", "ab"),
        ("a\ud800b", "ab"),
    ],
)
def test_peoples_text_is_kept_without_control_characters(text: str, kept: str) -> None:
    assert clean_text(text) == kept


@rows(("text", "kept"), [("\x1b\x07", ""), ("a\r\n b\u202e\tc ", "a b c"), ("洗 车", "洗 车")])
def test_a_name_is_kept_clean_and_on_one_line(text: str, kept: str) -> None:
    assert clean_line(text) == kept


def test_on_one_line_each_run_of_space_is_a_space() -> None:
    assert one_line(" a\n\n b\tc  ") == "a b c"


@rows(
    ("text", "short"),
    [
        ("", ""),
        ("12345", "12345"),
        ("123456", "12345…"),
        (" 1\n\n2   3 ", "1 2 3"),
        (" 1\n\n2   3 4", "1 2 3…"),
        ("1 2 3 4 5 6 7", "1 2 3…"),
    ],
)
def test_an_excerpt_says_where_it_is_not_all(text: str, short: str) -> None:
    assert excerpt(text, 5) == short


def test_escapes_never_reach_the_terminal() -> None:
    assert terminal_text("a\x1b[2Jb\x07\n") == "a·[2Jb·\n"
    assert terminal_line("a\nb\tc\x07") == "a b    c·"


@rows(
    "hidden",
    [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200b\u200f\u2028\u202a\u202e\u2066\ufeff\udcff"],
)
def test_what_a_terminal_would_obey_or_what_reorders_a_text_is_a_dot(hidden: str) -> None:
    kept = hidden in "\n\t"
    assert terminal_text(f"水{hidden}b") == f"水{hidden if kept else '·'}b"
    text = json.dumps({"a": f"水{hidden}b"}, ensure_ascii=False)
    assert json.loads(escaped_json(text)) == json.loads(text)
    assert terminal_text(escaped_json(text)) == escaped_json(text)


@pytest.mark.slow
def test_no_character_that_is_not_seen_is_left() -> None:
    characters = [*map(chr, chain(range(0x40000), range(0xE0000, 0x110000)))]  # between them there are none yet
    categories = [*map(unicodedata.category, characters)]
    unseen = {"Cc", "Cs", "Cf", "Zl", "Zp"}
    hidden = "".join(compress(characters, map(unseen.__contains__, categories)))
    assert sorted(terminal_text(hidden).replace("·", "")) == [*"\t\n\u200c\u200d"]
    seen = set(categories) - unseen - {"Cn"}  # of these there are none yet either
    shown = "".join(compress(characters, map(seen.__contains__, categories)))
    assert terminal_text(shown) == shown


def test_emoji_and_letters_that_are_joined_stay_joined() -> None:
    assert terminal_text("👨\u200d👩 می\u200cخواهم") == "👨\u200d👩 می\u200cخواهم"


@rows(("text", "cells"), [("abc", 3), ("水", 2), ("e\u0301", 1), ("", 0), ("★ é", 3), ("👍🏽", 2)])
def test_the_width_of_a_text_is_in_cells(text: str, cells: int) -> None:
    assert cell_width(text) == cells


def test_every_character_is_as_wide_as_the_screen_library_says() -> None:
    for first, last, width in _WIDTHS:
        assert {get_character_cell_size(chr(code)) for code in range(first, last + 1)} == {width}
        assert cell_width(chr(first)) == cell_width(chr(last)) == width
    beside = {chr(edge) for first, last, _ in _WIDTHS for edge in (first - 1, last + 1)}
    assert [character for character in beside if cell_width(character) != get_character_cell_size(character)] == []


@rows(
    ("text", "held"),
    [
        ("not below 26 °C, not above 20 °C", "not below 26~°C, not above 20~°C"),
        ("12 226 kWh of 1.5 kg CO2e/m²", "12~226~kWh of 1.5~kg CO2e/m²"),
        ("60 %。85 块，3 L/辆次", "60~%。85~块，3~L/辆次"),
        ("5 more, 3 tyres, WX-001 2026", "5 more, 3 tyres, WX-001 2026"),
    ],
)
def test_on_a_page_no_line_ends_between_a_number_and_its_unit(text: str, held: str) -> None:
    assert held_together(text).replace("\u00a0", "~") == held
