"""Each requirement of a level with what it needs and what there is: those that hold, and those that are lacking."""

from collections.abc import Collection, Iterator

from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.scheme.levels import Requires
from greenstar.scoring.edges import ScorecardEdges
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.unmet import title_of, unmet_parts, unmet_sentence
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.scorecard import Unmet
from greenstar.scoring.standing import Standing

_WITHOUT_FIGURES = ("level", "prerequisites", "when")  # what is lacking of them says nothing of what holds


class _EveryRequirement(LevelCheck):
    """Tells of all that is required, as if it were lacking."""

    @override
    def _tells(self, lacking: bool) -> bool:
        return True


def every_requirement(standing: Standing, requires: Requires, holding: set[str]) -> tuple[Unmet, ...]:
    """All requirements in their order, whether they are lacking or not; `holding` are the levels that hold."""
    check = _EveryRequirement(standing, optimistic=False)
    check.holding = holding
    return check.unmet(requires)


def requirement_parts(
    standing: Standing, edges: ScorecardEdges, requires: Requires, unmet: Collection[Unmet], holding: set[str]
) -> Iterator[Explanation]:
    """All requirements in their order; `unmet` are those that are lacking, `holding` the levels that hold."""
    for requirement in every_requirement(standing, requires, holding):
        if requirement in unmet:
            for part in unmet_parts(edges, [requirement]):
                yield Explanation(Phrase("explain.lacking", sentence=part.line), part.parts, part.subject)
            continue
        sentence = held_sentence(standing, edges, requirement)
        yield Explanation(Phrase("explain.holding", sentence=sentence), (), requirement.subject)


def held_sentence(standing: Standing, edges: ScorecardEdges, requirement: Unmet) -> Phrase:
    """The sentence for a requirement that holds."""
    kind, subject = requirement.requirement, requirement.subject
    if kind not in _WITHOUT_FIGURES:
        return unmet_sentence(edges, requirement)
    if kind == "prerequisites" and not standing.scores[subject].applies:
        kind = "not_applicable"
    title = title_of(standing.scheme, requirement) or subject
    return Phrase(f"explain.held_{kind}", subject=subject, title=title)
