"""Rules fix a version, wording does not, and spelling is neither."""

import ast
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import BadFile
from greenstar.numbers import written
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme import document, levels
from greenstar.scheme.loader import read_scheme, scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import rules_of
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.printing import printed
from greenstar.scheme.rules_hash import WORDING, rules_of_scheme
from greenstar.scheme.strict_model import Model
from tests.builders import read
from tests.rows import rows
from tests.scheme.every_key import EVERY_KEY, RULES, SPELLINGS, WORDS, changed, changes

PUBLISHED = sorted((Path(__file__).parents[1] / "schemes").glob("*.yaml"))
A_LITTLE = Fraction(1, 10**30)


@cache
def unchanged() -> Scheme:
    return read(EVERY_KEY)


@pytest.mark.slow
@rows(("before", "after"), changes(RULES))
def test_other_rules_have_another_hash(before: str, after: str) -> None:
    assert changed(before, after).rules_sha256 != unchanged().rules_sha256


@rows(("before", "after"), changes(WORDS))
def test_wording_changes_no_hash_of_rules(before: str, after: str) -> None:
    other = changed(before, after)
    assert other.rules_sha256 == unchanged().rules_sha256
    assert other.sha256 != unchanged().sha256


@rows(("before", "after"), changes(SPELLINGS))
def test_spelling_changes_no_hash_of_rules(before: str, after: str) -> None:
    assert changed(before, after).rules_sha256 == unchanged().rules_sha256


def test_every_key_that_is_no_wording_is_a_rule() -> None:
    classes = [thing for thing in (*vars(document).values(), *vars(levels).values()) if isinstance(thing, type)]
    models = {model for model in classes if issubclass(model, Model)} - {document.Indicator, document.Per}
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    told = set(re.findall(r'"(\w+)":', json.dumps(rules_of_scheme(unchanged()))))
    assert keys - told == WORDING & keys
    assert not told & WORDING


def test_the_order_of_facts_is_no_rule() -> None:
    pool, shop = (next(line for line in EVERY_KEY.splitlines() if f"  {name}:" in line) for name in ("pool", "shop"))
    assert changed(f"{pool}\n{shop}", f"{shop}\n{pool}").rules_sha256 == unchanged().rules_sha256


def test_a_lighthouse_block_that_asks_for_nothing_is_a_rule() -> None:
    without = EVERY_KEY[: EVERY_KEY.index("lighthouse:")]
    hashes = {read(without + block).rules_sha256 for block in ("", "lighthouse: {}", "lighthouse: {rank_by: [total]}")}
    assert len(hashes) == 1
    assert read(without + "lighthouse: {requires: {}}").rules_sha256 not in hashes


@pytest.mark.slow
@rows("path", [*PUBLISHED, SHIPPED_SCHEME])
def test_a_stored_scheme_has_the_hash_of_its_file_and_each_figure_counts_however_small(path: Path) -> None:
    scheme = read_scheme(path)
    stored = scheme_from_json(scheme.canonical)
    assert stored.rules_sha256 == scheme.rules_sha256
    hashes = {stored.rules_sha256}
    figures = list(re.finditer(r'"(points|weight|total|min|max)":"([0-9.]+)(%?)"', scheme.canonical))
    kinds = {figure[1]: figure for figure in figures}
    for figure in kinds.values():
        more = written(Fraction(figure[2]) + A_LITTLE)
        try:
            other = scheme_from_json(scheme.canonical[: figure.start(2)] + more + scheme.canonical[figure.end(2) :])
        except BadFile:  # more points than the file allows at that place
            continue
        hashes.add(other.rules_sha256)
    assert len(hashes) > 1 or not kinds


@rows("path", PUBLISHED)
def test_no_word_of_a_published_system_is_a_rule(path: Path) -> None:
    scheme = read_scheme(path)
    mended = scheme_from_json(json.dumps(reworded(json.loads(scheme.canonical)), ensure_ascii=False))
    assert mended.sha256 != scheme.sha256
    assert mended.rules_sha256 == scheme.rules_sha256


def reworded(tree: Any, *, words: bool = False) -> Any:
    """The same scheme with every text mended; units are no wording."""
    if isinstance(tree, dict):
        texts = WORDING - {"languages", "place", "places"}
        return {key: reworded(part, words=words or key in texts) for key, part in tree.items()}
    if isinstance(tree, list):
        return [reworded(part, words=words) for part in tree]
    return f"{tree}, mended" if words else tree


def test_brackets_and_blanks_change_no_rule() -> None:
    for rule in all_rules(read_scheme(SHIPPED_SCHEME)):
        for start, end in operands(rule):
            spelled = f"{rule.text[:start]} ( {rule.text[start:end]} ) {rule.text[end:]}"
            assert printed(Rule(spelled)) == printed(rule), spelled


def all_rules(scheme: Scheme) -> Iterator[Rule]:
    yield from (value.of for value in scheme.values.values())
    for criterion in scheme.criteria.values():
        yield from rules_of(criterion)


def operands(rule: Rule) -> Iterator[tuple[int, int]]:
    """The places of all parts that may stand in brackets."""
    functions = {id(node.func) for node in ast.walk(rule.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(rule.tree):
        if isinstance(node, ast.expr) and not isinstance(node, ast.List) and id(node) not in functions:
            yield node.col_offset, node.end_col_offset or 0
