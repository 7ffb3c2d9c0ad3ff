"""What is taken out of a database: which visits, told in which language, and who is told how far it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.services.progress import Progress, unwatched
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.exports import ScoredVisit
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.storage import Storage

_AT_ONCE = 250  # visits that are read, and held, together


@dataclass(frozen=True)
class Extract:
    """The visits of a cycle, or (None) of all; texts in `language`.

    `settings`: with which the ranges of places are worked out. `cycle_named`: somebody asked for the cycle, so that it
    bounds also what is otherwise told of all.
    """

    workspace: Workspace
    cycle: str | None
    language: str = "en"
    progress: Progress = unwatched
    cycle_named: bool = False
    settings: SureSettings | None = None

    @classmethod
    def of(cls, workspace: Workspace, language: str = "en") -> Self:
        """The cycle that the workspace is in."""
        return cls(workspace, workspace.cycle, language, cycle_named=workspace.named_cycle is not None)

    @property
    def storage(self) -> Storage:
        """Where it is read."""
        return self.workspace.storage

    @property
    def register_cycle(self) -> str | None:
        """The cycle of what has one, and is told of all where none was asked for."""
        return self.cycle if self.cycle_named else None

    def visits(self) -> Iterator[dict[int, AssessmentRow]]:
        """The visits that count, or are drafts where none does, by their numbers: some hundred at a time.

        Without those of which only the result is kept.
        """
        for batch in self._batches(withdrawn=False):
            without = self.storage.contents.results_only(list(batch))
            kept = [number for number in batch if number not in without]
            yield dict(zip(kept, self.storage.exports.assessments(kept), strict=True))

    def scored(self) -> Iterator[list[ScoredVisit]]:
        """The same visits with their figures, also those of which only the result is kept.

        Where none counts and the newest was withdrawn, it is that.
        """
        return (self.storage.exports.scored(batch) for batch in self._batches(withdrawn=True))

    def _batches(self, *, withdrawn: bool) -> Iterator[Sequence[int]]:
        """The numbers of the visits, with or without what was withdrawn."""
        numbers = self.storage.exports.listed(self.cycle, withdrawn=withdrawn).numbers
        for start in range(0, len(numbers), _AT_ONCE):
            batch = numbers[start : start + _AT_ONCE]
            yield batch
            self.progress(start + len(batch), len(numbers))

    def results_only(self) -> int:
        """Of how many of these visits only the result is kept: there are no rows of what they hold."""
        numbers = self.storage.exports.listed(self.cycle, withdrawn=False).numbers
        batches = (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))
        return sum(len(self.storage.contents.results_only(list(batch))) for batch in batches)

    def schemes(self) -> list[SchemeRow]:
        """The schemes of these visits, in the order of the visits."""
        listed = self.storage.exports.listed(self.cycle, withdrawn=True)
        rows = (self.storage.schemes.get(sha256) for sha256 in listed.schemes)
        return [row for row in rows if row is not None]

    def summaries(self) -> list[Any]:
        """What rankings show of these schemes."""
        return [json.loads(scheme.summary) for scheme in self.schemes()]
