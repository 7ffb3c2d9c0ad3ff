"""Slips of the hand: each is told at its place with what would be right, in both languages."""

from pathlib import Path

import pytest

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.slips import day_meant, plain
from tests.builders import refused
from tests.rows import rows

FACTS = """
facts:
  first_award: {type: date, ask: q}
  wash: {type: boolean, ask: q}
  sys: {type: choice, ask: q, options: {in_use: {label: l}}}
"""


def criterion(keys: str = "type: boolean, ask: q", points: str = "points: 3") -> str:
    return f"categories:\n- category: A\n  title: t\n  criteria:\n  - {{id: a, title: t, {points}, {keys}}}\n"


def hints(error: BadFile) -> list[str]:
    """What is said to be right, in English; every message and hint is a sentence in Chinese too."""
    for problem in error.problems:
        for language in LANGUAGES:
            assert Catalogue(language).render(problem.message)
            assert problem.hint is None or Catalogue(language).render(problem.hint)
    return [Catalogue("en").render(problem.hint) for problem in error.problems if problem.hint is not None]


@rows(
    ("rule", "right"),
    [
        ("first_award <= ▸2015-01-01", 'write "2015-01-01"'),
        ("first_award <= ▸2015-10-10", 'write "2015-10-10"'),
        ("first_award <= ▸2015/1/1", 'write "2015-01-01"'),
        ("▸2015.1.1 > first_award", 'write "2015-01-01"'),
        ('first_award <= ▸"1.1.2015"', 'write "2015-01-01"'),
        ('first_award <= ▸"2015年1月1日"', 'write "2015-01-01"'),
        ("wash ▸AND wash", "write and"),
        ("▸Not wash", "write not"),
        ("wash == ▸TRUE", "write true"),
        ("wash ▸且 wash", "write and"),
        ("sys == ▸“in_use”", 'write "'),
        ("count(▸１) > 2", "write 1"),
    ],
)
def test_a_slip_in_a_rule_is_told_with_what_would_be_right(rule: str, right: str) -> None:
    assert hints(refused(FACTS + criterion(f"type: boolean, ask: q, applies_if: '{rule}'"))) == [right]


@rows("space", ["\u00a0", "\u3000", "\u2003"])
def test_a_space_in_a_rule_that_is_no_plain_one_is_told_by_its_number(space: str) -> None:
    (problem,) = refused(FACTS + criterion(f"type: boolean, ask: q, applies_if: wash▸{space}and wash")).problems
    assert problem.message.key == "rules.odd_space"
    assert problem.message.values == {"code": f"U+{ord(space):04X}"}


@rows(
    ("text", "right"),
    [
        (criterion(points="▸points:3"), "write points: 3"),
        (criterion(points="▸points：3"), "write points: 3"),
        ("categories:\n- category: A\n  points▸:2\n  title: t\n", "put a space behind the colon"),
        ("categories:\n- category: A\n  title: t\n  points▸:2\n", "put a space behind the colon"),
        ("levels▸：\n  - id: x\n" + criterion(), "： is no sign of YAML; write :"),
        ("levels▸： []\n" + criterion(), "： is no sign of YAML; write :"),
        ("scoring:\n▸\tmethod: sum\n" + criterion(), "a tab stands here; YAML wants spaces"),
        (
            "scoring:\n  method:▸\u00a0sum\n  points: 5\n" + criterion(),
            "a space that YAML does not know (U+00A0) stands here; put a plain one",
        ),
        (
            "▸\u3000valid_months: 3\n" + criterion(),
            "a space that YAML does not know (U+3000) stands here; put a plain one",
        ),
        (criterion("type: ▸“boolean”, ask: q"), "write boolean"),
        (criterion(points="points: ▸“３”"), "write 3"),
        (criterion(points="points: 3▸， weight: 2"), "， is no sign of YAML; write ,"),
        ("notice: ▸｛en: Taps, zh: 水｝\n" + criterion(), "｛ is no sign of YAML; write {"),
        ("notice: ▸“Taps: all”\n" + criterion(), '“ is no sign of YAML; write "'),
        (
            "lighthouse: {rank_by: [total, ▸water]}\n" + criterion(),
            "a key of your own is written {id: water, of: a rule, title: ...}",
        ),
        (
            criterion("type: choice, ask: q, options: ▸[a, b]"),
            "write them as {yes: {label: ..., points: 1}, no: {label: ..., points: 0}}",
        ),
        (
            "options: {o: ▸[a, b]}\n" + criterion(),
            "write them as {yes: {label: ..., points: 1}, no: {label: ..., points: 0}}",
        ),
    ],
)
def test_a_slip_in_a_file_is_told_at_its_place_with_what_would_be_right(text: str, right: str) -> None:
    assert hints(refused(text)) == [right]


def test_the_file_of_a_category_alone_is_told_to_be_a_part_of_its_folder() -> None:
    path = SHIPPED_SCHEME / "wat.yaml"
    with pytest.raises(BadFile) as caught:
        read_scheme(path)
    (problem,) = caught.value.problems
    assert problem.message.key == "reading.category_alone"
    assert problem.message.values == {"id": "WAT", "folder": str(SHIPPED_SCHEME)}
    assert problem.mark.file == str(path)


def test_chinese_punctuation_in_a_text_is_no_slip(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_text(
        'scheme: s\nversion: "1"\ntitle: “节水”：门店，洗车区\nlanguages: [zh]\n' + criterion(), encoding="utf-8"
    )
    assert read_scheme(path).title.in_("zh") == "“节水”：门店，洗车区"


@rows(
    ("text", "day"),
    [
        ("1.1.2015", "2015-01-01"),
        ("31.12.2015", "2015-12-31"),
        ("2015/1/31", "2015-01-31"),
        ("2015年12月1日", "2015-12-01"),
        ("1/2/2015", None),
        ("31.2.2015", None),
        ("soon", None),
    ],
)
def test_a_day_written_in_another_way_is_known_where_it_is_clear(text: str, day: str | None) -> None:
    assert day_meant(text) == day


def test_full_width_signs_become_plain_ones() -> None:
    assert plain("“ＷＡＴ－１”，｛６０％｝") == "WAT-1”,{60%}".replace("”", '"')
