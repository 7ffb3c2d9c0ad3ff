"""`diff`: what changed between two versions, said once and in words; nothing that matters is left out."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.scheme_diff import scheme_diff_json
from greenstar.reports.text.scheme_diff import scheme_diff_lines
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import read_scheme, scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.diff import diff
from tests.builders import HEADER, read
from tests.rows import rows

RICH = """
title: {en: Rich, zh: 富}
languages: [en, zh]
valid_months: 36
notice: A note
scoring: {method: mean, points: 100, not_applicable: zero}
facts:
  has_wash: {type: boolean, ask: Wash?}
  roof_m2:
    {type: number, unit: m², min: 5, max: 90, plausible: [6, 80], whole: true, period: 12m, ask: Roof, ask_if: has_wash}
values:
  rain_m3: {of: roof_m2 * 2, title: Rain, unit: m³, source: A book}
options:
  grades: {low: {label: Low, points: 0}, high: {label: High, points: 2}}
places:
  roof: {en: Roof, zh: 屋顶, criteria: [WAT-02, WAT-01]}
  yard: {en: Yard, zh: 院子}
categories:
  - category: WAT
    title: Water
    weight: 2
    method: sum
    points: 50
    criteria:
      - {id: WAT-01, title: Taps, points: 2, weight: 3, place: roof, type: choice, ask: Grade, options: grades}
      - id: WAT-02
        title: Rain
        points: 4
        place: roof
        applies_if: has_wash
        not_applicable: exclude
        intent: Why
        guidance: How
        evidence: [Photo, Bill]
        source: Own
        questions:
          used_m3: {type: number, unit: m³, min: 0, ask: Used}
          used_for: {type: multiple, ask: For, options: {lawn: {label: Lawn}, yard: {label: Yard}}}
        checks: [{refuse: used_m3 > 9 * rain_m3, because: Too much}, {warn: used_m3 == 0, because: None}]
        score: {of: used_m3 / rain_m3, unit: "%", at_least: {20%: 1, 60%: 4}}
  - category: ENE
    title: Energy
    criteria:
      - {id: ENE-P1, title: Meter, prerequisite: true, type: boolean, ask: Meter?, met_if: answer("ENE-P1")}
      - {id: ENE-01, title: Lamps, points: 3, type: number, ask: Lamps, score: {at_most: {10: 3, 20: 1}}}
      - {id: ENE-02, title: Power, points: 3, type: number, ask: Power, score: {linear: {10: 3, 20: 1}}}
  - category: INN
    title: Ideas
    bonus: true
    max: 5
    criteria: [{id: INN-01, title: Ideas, points: 5, type: boolean, ask: Ideas?}]
levels:
  - {id: one, title: One, stars: 1, requires: {total: 40%, findings: {major: 1}}}
  - id: two
    title: Two
    stars: 2
    requires:
      total: 60%
      each_category: {min: 30%, except: [ENE], where_applies: 50%}
      categories: {WAT: 50%}
      criteria: {WAT-01: 1}
      any_of: {at_least: 1, of: [WAT-01, ENE-01]}
      level: one
      findings: {major: 0, minor: 2}
      evidence: 90%
      complete: true
      prerequisites: [ENE-P1]
      when: total > 10
      because: Ten
lighthouse:
  requires: {level: two}
  rank_by: [total, {id: water, of: points("WAT"), title: Water}]
"""
TREE = 'scheme: rich\nversion: "1"\n' + RICH


def rich(*changes: tuple[str, str]) -> Scheme:
    """The scheme with words put in the place of others."""
    text = TREE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read(text)


def told(*changes: tuple[str, str], language: str = "en") -> list[str]:
    """What `diff` prints of those changes, without its first and last line."""
    lines = list(scheme_diff_lines(diff(rich(), rich(*changes)), Catalogue(language)))
    return [line.strip() for line in lines[1:-1]]


@rows(
    ("old", "new", "words"),
    [
        ("points: 4\n", "points: 5\n", ["WAT-02 Rain", "points: 4 → 5"]),
        ("weight: 2", "weight: 5", ["Category WAT Water", "weight: 2 → 5"]),
        ("60%: 4}", "70%: 4}", ["WAT-02 Rain", "points from at least: 20 %: 1, 60 %: 4 → 20 %: 1, 70 %: 4"]),
        ("applies_if: has_wash", "applies_if: not has_wash", ["WAT-02 Rain", "applies if: has_wash → not has_wash"]),
        ("        applies_if: has_wash\n", "", ["WAT-02 Rain", "applies if: no longer has_wash"]),
        ("unit: m³, min: 0,", "unit: m³, min: 0, max: 9,", ["WAT-02 Rain", "question used_m3: at most: now 9"]),
        ("{lawn: {label: Lawn}, ", "{", ["WAT-02 Rain", "question used_for: option lawn: removed"]),
        ("used_for:", "uses:",
         ["WAT-02 Rain", "+ question uses: new question", "− question used_for: question removed"]),
        ("total: 60%", "total: 65%", ["Level two Two", "total at least: 60 % → 65 %"]),
        ("    intent: Why\n", "    intent: Why\n        weight: 1.000000000000000000000000000001\n",
         ["WAT-02 Rain", "weight: now 1.000000000000000000000000000001"]),
        ("prerequisites: [ENE-P1]", "prerequisites: all", ["Level two Two", "prerequisites: ENE-P1 → all"]),
        ("level: two}", "level: one}", ["Lighthouse stores and ranking", "needs the level: two → one"]),
        ("title: {en: Rich, zh: 富}", "title: {en: Rich, zh: 富足}", ["Scheme", "title: reworded (zh)"]),
        ("intent: Why", "intent: Why not", ["WAT-02 Rain", "intent: reworded (en, zh)"]),
        ("        intent: Why\n", "", ["WAT-02 Rain", "intent: removed"]),
        ("valid_months: 36", "valid_months: 24", ["Scheme", "months a certificate holds: 36 → 24"]),
        ("high: {label: High, points: 2}", "high: {label: High, points: 1}",
         ["Options grades", "option high, points: 2 → 1"]),
        ("  yard: {en: Yard, zh: 院子}\n", "", ["− Place yard Yard: place removed"]),
        ("criteria: [WAT-02, WAT-01]", "criteria: [WAT-01, WAT-02]", ["Order", "order at roof: WAT-01, WAT-02"]),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(old: str, new: str, words: list[str]) -> None:
    assert told((old, new)) == words


def test_an_added_language_is_said_once() -> None:
    english = [("title: {en: Rich, zh: 富}", "title: Rich"), ("languages: [en, zh]", "languages: [en]")]
    english += [("{en: Roof, zh: 屋顶, criteria", "{en: Roof, criteria"), ("yard: {en: Yard, zh: 院子}", "yard: Yard")]
    lines = list(scheme_diff_lines(diff(rich(*english), rich()), Catalogue("en")))
    assert [line.strip() for line in lines[1:-1]] == ["Scheme", "languages: en → en, zh"]


def test_what_is_reworded_as_well_is_said_beside_an_added_language() -> None:
    english = [("title: {en: Rich, zh: 富}", "title: Poor"), ("languages: [en, zh]", "languages: [en]")]
    english += [("{en: Roof, zh: 屋顶, criteria", "{en: Roof, criteria"), ("yard: {en: Yard, zh: 院子}", "yard: Yard")]
    lines = list(scheme_diff_lines(diff(rich(*english), rich()), Catalogue("en")))
    assert [line.strip() for line in lines[1:-1]] == ["Scheme", "title: reworded (en)", "languages: en → en, zh"]


def test_a_shared_option_is_said_once_and_not_at_every_question() -> None:
    many = "".join(
        f"      - {{id: M{n}, title: M, points: 2, type: choice, ask: G, options: grades}}\n" for n in range(9)
    )
    last = ("  - category: INN\n", f"{many}  - category: INN\n")
    changed = diff(rich(last), rich(last, ("low: {label: Low, points: 0}", "low: {label: Lower, points: 1}")))
    lines = [line.strip() for line in scheme_diff_lines(changed, Catalogue("en"))]
    assert lines[1:-1] == ["Options grades", "option low: reworded (en, zh)", "option low, points: 0 → 1"]


def test_the_new_name_of_shared_options_is_said_once_and_is_no_other_rule() -> None:
    many = "".join(
        f"      - {{id: M{n}, title: M, points: 2, type: choice, ask: G, options: grades}}\n" for n in range(9)
    )
    last = ("  - category: INN\n", f"{many}  - category: INN\n")
    old, new = rich(last), rich(last, ("  grades:", "  marks:"), ("options: grades", "options: marks"))
    changed = diff(old, new)
    lines = [line.strip() for line in scheme_diff_lines(changed, Catalogue("en"))]
    assert lines[1:-1] == ["Options marks", "id: grades → marks"]
    assert all(change.is_wording for change in changed.changes)
    assert old.rules_sha256 == new.rules_sha256


def test_the_new_name_of_a_place_is_said_once_with_all_that_names_it() -> None:
    assert told(("roof: {", "top: {"), ("place: roof", "place: top")) == ["Place top Roof", "id: roof → top"]


def test_the_new_id_of_a_category_is_said_once_with_all_that_names_it() -> None:
    renaming = [("category: WAT", "category: WATER"), ("{WAT: 50%}", "{WATER: 50%}")]
    renaming += [('points("WAT")', 'points("WATER")'), ("category: ENE", "category: E"), ("[ENE]", "[E]")]
    assert told(*renaming) == ["Category WATER Water", "id: WAT → WATER", "Category E Energy", "id: ENE → E"]


def test_a_category_of_other_criteria_under_another_id_is_another_category() -> None:
    old = "    criteria: [{id: INN-01, title: Ideas, points: 5, type: boolean, ask: Ideas?}]\n"
    new = old.replace("INN-01", "NEW-01")
    assert told(("category: INN", "category: NEW"), (old, new))[:2] == [
        "+ Category NEW Ideas: new category",
        "+ NEW-01 Ideas: new criterion in NEW, 5 points",
    ]


def test_a_new_criterion_is_one_line_and_so_is_one_that_is_gone() -> None:
    lamps = (
        "      - {id: ENE-01, title: Lamps, points: 3, type: number, ask: Lamps, score: {at_most: {10: 3, 20: 1}}}\n"
    )
    heat = "      - {id: ENE-03, title: Heat, points: 1, type: boolean, ask: Heat?}\n"
    assert told((lamps, heat), ("of: [WAT-01, ENE-01]", "of: [WAT-01]")) == [
        "+ ENE-03 Heat: new criterion in ENE, 1 point",
        "− ENE-01 Lamps: criterion removed from ENE, 3 points",
        "Level two Two",
        "met in full among WAT-01: now 1",
        "met in full among WAT-01, ENE-01: no longer 1",
    ]


def test_a_criterion_that_moves_is_not_new() -> None:
    power = "      - {id: ENE-02, title: Power, points: 3, type: number, ask: Power, score: {linear: {10: 3, 20: 1}}}\n"
    moved = told((power, ""), ("  - category: ENE\n", power + "  - category: ENE\n"))
    assert moved == ["ENE-02 Power", "moved from ENE to WAT"]


def test_the_same_scheme_says_the_same() -> None:
    same = diff(rich(), rich())
    assert same.equal
    assert list(scheme_diff_lines(same, Catalogue("en"))) == ["rich 1 → rich 1", "The two say the same."]


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all scalars."""
    if isinstance(tree, (dict, list)):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path


def others(value: str) -> list[str]:
    """Words that may stand in the place of one, each saying something else."""
    number = value.rstrip("%")
    if number.isdigit():
        return [f"{int(number) + step}{value[len(number) :]}" for step in (1, -1)]
    words = [
        f"{value} x",
        f"{value}x",
        "not has_wash",
        f"{value} + 1",
        "exclude",
        "min",
        "all",
        "false",
        "true",
        "text",
    ]
    return [word for word in words if word != value]


@pytest.mark.slow
def test_no_word_of_a_scheme_changes_without_being_told() -> None:
    tree = json.loads(rich().canonical)
    silent, tried = [], 0
    for path in leaves(tree):
        changed = json.loads(rich().canonical)
        parent = changed
        for part in path[:-1]:
            parent = parent[part]
        for word in others(parent[path[-1]]):
            parent[path[-1]] = word
            try:
                other = scheme_from_json(json.dumps(changed))
            except BadFile:
                continue
            tried += 1
            if diff(rich(), other).equal:
                silent.append((path, word))
            break
    assert silent == []
    assert tried > 90


@rows("language", LANGUAGES)
def test_every_change_has_its_words_in_both_languages(language: str) -> None:
    small = read(HEADER + "categories: [{category: X, title: x, criteria: [{id: X-1, title: t, prerequisite: true, "
                 "type: boolean, ask: q}]}]\n")  # fmt: skip
    for old, new in ((rich(), small), (small, rich()), (read_scheme(SHIPPED_SCHEME), rich())):
        document = scheme_diff_json(diff(old, new), Catalogue(language))
        assert not document["equal"]
        assert all(change["message"] for change in document["changes"])
        assert list(scheme_diff_lines(diff(old, new), Catalogue(language)))


# -- what says what it was called --------------------------------------------------------------------------------

RENAMED = [
    ("WAT-02", "WAT-2"),
    ("id: WAT-2\n        title: Rain", "id: WAT-2\n        formerly: [WAT-02]\n        title: Rain"),
    ("used_m3", "rain_used_m3"),
    ("unit: m³, min: 0, ask: Used", "unit: m³, min: 0, ask: Used, formerly: [used_m3]"),
    ("has_wash: {type: boolean, ask: Wash?}", "washes: {type: boolean, ask: Wash?, formerly: [has_wash]}"),
    ("has_wash\n", "washes\n"),
    ("ask_if: has_wash", "ask_if: washes"),
    ("lawn: {label: Lawn}", "grass: {label: Lawn, formerly: [lawn]}"),
    ("high: {label: High, points: 2}", "best: {label: High, points: 2, formerly: [high]}"),
    ("category: ENE", "category: POW\n    formerly: [ENE]"),
    ("except: [ENE]", "except: [POW]"),
    ("ENE-P1", "POW-P1"),
    ("title: Meter, prereq", "title: Meter, formerly: [ENE-P1], prereq"),
]


def test_what_says_its_earlier_id_is_told_by_it_and_else_unchanged() -> None:
    assert told(*RENAMED) == [
        "Fact washes Wash?",
        "id: has_wash → washes",
        "Options grades",
        "id of an option: high → best",
        "WAT-2 Rain",
        "id: WAT-02 → WAT-2",
        "question rain_used_m3: id: used_m3 → rain_used_m3",
        "question used_for: id of an option: lawn → grass",
        "Category POW Energy",
        "id: ENE → POW",
        "POW-P1 Meter",
        "id: ENE-P1 → POW-P1",
    ]


def test_the_next_version_has_nothing_to_tell_of_it_any_more() -> None:
    later = [(old, new.replace('version: "1"', 'version: "2"')) for old, new in RENAMED]
    assert diff(rich(*RENAMED), rich(*later)).equal


def test_what_a_category_says_of_itself_counts_before_what_its_criteria_let_one_guess() -> None:
    moved = ("category: ENE\n    title: Energy", "category: POW\n    title: Energy")
    claimed = ("category: INN\n    title: Ideas", "category: NEW\n    title: Ideas\n    formerly: [ENE]")
    sentences = told(moved, ("except: [ENE]", "except: [NEW]"), claimed)
    assert "id: ENE → NEW" in sentences
    assert "id: ENE → POW" not in sentences


def test_an_earlier_id_that_is_added_to_the_same_version_is_a_change() -> None:
    assert told(("id: INN-01, ", "id: INN-01, formerly: [I-1], ")) == ["INN-01 Ideas", "formerly: now I-1"]


def test_a_rule_that_is_only_spelled_otherwise_is_no_change() -> None:
    assert diff(
        rich(), rich(("applies_if: has_wash", "applies_if: (has_wash)"), ("roof_m2 * 2", "(roof_m2*2.0)"))
    ).equal
