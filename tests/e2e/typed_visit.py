"""A whole visit as keys: what an assessor types for the answers of an answers file, place by place, as one walks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from greenstar.assessment.model import Answer, Visit
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_percent
from greenstar.scoring.score import work_out
from greenstar.services.visit.questions import questions_put

_ENTER = "\r"
_PICKED, _TICKED = "1234567890", "123456789a"  # the keys of options, where one is picked, and any number ticked


def keys_by_place(scheme: Scheme, visit: Visit) -> Iterator[tuple[str, int, Mapping[str, Answer]]]:
    """For each place the keys as a terminal sends them, how many criteria are walked there, and the answers so far.

    Only what is put is answered: the earlier answers decide what that is.
    """
    typed = replace(visit, answers={})
    for place in scheme.walking_order.values():
        keys, walked = "", 0
        for criterion in place:
            environment, _ = work_out(scheme, typed)
            if environment.applies[criterion] is False:
                continue
            walked += 1
            done: list[str] = []
            while names := [name for name in _put(scheme, typed, criterion) if name not in done]:
                done.append(names[0])
                answer = visit.answers[names[0]]
                keys += _keys(scheme, names[0], answer) + _ENTER
                typed = replace(typed, answers={**typed.answers, names[0]: answer})
        yield keys, walked, typed.answers


def _put(scheme: Scheme, visit: Visit, criterion: str) -> list[str]:
    environment, _ = work_out(scheme, visit)
    return questions_put(scheme, environment, criterion)


def _keys(scheme: Scheme, name: str, answer: Answer) -> str:
    question = scheme.questions[name]
    options = list(scheme.options(question))
    match answer:
        case bool():
            return "y" if answer else "n"
        case Fraction():
            figure = float(answer * 100 if is_percent(question.unit) else answer)
            return f"{figure:.12g}"
        case tuple():
            return "".join(_TICKED[options.index(option)] for option in answer)
        case _:
            return _PICKED[options.index(str(answer))]
