"""How visits are recorded from files, what that did, and what keeps them from being recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import AssessmentKind, Visit
from greenstar.errors import MOST_PROBLEMS, BadFile, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Change
from greenstar.record.timestamps import local_day
from greenstar.scheme.model import Scheme
from greenstar.scheme.source_text import PartedLines
from greenstar.services.workspace import Workspace
from greenstar.text import folded


@dataclass(frozen=True)
class Recording:
    """How files are recorded.

    `replace`: a visit becomes exactly what its file says. `folder`: where evidence lies that is not below its answers
    file. `without_files`: evidence whose file is not there is kept by its name, and is not verified then.
    `check_visits`: each is a check visit, whatever its file says.
    """

    replace: bool = False
    folder: Path | None = None
    without_files: bool = False
    check_visits: bool = False

    def kind_of(self, file: AnswersFile) -> AssessmentKind:
        """Whether what a file holds is the visit, or a check visit."""
        return AssessmentKind.CHECK_VISIT if self.check_visits or file.check_visit else AssessmentKind.VISIT


@dataclass(frozen=True)
class Recorded:
    """What recording a file did: `answers` is how many it holds, `named_only` how much evidence has no bytes.

    `mended`: how many files are here now of evidence that was there before. `begun`: there was no draft before.
    """

    store: str
    cycle: str
    kind: AssessmentKind
    scheme: Scheme
    answers: int
    changes: tuple[Change, ...]
    named_only: int
    mended: int
    begun: bool


class Refusals:
    """What is wrong, gathered visit by visit; no more than is told, with the lines to quote."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._lines: dict[str, PartedLines] = {}

    def add(self, file: AnswersFile, problems: Iterable[Problem]) -> None:
        """Note what is wrong in a visit."""
        more = list(problems)
        if more and len(self._problems) < MOST_PROBLEMS:
            self._problems += more
            for name, lines in file.lines.items():
                self._lines.setdefault(name, PartedLines()).parts.append(lines)

    def stop(self) -> None:
        """BadFile: something is wrong."""
        if self._problems:
            raise BadFile(self._problems, self._lines)


class Repetitions:
    """Visits that are there twice: nobody could say which of them counts. Check visits may be several people's."""

    def __init__(self, workspace: Workspace, how: Recording) -> None:
        self._workspace = workspace
        self._how = how
        self._seen: dict[tuple[str, ...], Mark] = {}

    def of(self, file: AnswersFile) -> Iterator[Problem]:
        """Whether a visit is the same as one before it."""
        visit, kind = file.visit, self._how.kind_of(file)
        by = folded(visit.assessor) if kind is AssessmentKind.CHECK_VISIT else ""
        cycle = folded(visit.cycle or self._workspace.cycle)
        place = file.at.value(("store", "code"))
        first = self._seen.setdefault((folded(visit.store.code), cycle, file.scheme.name, kind, by), place)
        if first is not place:
            message = Phrase("answers.repeated_store", store=visit.store.code, file=first.file, line=str(first.line))
            yield Problem(place, "store", message)


def to_come(workspace: Workspace, file: AnswersFile) -> Iterator[Problem]:
    """The days of a visit that have not come yet; a day's grace, for places where it is tomorrow already."""
    latest = workspace.today() + timedelta(days=1)
    for place, day in _days(file.visit):
        if day is not None and day > latest:
            yield Problem(file.at.value(place), str(place[-1]), Phrase("answers.to_come", day=day))


def _days(visit: Visit) -> Iterator[tuple[tuple[str | int, ...], date | None]]:
    yield ("visited",), visit.visited
    for index, finding in enumerate(visit.findings):
        yield ("findings", index, "closed"), finding.closed
    for criterion, pieces in visit.evidence.items():
        for index, piece in enumerate(pieces):
            yield ("evidence", criterion, index, "taken_at"), _day_of(piece.taken_at)


def _day_of(taken_at: str) -> date | None:
    """The day of a time that a file gives; None where it gives none, or one that no clock here can show."""
    try:
        return local_day(taken_at)
    except (ValueError, OverflowError):
        return None
