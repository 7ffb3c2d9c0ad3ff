"""The scheme that ships: it is what it says, in both languages, and no store can get stuck in it."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Answer, Store, Visit
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Text
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.document import Criterion, Question
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import limits
from greenstar.scoring.checks import complaints
from greenstar.scoring.indicators import Indicators, IndicatorValue
from greenstar.scoring.score import score
from tests.rows import rows

EXAMPLES = sorted((SHIPPED_SCHEME / "examples").glob("*.yaml"))


@cache
def shipped() -> Scheme:
    return read_scheme(SHIPPED_SCHEME)


def criteria() -> list[Criterion]:
    return list(shipped().criteria.values())


def test_it_has_60_criteria_100_points_10_bonus_points_and_10_prerequisites() -> None:
    bonus = {group.category for group in shipped().categories if group.bonus}
    scored = [criterion for criterion in criteria() if not criterion.prerequisite]
    extra = [criterion for criterion in scored if shipped().category_of[criterion.id] in bonus]
    assert len(criteria()) == 60
    assert sum(criterion.prerequisite for criterion in criteria()) == 10
    assert sum(criterion.points or 0 for criterion in scored if criterion not in extra) == 100
    assert sum(criterion.points or 0 for criterion in extra) == 10


def test_three_stars_are_to_be_had_and_a_certificate_holds_three_years() -> None:
    assert [level.stars for level in shipped().levels] == [1, 2, 3]
    assert shipped().document.valid_months == 36
    assert list(shipped().document.languages) == ["en", "zh"]


def test_no_level_is_bought_by_excuses_and_nobody_decides_on_their_own_work() -> None:
    bounds = [level.requires.excused for level in shipped().levels]
    assert [bound and (bound.value, bound.percent) for bound in bounds] == [
        (Fraction(most, 100), True) for most in (15, 10, 5)
    ]
    assert shipped().document.decided_by == "another"


def test_the_wuxi_store_with_ten_excuses_reaches_no_level() -> None:
    (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / "wuxi.yaml", lambda _name, _base: shipped())
    names = ("WAT-08", "BLD-02", "WST-02", "BLD-04", "MOB-02", "ENE-06", "WST-01", "POL-01", "ENG-01", "BLD-06")
    card = score(shipped(), replace(file.visit, not_applicable=dict.fromkeys(names, "the landlord forbids it")))
    assert [card.excused_points, card.level, card.lighthouse] == [17, None, False]
    assert score(shipped(), file.visit).level == "star-3"


# -- its words ---------------------------------------------------------------------------------------------------


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def words_of(criterion: Criterion) -> Iterator[tuple[str, Text]]:
    """Each text that a reader of the criterion sees, and what kind of text it is."""
    yield "title", criterion.title
    for key in ("intent", "guidance"):
        text = getattr(criterion, key)
        if text is not None:
            yield key, text
    for evidence in criterion.evidence:
        yield "evidence", evidence
    for check in criterion.checks:
        yield "check", check.because
    for question in shipped().questions_of[criterion.id].values():
        yield "ask", question.ask


@rows("identifier", list(shipped().criteria))
def test_every_criterion_says_why_how_to_verify_it_what_to_collect_where_and_its_source(identifier: str) -> None:
    criterion = shipped().criteria[identifier]
    assert criterion.intent is not None
    assert criterion.guidance is not None
    assert criterion.evidence
    assert criterion.source is not None
    assert criterion.place in shipped().document.places


@rows("identifier", list(shipped().criteria))
def test_every_text_of_a_criterion_is_in_both_languages(identifier: str) -> None:
    for kind, text in words_of(shipped().criteria[identifier]):
        assert text.in_("en") != text.in_("zh"), (kind, text)
        assert is_chinese(text.in_("zh")), (kind, text)
        assert not is_chinese(text.in_("en")), (kind, text)


def test_every_other_text_is_in_both_languages() -> None:
    def texts(tree: Any) -> Iterator[dict[str, str]]:
        if isinstance(tree, dict):
            if "en" in tree or "zh" in tree:
                yield tree
            for part in tree.values():
                yield from texts(part)
        elif isinstance(tree, list):
            for part in tree:
                yield from texts(part)

    for text in texts(json.loads(shipped().canonical)):
        assert text.keys() >= {"en", "zh"}
        assert text["en"].strip()
        assert text["zh"].strip()
    asked = [fact.ask for fact in shipped().facts.values()]
    for title in [*asked, *(value.title for value in shipped().values.values())]:
        assert is_chinese(title.in_("zh")), title


@rows("language", LANGUAGES)
def test_no_sentence_stands_under_two_criteria(language: str) -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for criterion in criteria():
        for kind, text in words_of(criterion):
            seen.setdefault((kind, text.in_(language)), set()).add(criterion.id)
    twice = {words: ids for words, ids in seen.items() if len(ids) > 1}
    (ladder,) = shipped().questions_of["MGT-02"].values()  # how a ladder of steps is asked; the steps themselves differ
    assert twice.keys() <= {("ask", ladder.ask.in_(language))}


def test_ids_tell_their_category() -> None:
    for criterion in criteria():
        assert criterion.id.startswith(shipped().category_of[criterion.id] + "-")


def test_every_criterion_stands_once_in_the_walking_order() -> None:
    order = Counter(identifier for place in shipped().walking_order.values() for identifier in place)
    assert order == Counter(list(shipped().criteria))


def test_a_rule_reads_only_answers_that_come_before_it_or_from_its_own_criterion() -> None:
    """What is shown while walking is known by then; else a page would stay open until much later."""
    walked = [identifier for place in shipped().walking_order.values() for identifier in place]
    for criterion in criteria():
        if criterion.applies_if is not None:
            behind = shipped().names_behind(criterion.applies_if) & shipped().questions.keys()
            owners = {shipped().criterion_of[name] for name in behind} - {criterion.id}
            assert all(walked.index(owner) < walked.index(criterion.id) for owner in owners), criterion.id


# -- what applies ------------------------------------------------------------------------------------------------

JUSTIFIED = {"WAT-P2", "WAT-06", "WST-06"}  # the file says why beside each


def test_whether_a_criterion_applies_follows_from_what_a_store_is_and_not_from_what_it_did() -> None:
    reading = {
        criterion.id
        for criterion in criteria()
        if criterion.applies_if is not None
        and shipped().names_behind(criterion.applies_if) & shipped().questions.keys()
    }
    assert reading <= JUSTIFIED


def drawn(question: Question, chance: random.Random) -> Answer:
    """A random answer within its bounds."""
    match question.type:
        case "boolean":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(list(shipped().options(question)))
        case "multiple":
            return tuple(name for name in shipped().options(question) if chance.random() < 0.5)
        case "number":
            low, high = limits(question)
            first = low if low is not None else Fraction(0)
            last = high if high is not None else Fraction(10_000)
            step = first + (last - first) * Fraction(chance.choice([0, 1, 5, 50, 99, 100]), 100)
            return Fraction(step.__floor__()) if question.whole else step
        case _:
            return "said"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_no_store_leaves_a_criterion_undecided_once_all_that_is_asked_is_answered(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        visit = Visit(
            store=Store("S", "S"),
            facts={name: drawn(fact, chance) for name, fact in shipped().facts.items()},
            answers={name: drawn(question, chance) for name, question in shipped().questions.items()},
        )
        scorecard = score(shipped(), visit)
        still = [name for name, score_here in scorecard.criteria.items() if score_here.open]
        assert not still, (still, visit.facts)
        assert scorecard.total is not None
        assert 0 <= scorecard.total <= 110
        assert scorecard.worst.total == scorecard.total == scorecard.best.total
        for score_here in scorecard.criteria.values():
            assert Catalogue("zh").render(score_here.reason)


def test_a_visit_not_begun_can_still_reach_every_level() -> None:
    scorecard = score(shipped(), Visit(store=Store("S", "S")))
    assert (scorecard.level, scorecard.worst.level, scorecard.best.level) == (None, None, "star-3")
    assert scorecard.total == scorecard.worst.total == 0
    assert scorecard.best.total == 110


# -- examples ----------------------------------------------------------------------------------------------------


def example(path: Path) -> AnswersFile:
    (file,) = read_answers_files(path, lambda _name, _folder: shipped())
    return file


@rows("path", EXAMPLES)
def test_an_example_reaches_what_it_expects(path: Path) -> None:
    file = example(path)
    scorecard = score(shipped(), file.visit)
    assert file.expect is not None
    assert scorecard.total == file.expect.total
    assert scorecard.level == file.expect.level
    assert {name: scorecard.criteria[name].points for name in file.expect.criteria} == file.expect.criteria
    assert not [complaint for complaint in complaints(shipped(), file.visit) if complaint.refuse]


def test_the_wuxi_stores_emissions_and_hazardous_waste_are_as_by_hand() -> None:
    path = next(path for path in EXAMPLES if path.stem == "wuxi")
    figures = Indicators(shipped()).of(example(path).visit)
    factors = [Fraction(factor) for factor in ("0.5366", "2.1622", "2.1938")]  # kg CO2 a kWh, a m³, a litre
    now, base = (sum(map(mul, factors, amounts)) / 1000 for amounts in ((520000, 15000, 3200), (780000, 17000, 11000)))
    assert (figures["emissions"].value, figures["emissions_saved"]) == (now, (base - now, base))
    assert figures["hazardous_waste"] == IndicatorValue(Fraction("41.8"), Fraction(10400))


def test_the_examples_reach_every_level_and_none() -> None:
    assert {score(shipped(), example(path).visit).level for path in EXAMPLES} == {None, "star-1", "star-2", "star-3"}


def test_the_wuxi_sample_is_a_lighthouse_candidate_and_no_other_example_is() -> None:
    lit = [path.stem for path in EXAMPLES if score(shipped(), example(path).visit).lighthouse]
    assert lit == ["wuxi"]
