"""Which criteria of a visit the tree shows: all of them, or those with something in common."""

from collections.abc import Collection, Iterable, Mapping

from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Outcome, Scorecard

ALL = "all"
FILTERS = (ALL, "open", "prerequisites", "with_findings", "not_met", "flagged")
"""The filters by their names; `navigation.filter_NAME` is what people call them."""


class OutlineFilter:
    """The filter in use, and what it and the lines depend on: the score, and what an assessor has put on criteria.

    `begun`: those of which something is answered.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.name = ALL
        self.card: Scorecard | None = None
        self.flagged: Collection[str] = frozenset()
        self.with_findings: Collection[str] = frozenset()
        self.begun: Collection[str] = frozenset()

    @property
    def on(self) -> bool:
        """Whether anything may be left out."""
        return self.name != ALL

    def of(self, groups: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """What the filter lets through under each heading; headings without any are left out."""
        if not self.on:
            return dict(groups)
        passing = {
            key: tuple(criterion for criterion in criteria if self._passes(self.name, criterion))
            for key, criteria in groups.items()
        }
        return {key: criteria for key, criteria in passing.items() if criteria}

    def counts(self, criteria: Iterable[str]) -> dict[str, int]:
        """How many criteria each filter lets through."""
        order = list(criteria)
        return {name: sum(self._passes(name, criterion) for criterion in order) for name in FILTERS}

    def _passes(self, name: str, criterion: str) -> bool:
        match name:
            case "open":
                return self.card is not None and self.card.criteria[criterion].open
            case "prerequisites":
                return self.scheme.criteria[criterion].prerequisite
            case "with_findings":
                return criterion in self.with_findings
            case "not_met":
                return self.card is not None and self.card.criteria[criterion].outcome is Outcome.NOT_MET
            case "flagged":
                return criterion in self.flagged
            case _:
                return True
