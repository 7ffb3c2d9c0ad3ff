"""What a level still lacks: each requirement with its figures and its sentence, and those of a kind in one sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import PERCENT, Phrase, Quantity
from greenstar.numbers import ZERO
from greenstar.reports.views.figures import Figure
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import ScorecardEdges
from greenstar.scoring.explain.unmet import unmet_sentence
from greenstar.scoring.scorecard import Scorecard, Unmet

_FIRST = ("total", "prerequisites")
_TOO_MANY = ("findings", "complete", "excused")
_GROUPS = ("each_category", "categories", "criteria")

# From how many on requirements of a kind share a sentence.
WITH_ROOM = {"prerequisites": 4}
IN_A_COLUMN = {"prerequisites": 2, "each_category": 2}


@dataclass(frozen=True)
class RequirementView:
    """One requirement that does not hold. `missing`: how much, nothing where that is no amount."""

    requirement: str
    subject: str
    needed: Figure
    actual: Figure
    missing: Figure
    criteria: tuple[str, ...]
    sentence: Phrase


@dataclass(frozen=True)
class RequirementLine:
    """A sentence about one requirement, or about those of a kind, and the criteria that could close it."""

    sentence: Phrase
    closers: tuple[str, ...] = ()


def requirement_views(scheme: Scheme, card: Scorecard, unmet: Iterable[Unmet]) -> tuple[RequirementView, ...]:
    """Requirements of a level that a scorecard lacks, in the scheme's order."""
    edges = ScorecardEdges(scheme, card)
    return tuple(_view(edges, requirement) for requirement in unmet)


def _view(edges: ScorecardEdges, unmet: Unmet) -> RequirementView:
    return RequirementView(
        requirement=unmet.requirement,
        subject=unmet.subject,
        needed=Figure(unmet.needed, percent=unmet.percent),
        actual=Figure(unmet.actual, edges.requirement(unmet), percent=unmet.percent),
        missing=Figure(_missing(unmet), (ZERO,), percent=unmet.percent),
        criteria=unmet.criteria,
        sentence=unmet_sentence(edges, unmet),
    )


def _missing(unmet: Unmet) -> Fraction | None:
    """How much is missing; a finding, an open criterion or an excused point too many is no amount that is missing."""
    if unmet.needed is None or unmet.actual is None or unmet.requirement in _TOO_MANY:
        return None
    return unmet.needed - unmet.actual


def requirement_lines(
    requirements: Sequence[RequirementView], together: Mapping[str, int]
) -> Iterator[RequirementLine]:
    """A sentence each; requirements of a kind share one from so many on as `together` says (`WITH_ROOM`, ...)."""
    kinds = {kind: [view for view in requirements if view.requirement == kind] for kind in together}
    for view in requirements:
        alike = kinds.get(view.requirement, [])
        if not alike or len(alike) < together[view.requirement]:
            closers = tuple(name for name in view.criteria if name != view.subject)
            yield RequirementLine(view.sentence, closers)
        elif view is alike[0]:
            yield RequirementLine(_together(alike))


def _together(alike: Sequence[RequirementView]) -> Phrase:
    if alike[0].requirement == "prerequisites":
        return Phrase("requirements.prerequisites", count=len(alike), ids=[view.subject for view in alike])
    each = [Phrase("requirements.category_has", id=view.subject, actual=_figure(view.actual)) for view in alike]
    return Phrase("requirements.categories", needed=_needed(alike[0]), each=each)


def in_short(requirements: Sequence[RequirementView]) -> Iterator[Phrase]:
    """A few words each: the total, prerequisites together, then the rest in its order."""
    gates = [view.subject for view in requirements if view.requirement == "prerequisites"]
    for view in requirements:
        if view.requirement == "total":
            yield Phrase(f"requirements.short_{'share' if view.needed.percent else 'total'}", **_figures(view))
    if gates:
        yield Phrase("requirements.short_prerequisites", count=len(gates), ids=gates)
    for view in requirements:
        if view.requirement not in _FIRST:
            yield _short(view)


def _short(view: RequirementView) -> Phrase:
    if view.requirement in _GROUPS:
        return Phrase("requirements.short_group", id=view.subject, **_figures(view))
    if view.requirement == "complete":
        return Phrase("requirements.short_complete", count=int(view.actual.value or 0))
    if view.requirement == "findings":
        return Phrase("requirements.short_findings", what=Phrase(f"words.{view.subject}"), **_figures(view))
    if view.requirement == "level":
        return Phrase("requirements.short_level", level=view.subject)
    return Phrase(f"requirements.short_{view.requirement}", **_figures(view))


def _figures(view: RequirementView) -> dict[str, object]:
    actual = Phrase("words.none") if view.actual.value is None else view.actual.quantity
    return {"needed": _needed(view), "actual": actual}


def _needed(view: RequirementView) -> Quantity:
    return Quantity(view.needed.value or ZERO, PERCENT if view.needed.percent else None, as_written=True)


def _figure(figure: Figure) -> object:
    return Figure(figure.value or ZERO, figure.misses, figure.percent).quantity
