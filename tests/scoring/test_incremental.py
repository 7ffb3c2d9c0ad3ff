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
from greenstar.scoring.incremental import IncrementalScoring
from greenstar.scoring.score import Worked, work_out
from greenstar.services.schemes.registry import find_scheme
from tests.builders import scheme
from tests.builders import visit as small_visit

EXAMPLES = sorted(path.name for path in (SHIPPED_SCHEME / "examples").glob("*.yaml"))


@cache
def shipped() -> tuple[Scheme, IncrementalScoring, dict[str, Visit]]:
    """The shipped scheme and its examples."""
    found = find_scheme(None)
    visits = {}
    for name in EXAMPLES:
        (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / name, lambda _name, _base: found)
        visits[name] = file.visit
    return found, IncrementalScoring(found), visits


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


def same(one: Worked, other: Worked) -> bool:
    """Whether two came to the same, missing lists that are empty apart."""

    def figures(worked: Worked) -> list[Any]:
        here = worked.environment
        scores = [
            (name, one.outcome, one.points, one.available, one.earned, one.best, one.value)
            for name, one in worked.scores.items()
        ]
        missing = {name: questions for name, questions in here.missing.items() if questions}
        absent = {name: unknown.open for name, unknown in here.absent.items()}
        return [here.values, absent, here.applies, here.undecided, missing, scores]

    return figures(one) == figures(other)


@pytest.mark.parametrize("name", EXAMPLES)
def test_any_answer_after_another_in_the_shipped_scheme(name: str) -> None:
    under, reworker, visits = shipped()
    random, visit = Random(name), visits[name]
    worked = work_out(under, visit)
    for _ in range(60):
        question = random.choice(list(under.questions))
        value = any_answer(random, under, under.questions[question])
        kept = {key: one for key, one in visit.answers.items() if key != question}
        following = replace(visit, answers=kept if value is None else {**kept, question: value})
        again, whole = reworker.after(worked, following, question), work_out(under, following)
        assert same(again, whole), question
        before = {(one.criterion, one.because) for one in complaints(under, visit, worked) if one.refuse}
        new = [one for one in complaints(under, following) if one.refuse and (one.criterion, one.because) not in before]
        found = reworker.refused_by(worked, again, question)
        assert (found.criterion if found else None) == (new[0].criterion if new else None), question
        visit, worked = following, whole


@pytest.mark.parametrize("policy", ["exclude", "award", "zero", "redistribute"])
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
    reworker, visit, random = IncrementalScoring(under), small_visit(), Random(policy)
    worked = work_out(under, visit)
    for _ in range(80):
        question = random.choice(list(under.questions))
        value = any_answer(random, under, under.questions[question])
        kept = {key: one for key, one in visit.answers.items() if key != question}
        visit = replace(visit, answers=kept if value is None else {**kept, question: value})
        worked = reworker.after(worked, visit, question)
        assert same(worked, work_out(under, visit)), question


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
    before, following = work_out(under, visit), small_visit({"A1": 1, "A2": 1, "B1": 8})
    after = incremental.after(before, following, "B1")
    assert same(after, work_out(under, following))
    refused = incremental.refused_by(before, after, "B1")
    assert refused is not None
    assert refused.criterion == "A2"
