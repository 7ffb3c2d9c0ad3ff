"""One function says what is the same store, cycle, region, city or person."""

import unicodedata
from itertools import pairwise
from typing import Literal, get_args

from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.cycles import cycle_key
from greenstar.services.spelling import as_known
from greenstar.text import folded, tidied
from tests.rows import rows

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
FORMS = st.sampled_from(get_args(Form))
CASES = st.sampled_from([str.lower, str.upper, str.title, str.casefold])
INVISIBLE = st.sampled_from(["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060"])


@given(TEXTS)
def test_folding_twice_is_folding_once_and_tidying_leaves_it_the_same(text: str) -> None:
    assert folded(folded(text)) == folded(text) == folded(tidied(text))
    assert tidied(tidied(text)) == tidied(text)


@given(TEXTS, FORMS)
def test_folding_knows_no_forms_of_characters(text: str, form: Form) -> None:
    assert folded(unicodedata.normalize(form, text)) == folded(text)


@given(st.text("abcXYZäÖßéÅ华东０１２ＷＸ -", max_size=12), CASES)
def test_folding_knows_no_case(text: str, changed: object) -> None:
    assert callable(changed)
    assert folded(changed(text)) == folded(text)


@given(st.lists(st.text("ab华东2０Ｗ", min_size=1, max_size=3), min_size=1, max_size=3), INVISIBLE)
def test_folding_knows_nothing_that_is_not_seen_and_no_width_of_blanks(words: list[str], unseen: str) -> None:
    assert folded(f" {unseen}" + f"\u3000 {unseen}".join(words) + "\t") == folded(" ".join(words))


@rows(
    ("text", "same"),
    [
        ("２０２６", "2026"),
        ("2026\u200b", "2026"),
        ("华\u200b东", "华东"),
        ("East", "east"),
        ("ＷＸ-100", "wx-100"),
        ("é", "e\u0301"),
    ],
)
def test_what_was_two_is_one(text: str, same: str) -> None:
    assert folded(text) == folded(same)
    assert as_known(text, ["other", same]) == same
    assert as_known(text, [same, text]) == text  # what older programs kept apart can each be named


def test_cycles_are_ordered_by_the_numbers_in_them_then_by_their_text_and_those_without_one_come_first() -> None:
    cycles = ["", "autumn", "spring", "1", "9-a", "9-b", "2025", "2026", "2026-09", "2026-9", "2026-9-1", "2026-10"]
    cycles.append("10" * 30)
    assert all(cycle_key(first) < cycle_key(second) for first, second in pairwise(cycles))


@given(st.lists(st.integers(0, 10**12), max_size=3), st.lists(st.integers(0, 10**12), max_size=3))
def test_any_two_cycles_are_ordered_as_their_numbers_are(first: list[int], second: list[int]) -> None:
    keys = [cycle_key("-".join(map(str, numbers))) for numbers in (first, second)]
    assert (keys[0] < keys[1]) == (first < second)


@given(TEXTS)
def test_two_spellings_of_a_cycle_have_one_key(text: str) -> None:
    assert cycle_key(text) == cycle_key(folded(text)) == cycle_key(tidied(text))
