"""Stores that were assessed twice in a cycle by the same rules: the visit that counts, and check visits beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from greenstar.assessment.model import AssessmentKind
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.agreement.repeatability import Repeatability, repeatability
from greenstar.services.results.stored_visits import visits
from greenstar.services.spelling import is_in
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import folded


@dataclass(frozen=True)
class Assessed:
    """One assessment of a store, worked out."""

    row: AssessmentRow
    worked: WorkedVisit

    @cached_property
    def asked(self) -> set[str]:
        """The questions that were put to the store."""
        return self.worked.asked

    @property
    def total(self) -> Fraction | None:
        """What it comes to; None while anything in it is open: a total of half a visit is none to compare."""
        card = self.worked.scorecard
        return card.total if card.complete else None


@dataclass(frozen=True)
class DoubleVisit:
    """A store that was assessed by two or more: the visit that counts first, then check visits."""

    assessed: tuple[Assessed, ...]

    @property
    def store(self) -> str:
        """The store's code."""
        return self.assessed[0].row.store

    @property
    def totals(self) -> list[Fraction]:
        """The totals of what is complete."""
        return [total for assessment in self.assessed if (total := assessment.total) is not None]


@dataclass(frozen=True)
class PairedVisits:
    """All of them, by store; `notes` say which check visits are not compared, and why."""

    stores: tuple[DoubleVisit, ...]
    notes: tuple[Phrase, ...]

    @property
    def repeatability(self) -> Repeatability:
        """How far the totals of one store lie apart."""
        return repeatability(double.totals for double in self.stores)


def counting_visits(
    workspace: Workspace, cycle: str, schemes: Collection[str], region: str | None
) -> dict[str, AssessmentRow]:
    """The visit that counts of each store in a cycle, under schemes of these hashes."""
    rows = (row for row in workspace.storage.assessments.listed(cycle) if row.counts and row.scheme in schemes)
    return {row.store: row for row in _within(rows, region)}


def double_visits(
    workspace: Workspace, cycle: str, schemes: Collection[str], region: str | None = None
) -> PairedVisits:
    """The check visits of a cycle beside the visits that count. `schemes`: the hashes of those with the same rules."""
    counting = counting_visits(workspace, cycle, schemes, region)
    compared: dict[str, list[AssessmentRow]] = {}
    not_compared: dict[str, int] = {}
    for check in _within(workspace.storage.double_visits.check_visits(cycle=cycle), region):
        why_not = _why_not(check, counting.get(check.store), schemes)
        if why_not is None:
            compared.setdefault(check.store, [counting[check.store]]).append(check)
        else:
            not_compared[why_not] = not_compared.get(why_not, 0) + 1
    doubles = _worked_out(workspace, compared)
    open_ones = sum(
        assessment.total is None and assessment.row.kind is AssessmentKind.CHECK_VISIT
        for double in doubles
        for assessment in double.assessed
    )
    notes = [Phrase(f"agreement.{why}", count=count) for why, count in not_compared.items()]
    notes += [Phrase("agreement.open", count=open_ones)] if open_ones else []
    return PairedVisits(doubles, tuple(notes))


def _within(rows: Iterable[AssessmentRow], region: str | None) -> Iterator[AssessmentRow]:
    return (row for row in rows if is_in(row.region, region))


def _why_not(check: AssessmentRow, visit: AssessmentRow | None, schemes: Collection[str]) -> str | None:
    """Why a check visit is compared with nothing."""
    if check.scheme not in schemes:
        return "other_rules"
    if visit is None:
        return "waiting"
    return "own" if folded(check.assessor) == folded(visit.assessor) else None


def _worked_out(workspace: Workspace, compared: Mapping[str, list[AssessmentRow]]) -> tuple[DoubleVisit, ...]:
    schemes = {row.id: row.scheme for rows in compared.values() for row in rows}
    worked = {
        assessment: WorkedVisit(scheme, visit) for assessment, scheme, visit in visits(workspace.storage, schemes)
    }
    return tuple(
        DoubleVisit(tuple(Assessed(row, worked[row.id]) for row in compared[store])) for store in sorted(compared)
    )
