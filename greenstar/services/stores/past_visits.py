"""The visits of a store, cycle by cycle."""

from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.model import Status
from greenstar.numbers import exact_figure
from greenstar.scheme.model import Scheme
from greenstar.services.results.newest_figures import newest_figures
from greenstar.services.schemes import registry
from greenstar.services.schemes.counterparts import counterparts
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import ScorecardRow


@dataclass(frozen=True)
class PastVisit:
    """One earlier visit: its figures as they were kept, and the scheme that they are by.

    `shares` by category, None where nothing in it applies; `worth`: what there was to earn in each.
    """

    cycle: str
    scheme: Scheme
    revision: int
    status: Status
    total: Fraction | None
    available: Fraction | None
    level: str | None
    stars: int
    shares: dict[str, Fraction | None]
    worth: dict[str, Fraction]
    complete: bool = True
    """Whether nothing in it is open."""

    def category(self, scheme: Scheme, name: str) -> str:
        """What its scheme calls a category of another version."""
        return counterparts(scheme, self.scheme).of(name)


def past_visits(workspace: Workspace, code: str) -> list[PastVisit]:
    """A store's visits, the newest cycle first: of each cycle and scheme the newest revision.

    BadInput: there is no such store.
    """
    code = find_store(workspace, code).code
    newest: dict[tuple[str, str], AssessmentRow] = {}
    for row in workspace.storage.assessments.of_store(code):  # the highest revision of each comes first
        newest.setdefault((row.cycle, row.scheme_name), row)
    storage, rows = workspace.storage, list(newest.values())
    cards = {number: stored.row for number, stored in storage.scorecards.of([row.id for row in rows]).items()}
    drafts = {row.id: row.scheme for row in rows if row.id in cards and row.status is Status.DRAFT}
    cards |= newest_figures(storage, drafts)
    return [_past(row, registry.stored(storage, row.scheme), cards.get(row.id)) for row in rows]


def _past(row: AssessmentRow, scheme: Scheme, card: ScorecardRow | None) -> PastVisit:
    return PastVisit(
        cycle=row.cycle,
        scheme=scheme,
        revision=row.revision,
        status=row.status,
        total=exact_figure(card.total) if card is not None else None,
        available=exact_figure(card.available) if card is not None else None,
        level=card.level if card is not None else None,
        stars=card.stars if card is not None else 0,
        shares={group.group: exact_figure(group.share) for group in card.groups} if card is not None else {},
        worth={group.group: Fraction(str(group.available)) for group in card.groups} if card is not None else {},
        complete=card is not None and card.complete,
    )
