"""What can never hold: more than there is to reach, and percentages that were written without their sign.

Held against files only. A scheme that an earlier release has stored keeps opening, whatever it says.
"""

from collections.abc import Iterable
from fractions import Fraction

from greenstar.errors import Problem
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written
from greenstar.scheme.document import QuestionFields
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.locator import last_key
from greenstar.scheme.question_types import is_percent
from greenstar.scheme.validation.index import Index, Path
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence


def check_impossible(index: Index) -> None:
    """Refuse what no store could ever reach."""
    if index.document.valid_months == 0:
        index.refuse(("valid_months",), "validation.no_month")
    _percent_signs(index)
    for number, level in enumerate(index.document.levels):
        _requires(index, level.requires, ("levels", number, "requires"))
    _requires(index, index.document.lighthouse.requires, ("lighthouse", "requires"))


def _requires(index: Index, requires: Requires, path: Path) -> None:
    if requires.total is not None:
        _within(index, requires.total, index.worth.total, (*path, "total"))
    for name, threshold in requires.categories.items():
        if name in index.groups:
            _within(index, threshold, index.worth.groups[name], (*path, "categories", name))
    each = requires.each_category
    if each is not None:
        mapping = isinstance(each, EachCategory)
        left_out, least = (each.except_, each.min) if isinstance(each, EachCategory) else ([], each)
        groups = [group for group in index.document.categories if not group.bonus and group.category not in left_out]
        if groups:
            where = (*path, "each_category", "min") if mapping else (*path, "each_category")
            _within(index, least, min(index.worth.groups[group.category] for group in groups), where)
    if requires.evidence is not None and not any(criterion.evidence for criterion in index.criteria.values()):
        index.refuse((*path, "evidence"), "validation.no_evidence_listed")


def _within(index: Index, threshold: Threshold, most: Fraction, path: Path) -> None:
    """A share lies within 100 %, points within what there is."""
    if threshold.percent and threshold.value > 1:
        index.refuse(path, "validation.over_all")
    elif not threshold.percent and threshold.value > most:
        index.refuse(path, "validation.over_most", needed=threshold.value, most=most)


# -- `unit: "%"` ------------------------------------------------------------------------------------------------------


def _percent_signs(index: Index) -> None:
    """What bounds or grades a percentage carries the sign: 100 without it would be 10,000 %."""
    questions: list[tuple[QuestionFields, Path]] = [(question, path) for question, path in index.asked.values()]
    questions += [(criterion, index.paths[name]) for name, criterion in index.criteria.items() if criterion.ask]
    for question, path in questions:
        if is_percent(question.unit):
            node = index.at.node((*path, "plausible"))
            bounds = [key for key in ("min", "max") if getattr(question, key) is not None]
            _signed(index, [(index.at.node((*path, key)), (*path, key)) for key in bounds])
            ends = enumerate(node) if question.plausible and isinstance(node, Sequence) else ()
            _signed(index, [(end, (*path, "plausible", number)) for number, end in ends])
    for name, criterion in index.criteria.items():
        score = criterion.score
        if score is None or not is_percent(score.unit):
            continue
        for key in ("at_least", "at_most", "linear"):
            path = (*index.paths[name], "score", key)
            node = index.at.node(path)
            if getattr(score, key) is not None and isinstance(node, Mapping):
                _signed(index, [(edge, (*path, edge)) for edge in node], is_key=True)


def _signed(index: Index, figures: Iterable[tuple[object, Path]], *, is_key: bool = False) -> None:
    for figure, path in figures:
        if isinstance(figure, Scalar) and not figure.endswith("%") and figure.strip("-0."):
            mark = index.at.key(path) if is_key else figure.mark
            message = Phrase("validation.percent_sign", figure=str(figure))
            index.problems.append(Problem(mark, last_key(path), message, _with_sign(figure)))


def _with_sign(figure: Scalar) -> Phrase:
    """How a percentage without its sign is written: 0.1 was meant as a share, 10 was not."""
    value = read_number(figure)
    if value is None or abs(value) > 1:
        return Phrase("rules.write", right=f"{figure}%")
    return Phrase("validation.percent_or_share", share=f"{written(value * 100)}%", figure=f"{figure}%")
