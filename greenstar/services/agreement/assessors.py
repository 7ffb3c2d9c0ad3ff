"""Assessors beside each other: how much each of them excuses, and how long criteria take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.numbers import ZERO
from greenstar.ranking.agreement.minutes import Entered, Minutes, minutes
from greenstar.record.replay import KINDS
from greenstar.scheme.model import Scheme
from greenstar.services.results.stored_visits import figures
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.double_visits import EnteredRow
from greenstar.text import folded

FEW_VISITS = 5
"""An assessor with fewer visits has too few to be compared with others."""


@dataclass(frozen=True)
class Excuses:
    """What an assessor took out, in points of the file, of those that apply by rule; and the others' share.

    A share is None where there is nothing to take it of.
    """

    assessor: str
    visits: int
    excused: Fraction
    applying: Fraction
    others: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """What was taken out, of what applies by rule."""
        return _share(self.excused, self.applying)

    @property
    def few(self) -> bool:
        """Whether there are too few visits to make much of it."""
        return self.visits < FEW_VISITS


def _share(excused: Fraction, applying: Fraction) -> Fraction | None:
    return excused / applying if applying else None


def excuses(workspace: Workspace, scheme: Scheme, rows: Iterable[AssessmentRow]) -> tuple[Excuses, ...]:
    """Of everybody who made one of these visits: who takes out most comes first."""
    schemes = {row.id: row.scheme for row in rows}
    assessors = {row.id: row.assessor for row in rows}
    cards = figures(workspace.storage, schemes)
    worth = sum(scheme.points_outside_bonus.values(), ZERO)
    sums: dict[str, list[Fraction]] = {}
    spelled: dict[str, str] = {}
    for assessment, name in assessors.items():
        card = cards[assessment]
        excused = Fraction(card.excused_points or 0)
        applying = worth - Fraction(card.not_applicable_points) + excused
        own = sums.setdefault(folded(name), [ZERO, ZERO, ZERO])
        own[:] = own[0] + 1, own[1] + excused, own[2] + applying
        spelled.setdefault(folded(name), name)
    all_excused, all_applying = (sum((own[at] for own in sums.values()), ZERO) for at in (1, 2))
    everybody = [
        Excuses(spelled[key], int(visits), excused, applying, _share(all_excused - excused, all_applying - applying))
        for key, (visits, excused, applying) in sums.items()
    ]
    return tuple(sorted(everybody, key=lambda excuses: (-(excuses.share or ZERO), folded(excuses.assessor))))


def minutes_by_criterion(scheme: Scheme, entered: Iterable[EnteredRow]) -> Mapping[str, Minutes]:
    """How long each criterion took, from when it was entered; each hand in a visit goes by its own clock."""
    by_hand: dict[tuple[int, str], list[Entered]] = defaultdict(list)
    for row in entered:
        by_hand[row.assessment, row.by].append(_entered(scheme, row))
    return minutes(by_hand.values())


def _entered(scheme: Scheme, row: EnteredRow) -> Entered:
    """An entry, at its criterion; none where it came from a file, or is about the visit as a whole."""
    if row.kind not in KINDS or row.kind == "fact" or row.because is not None:
        return Entered(row.at, None)
    name = row.subject or ""
    criterion = scheme.criterion_of.get(name) if row.kind == "answer" else name
    return Entered(row.at, criterion if criterion in scheme.criteria else None)
