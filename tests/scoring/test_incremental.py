"""What depends on one answer is worked out again, and comes to what working everything out would come to."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Answer, Visit
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import complaints
from greenstar.scoring.environment import Environment, keys_of
from greenstar.scoring.incremental import IncrementalScoring
from greenstar.scoring.score import Worked, carry_out, score, work_out
from greenstar.scoring.scorecard import CriterionScore
from greenstar.services.schemes.registry import find_scheme
from tests.builders import scheme
from tests.builders import visit as small_visit
from tests.rows import rows

EXAMPLES = sorted(path.name for path in (SHIPPED_SCHEME / "examples").glob("*.yaml"))


@cache
def shipped() -> tuple[Scheme, IncrementalScoring, dict[str, Visit]]:
    """The shipped scheme and its examples."""
    under = find_scheme(None)
    visits = {}
    for name in EXAMPLES:
        (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / name, lambda _name, _base: under)
        visits[name] = file.visit
    return under, IncrementalScoring(under), visits


def any_answer(random: Random, under: Scheme, question: Question) -> Answer | None:
    """Any answer at all, or none."""
    if random.random() < 0.25:
        return None
    options = list(under.options(question))
    match question.type:
        case "boolean":
            return random.random() < 0.5
        case "choice":
            return random.choice(options)
        case "multiple":
            return tuple(option for option in options if random.random() < 0.5)
    return Fraction(random.choice((0, 1, 7, 40, 900)), random.choice((1, 1, 10)))


def figures(worked: Worked) -> list[Any]:
    """All that a visit came to: of what is unknown, whether it is open; of missing questions, those there are.

    Of reasons, which sentence it is.
    """
    here = worked.environment
    scores = [
        (
            *(name, each.outcome, each.points, each.available, each.earned, each.best, each.value),
            *(each.excused, each.reason.key),
        )
        for name, each in worked.scores.items()
    ]
    missing = {name: questions for name, questions in here.missing.items() if questions}
    absent = {name: unknown.open for name, unknown in here.absent.items()}
    return [here.values, absent, here.applies, here.undecided, missing, scores]


def answered(visit: Visit, question: str, value: Answer | None) -> Visit:
    """The visit with another answer to one question, or none."""
    others = {name: answer for name, answer in visit.answers.items() if name != question}
    return replace(visit, answers=others if value is None else {**others, question: value})


def refusals(under: Scheme, visit: Visit) -> list[tuple[str, Any]]:
    """What checks refuse: criterion and reason."""
    return [(each.criterion, each.because) for each in complaints(under, visit) if each.refuse]


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_any_answer_after_another_in_the_shipped_scheme(name: str) -> None:
    under, incremental, visits = shipped()
    random = Random(name)
    marked = [each.id for each in under.criteria.values() if each.applies_if is not None]
    visit = replace(visits[name], not_applicable=dict.fromkeys(random.sample(marked, len(marked) // 3), "not there"))
    worked, before = work_out(under, visit), refusals(under, visit)
    for _ in range(60):
        question = random.choice(list(under.questions))
        following = answered(visit, question, any_answer(random, under, under.questions[question]))
        again, from_scratch = incremental.after(worked, following, question), work_out(under, following)
        assert figures(again) == figures(from_scratch), question
        refusals_here = refusals(under, following)
        new = [refusal for refusal in refusals_here if refusal not in before]
        refused = incremental.refused_by(worked, again, question)
        assert (refused.criterion if refused else None) == (new[0][0] if new else None), question
        visit, worked, before = following, from_scratch, refusals_here


@rows("policy", ["exclude", "award", "zero", "redistribute"])
def test_points_that_are_shared_out_are_shared_out_again(policy: str) -> None:
    under = scheme(
        f"""
        scoring: {{not_applicable: {policy}}}
        categories:
          - category: A
            title: t
            criteria:
              - {{id: A1, title: t, points: 10, type: number, ask: q, score: {{}}}}
              - {{id: A2, title: t, points: 20, applies_if: answer("A1") > 5, type: number, ask: q, score: {{}}}}
              - {{id: A3, title: t, points: 30, applies_if: answer("A2") > 5, type: number, ask: q, score: {{}}}}
              - {{id: A4, title: t, points: 40, type: number, ask: q, score: {{of: 'points("B")'}}}}
          - category: B
            title: t
            criteria:
              - {{id: B1, title: t, points: 10, type: number, ask: q, score: {{}}}}
        """
    )
    incremental, random = IncrementalScoring(under), Random(policy)
    for marked in ("", "A3", "A2 A4"):
        visit = small_visit(away=marked)
        worked = work_out(under, visit)
        for _ in range(40):
            question = random.choice(list(under.questions))
            visit = answered(visit, question, any_answer(random, under, under.questions[question]))
            worked = incremental.after(worked, visit, question)
            assert figures(worked) == figures(work_out(under, visit)), question


def test_what_is_marked_as_not_applicable_is_excused_only_while_its_rule_does_not_say_so_too() -> None:
    under = scheme(
        """
        levels:
          - {id: good, title: t, stars: 1, requires: {excused: 5}}
        categories:
          - category: A
            title: t
            criteria:
              - {id: A1, title: t, points: 10, type: number, ask: q, score: {}}
              - {id: A2, title: t, points: 20, applies_if: answer("A1") > 5, type: number, ask: q, score: {}}
        """
    )
    incremental, visit = IncrementalScoring(under), small_visit({"A1": 9}, away="A2")
    worked, excused = work_out(under, visit), []
    for value in (1, 2, 8, None):
        visit = answered(visit, "A1", None if value is None else Fraction(value))
        worked = incremental.after(worked, visit, "A1")
        assert figures(worked) == figures(work_out(under, visit))
        card = score(under, visit, worked)
        excused.append((card.excused_points, card.criteria["A2"].reason.key.partition(".")[2], card.level is None))
    by_rule, by_mark = (Fraction(0), "does_not_apply", False), (Fraction(20), "marked_not_applicable", True)
    assert excused == [by_rule, by_rule, by_mark, by_mark]


NESTED = """
categories:
  - category: A
    title: t
    criteria:
      - {id: A1, title: t, points: 10, type: number, ask: q, score: {of: 'points("P")'}}
      - {id: A2, title: t, points: 10, type: number, ask: q, score: {}, checks: [
          {refuse: 'points("P") > 5', because: b}]}
  - category: P
    title: t
    categories:
      - category: C
        title: t
        criteria:
          - {id: B1, title: t, points: 10, type: number, ask: q, score: {}}
"""


def test_an_answer_deep_inside_a_group_moves_what_reads_the_groups_points_and_its_checks() -> None:
    under = scheme(NESTED)
    incremental, visit = IncrementalScoring(under), small_visit({"A1": 1, "A2": 1})
    before, following = work_out(under, visit), answered(visit, "B1", Fraction(8))
    after = incremental.after(before, following, "B1")
    assert figures(after) == figures(work_out(under, following))
    refused = incremental.refused_by(before, after, "B1")
    assert refused is not None
    assert refused.criterion == "A2"


def test_where_something_comes_to_the_same_what_reads_only_that_is_taken_over_as_it_is() -> None:
    under = scheme(
        """
        values:
          enough: {title: t, of: 'min(answer("A1"), 5)'}
        categories:
          - category: A
            title: t
            criteria:
              - {id: A1, title: t, points: 10, type: number, ask: q, score: {}}
              - {id: A2, title: t, points: 10, type: number, ask: q, score: {of: 'answer("A2") if enough >= 5 else 0'}}
        """
    )
    incremental, visit = IncrementalScoring(under), small_visit({"A1": 6, "A2": 3})
    before = work_out(under, visit)
    more, less = (incremental.after(before, answered(visit, "A1", Fraction(value)), "A1") for value in (7, 4))
    assert more.scores["A2"] is before.scores["A2"]
    assert [worked.scores["A2"].earned for worked in (before, less)] == [3, 0]


class Recorded(dict[Any, Any]):
    """A dictionary that notes each key that is looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_read: set[Any] = set()

    def __getitem__(self, key: Any) -> Any:
        self.keys_read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.keys_read.add(key)
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        self.keys_read.add(key)
        return super().get(key, default)


@rows("name", EXAMPLES)
def test_no_step_reads_what_its_needs_do_not_name(name: str) -> None:
    under, _, visits = shipped()
    assert_only_needs_are_read(under, visits[name])


def test_no_step_reads_what_its_needs_do_not_name_in_groups_and_checks_either() -> None:
    assert_only_needs_are_read(scheme(NESTED), small_visit({"A1": 1, "A2": 1, "B1": 8}))


def assert_only_needs_are_read(under: Scheme, visit: Visit) -> None:
    environment, scores = Environment(under, visit), dict[str, CriterionScore]()
    environment.values, environment.absent = Recorded(), Recorded()
    for step in under.needs:
        known = {key for needed in (step, *under.needs[step]) for key in keys_of(needed)}
        environment.values.keys_read, environment.absent.keys_read = set(), set()
        carry_out(environment, scores, [step])
        for check in under.criteria[step.id].checks if step.kind == "checks" else ():
            for rule in (check.refuse, check.warn):
                assert rule is None or environment.rule(rule) is not None
        assert environment.values.keys_read | environment.absent.keys_read <= known, step
