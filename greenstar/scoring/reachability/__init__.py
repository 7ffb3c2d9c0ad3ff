"""What a scheme lets happen: for each level a visit that reaches it, and what in the scheme can never matter."""

from dataclasses import dataclass, field

from greenstar.assessment.model import Visit
from greenstar.errors import Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.scoring.reachability.search import sample_visits
from greenstar.scoring.reachability.unknowable import unknowable
from greenstar.scoring.reachability.useless import mark_of, useless


@dataclass(frozen=True)
class Reach:
    """For each level a visit that reaches it (None: none was found), and warnings, each at its place."""

    levels: dict[str, Visit | None] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)


def reach(scheme: Scheme) -> Reach:
    """A visit that reaches each level, and what nobody can reach. The same scheme always gives the same."""
    visits = sample_visits(scheme)
    missing = [
        Problem(mark_of(level.id), "levels", Phrase("check.no_witness", level=level.title, id=str(level.id)))
        for level in scheme.levels
        if visits[level.id] is None
    ]
    warnings = [*useless(scheme), *unknowable(scheme), *missing]
    return Reach(visits, sorted(warnings, key=lambda problem: problem.mark))
