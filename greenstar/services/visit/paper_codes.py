"""The codes by which a form on paper calls its questions: short, as they are keyed in again."""

from greenstar.scheme.model import Scheme


def paper_codes(scheme: Scheme) -> dict[str, str]:
    """The facts (`F1`, `F2`, …) and questions (`1`, `2`, …) of a scheme by their codes, in the order of the walk."""
    questions = (question for criterion in scheme.walk for question in scheme.questions_of[criterion])
    facts = {f"F{number}": name for number, name in enumerate(scheme.facts, 1)}
    return {**facts, **{str(number): name for number, name in enumerate(questions, 1)}}
