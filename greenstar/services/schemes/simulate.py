"""What a draft of a scheme would do to the visits that are stored. Nothing that is stored is changed.

stored visit ─▶ its answers, as far as the draft still takes them (refit) ─▶ scored ─▶ beside what it came to
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from greenstar.assessment.cycles import cycle_key
from greenstar.assessment.model import Status, Store
from greenstar.errors import BadInput
from greenstar.numbers import exact_figure
from greenstar.ranking.league import LeagueEntry, rank
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.scoring.score import Worked, score, work_out
from greenstar.services.progress import Progress
from greenstar.services.results.stored_visits import figures
from greenstar.services.schemes import registry
from greenstar.services.schemes.refit import Refitted, Refitter
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage

Move = Literal["gains", "loses", "keeps"]


@dataclass(frozen=True)
class Figures:
    """What a visit comes to under one scheme; `height` of its level (0 for none), `rank` in its cycle if it has one."""

    total: Fraction | None
    available: Fraction | None
    level: str | None
    height: int
    rank: int | None = None


@dataclass(frozen=True)
class Simulated:
    """One visit before and after.

    `lost`: answers that nobody asks for any more; `unfit`: answers that the draft would refuse; `to_ask`: facts and
    questions that were not asked, or not so, and that the draft asks.
    """

    assessment: int
    store: str
    name: str
    region: str
    cycle: str
    status: str
    before: Figures
    after: Figures
    lost: tuple[str, ...]
    unfit: tuple[str, ...]
    to_ask: tuple[str, ...]

    @property
    def move(self) -> Move:
        """Whether it gains or loses a level."""
        if self.after.height == self.before.height:
            return "keeps"
        return "gains" if self.after.height > self.before.height else "loses"

    @property
    def ranks_up(self) -> int:
        """By how many ranks it rises; below 0 it falls."""
        before, after = self.before.rank, self.after.rank
        return before - after if before is not None and after is not None else 0


@dataclass(frozen=True)
class Simulation:
    """All visits under the draft; `left_out` counts visits under other schemes, by their names.

    `results_only`: so many more have no answers to be scored by, but only what they came to.
    """

    scheme: Scheme
    visits: tuple[Simulated, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    results_only: int = 0

    def count(self, move: Move) -> int:
        """How many visits gain, lose or keep their level."""
        return sum(visit.move == move for visit in self.visits)

    def tally(self, what: Literal["lost", "unfit", "to_ask"]) -> Counter[str]:
        """In how many visits each name occurs."""
        return Counter(name for visit in self.visits for name in getattr(visit, what))


def simulate(workspace: Workspace, scheme: Scheme, progress: Progress | None = None) -> Simulation:
    """Score every stored visit under `scheme`: those of the cycle asked for, else of all cycles.

    Compared are the visits under the scheme of that name; where there is none, under the only one there is.
    BadInput: there are no visits, of none more is kept than its result, or it is not clear which.
    """
    storage = workspace.storage
    names = storage.assessments.scheme_names()
    name = _compared(workspace, scheme, names)
    by_scheme: dict[str, list[AssessmentRow]] = {other: [] for other in names}
    for row in _last_revisions(storage.assessments.listed(workspace.cycle if workspace.named_cycle else None)):
        by_scheme[row.scheme_name].append(row)
    own = by_scheme.pop(name)
    without = storage.contents.results_only([row.id for row in own])
    chosen = [row for row in own if row.id not in without]
    if without and not chosen:
        raise BadInput("simulate.results_only", count=len(without))
    simulated = []
    for visit in _StoredVisits(workspace, scheme, chosen).simulated():
        simulated.append(visit)
        if progress is not None:
            progress(len(simulated), len(chosen))
    left_out = {other: len(rows) for other, rows in by_scheme.items() if rows}
    return Simulation(scheme, tuple(_ranked(storage, simulated)), left_out, len(without))


def _last_revisions(rows: Iterable[AssessmentRow]) -> Iterable[AssessmentRow]:
    """One a store, cycle and scheme: a visit that counts under two versions is tried as it was sealed last."""
    standing = (row for row in rows if row.status is not Status.WITHDRAWN)
    return {(row.store, row.cycle, row.scheme_name): row for row in standing}.values()


def tried(workspace: Workspace, scheme: Scheme, rows: Sequence[AssessmentRow]) -> list[Simulated]:
    """These visits under `scheme`, each beside what it came to, without ranks."""
    return [simulated.visit for simulated in _StoredVisits(workspace, scheme, rows).simulated()]


def _compared(workspace: Workspace, scheme: Scheme, names: list[str]) -> str:
    wanted = workspace.named_scheme or scheme.name
    if wanted in names:
        return wanted
    if len(names) == 1:
        return names[0]
    if not names:
        raise BadInput("simulate.no_visits")
    raise BadInput("simulate.which_scheme", name=wanted, known=tuple(names), hint=sentence_end(wanted, names))


@dataclass
class _Simulated:
    """A visit with what it is ranked by, before and after."""

    visit: Simulated
    keys_before: Mapping[str, Fraction | None]
    keys_after: Mapping[str, Fraction | None]


class _StoredVisits:
    """Reads stored visits as the draft would."""

    def __init__(self, workspace: Workspace, scheme: Scheme, rows: Sequence[AssessmentRow]) -> None:
        self.storage = workspace.storage
        self.scheme = scheme
        self.rows = {row.id: row for row in rows}
        self.figures = figures(self.storage, {row.id: row.scheme for row in rows})
        self.heights = {level.id: place for place, level in enumerate(scheme.levels, 1)}
        self.old_heights: dict[str, dict[str, int]] = {}
        self.refitter = Refitter(scheme)
        self.old_refitters: dict[str, Refitter] = {}

    def simulated(self) -> Iterator[_Simulated]:
        """Each visit under the draft, beside what it came to."""
        for assessment, document in self.storage.contents.documents(list(self.rows)):
            yield self._simulated(self.rows[assessment], json.loads(document), self.figures[assessment])

    def _simulated(self, row: AssessmentRow, content: Row, stored: ScorecardRow) -> _Simulated:
        store = Store(row.store, row.store_name, row.city, row.region)
        refitted = self.refitter.refit(store, row.cycle, content)
        worked = work_out(self.scheme, refitted.visit)
        card = score(self.scheme, refitted.visit, worked)
        visit = Simulated(
            assessment=row.id,
            store=row.store,
            name=store.name,
            region=store.region,
            cycle=row.cycle,
            status=str(row.status),
            before=self._before(row, stored),
            after=Figures(card.total, card.available, card.level, self.heights.get(card.level or "", 0)),
            lost=tuple(refitted.lost),
            unfit=tuple(refitted.unfit),
            to_ask=tuple(self._to_ask(row, content, refitted, worked)),
        )
        keys = {name: exact_figure(value) for name, value in json.loads(stored.keys).items()}
        return _Simulated(visit, keys, card.keys)

    def _before(self, row: AssessmentRow, stored: ScorecardRow) -> Figures:
        heights = self.old_heights.get(row.scheme)
        if heights is None:
            heights = self.old_heights[row.scheme] = self._old_heights(row.scheme)
        return Figures(
            exact_figure(stored.total), Fraction(stored.available), stored.level, heights.get(stored.level or "", 0)
        )

    def _old_heights(self, sha256: str) -> dict[str, int]:
        """How high older levels are among the draft's: by their id, else by their stars, else by their place."""
        stars = {level.stars: place for place, level in enumerate(self.scheme.levels, 1) if level.stars}
        old = registry.stored(self.storage, sha256)
        return {
            level.id: self.heights.get(level.id, stars.get(level.stars, place))
            for place, level in enumerate(old.levels, 1)
        }

    def _to_ask(self, row: AssessmentRow, content: Row, refitted: Refitted, worked: Worked) -> Iterator[str]:
        """What lacks an answer under the draft, and did not before."""
        missing = _missing(self.scheme, worked)
        if missing:
            old = self._old_refitter(row.scheme)
            before = old.refit(refitted.visit.store, row.cycle, content).visit
            names = self.scheme.earlier_names
            known = {names.question(names.fact(name)) for name in _missing(old.scheme, work_out(old.scheme, before))}
            yield from (name for name in missing if name not in known or name in refitted.unfit)

    def _old_refitter(self, sha256: str) -> Refitter:
        if sha256 not in self.old_refitters:
            self.old_refitters[sha256] = Refitter(registry.stored(self.storage, sha256))
        return self.old_refitters[sha256]


def _missing(scheme: Scheme, worked: Worked) -> list[str]:
    """The facts and questions that are asked and have no answer."""
    environment = worked.environment
    facts = [name for name in scheme.facts if name in environment.absent and environment.absent[name].open]
    return [*facts, *(name for names in environment.missing.values() for name in names)]


def _ranked(storage: Storage, visits: list[_Simulated]) -> Iterator[Simulated]:
    """The visits with their ranks, by cycle and store; ranked is what was submitted, of stores that had not closed."""
    cycles: dict[str, list[_Simulated]] = defaultdict(list)
    for simulated in sorted(visits, key=lambda simulated: (cycle_key(simulated.visit.cycle), simulated.visit.store)):
        cycles[simulated.visit.cycle].append(simulated)
    for cycle, of_cycle in cycles.items():
        in_league = storage.standings.in_league(cycle)
        counted = [simulated for simulated in of_cycle if simulated.visit.assessment in in_league]
        before = _ranks((simulated.visit, simulated.keys_before) for simulated in counted)
        after = _ranks((simulated.visit, simulated.keys_after) for simulated in counted)
        for visit in (simulated.visit for simulated in of_cycle):
            first = replace(visit.before, rank=before.get(visit.store))
            yield replace(visit, before=first, after=replace(visit.after, rank=after.get(visit.store)))


def _ranks(visits: Iterator[tuple[Simulated, Mapping[str, Fraction | None]]]) -> dict[str, int]:
    entries = (
        LeagueEntry(
            visit.assessment, visit.store, visit.name, visit.region, None, None, 0, False, (), keys, Fraction(0)
        )
        for visit, keys in visits
    )
    return {ranked.entry.store: ranked.rank for ranked in rank(entries)}
