"""What a report on one visit is made of: gathered from the database, nothing of it worded yet."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.model import AssessmentKind, Status, Visit
from greenstar.errors import BadInput, GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import exact_figure
from greenstar.ranking.league import Ranking
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.ranking.ways.way import NO_PEERS, PeerPoints, Ways, ways_to
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Outcome, Scorecard
from greenstar.scoring.standing import Standing
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.demo.sample import is_sample
from greenstar.services.evidence.evidence import EvidenceEntry, files_of, of_visit
from greenstar.services.evidence.thumbnail import Thumbnail, thumbnail_of
from greenstar.services.progress import Progress, unwatched
from greenstar.services.results.peers import AmongPeers, among_peers
from greenstar.services.results.sureness import Sureness, can_be_sure, how_sure
from greenstar.services.results.ways import level_named, next_level, peers_of_store, standing_now
from greenstar.services.schemes import registry
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.opening import current
from greenstar.services.visit.result_only import refuse_result_only
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow

MOST_SURE = 400
"""Stores of a ranking whose ranges a report works out by itself: that takes a second or two."""


@dataclass(frozen=True)
class LastTime:
    """The visit that counts of the store's cycle before. `shares` by category and `points` by criterion, as called now.

    `points` are (earned, to earn) as they counted; there are none where the rules were others (`same_rules`).
    """

    cycle: str
    scheme: Scheme
    same_rules: bool
    total: Fraction | None
    available: Fraction | None
    level: str | None
    shares: Mapping[str, Fraction | None]
    points: Mapping[str, tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class Excuse:
    """Why an assessor took a criterion out, and who that was."""

    reason: str
    by: str


@dataclass(frozen=True)
class ShownEvidence:
    """A piece of evidence with what it shows, or why that cannot be shown."""

    entry: EvidenceEntry
    picture: Thumbnail | Phrase


@dataclass(frozen=True)
class ReportMaterial:
    """All that a report says of one visit.

    `replaced`: another revision counts in its place. `peers`: what stores of its kind earn. `among`, `ranking` and
    `sureness` are None where the visit has no place in the ranking of its cycle, the last also where ranges are not
    known. `sample`: all of the database is invented.
    """

    row: AssessmentRow
    standing: Standing
    card: Scorecard
    sample: bool
    replaced: bool
    last: LastTime | None
    ranking: Ranking | None
    among: AmongPeers | None
    sureness: Sureness | None
    peers: PeerPoints
    ways: Ways | None
    excuses: Mapping[str, Excuse]
    pieces: Sequence[ShownEvidence]

    @property
    def scheme(self) -> Scheme:
        """The rules that the visit is by."""
        return self.standing.scheme

    @property
    def visit(self) -> Visit:
        """What was recorded."""
        return self.standing.visit


def visit_to_report(workspace: Workspace, code: str, revision: int | None = None) -> OpenVisit:
    """The store's visit of the cycle, or that revision of it. BadInput: there is none, or only its result is kept."""
    store = find_store(workspace, code).code
    row = current(workspace, store)
    if row is None:
        raise BadInput("storage.no_visit", store=store, cycle=workspace.cycle)
    if revision is not None and row.revision != revision:
        rows = [
            other
            for other in workspace.storage.assessments.of_store(store)
            if (other.cycle, other.scheme_name, other.kind) == (row.cycle, row.scheme_name, AssessmentKind.VISIT)
        ]
        known = sorted(other.revision for other in rows)
        row = next((other for other in rows if other.revision == revision), None)
        if row is None:
            raise BadInput("report.no_revision", store=store, cycle=workspace.cycle, revision=revision, known=known)
    refuse_result_only(workspace, row)
    return OpenVisit(workspace, row)


def gather(opened: OpenVisit, progress: Progress = unwatched) -> ReportMaterial:
    """Everything for the report on a visit. `progress` counts its pictures, which take the longest."""
    workspace, row, scheme = opened.workspace, opened.assessment, opened.scheme
    standing, card = standing_now(scheme, opened.visit), opened.scorecard
    ranking, among = _place(workspace, row)
    peers = peers_of_store(workspace, scheme, opened.visit) if among is not None else NO_PEERS
    return ReportMaterial(
        row=row,
        standing=standing,
        card=card,
        sample=is_sample(workspace),
        replaced=row.status in (Status.SUBMITTED, Status.DECIDED) and not row.counts,
        last=_last_time(workspace, row, scheme),
        ranking=ranking,
        among=among,
        sureness=None if ranking is None else quick_ranges(workspace, ranking, (row.store,)),
        peers=peers,
        ways=_ways(standing, card, peers),
        excuses=_excuses(workspace, row.id),
        pieces=tuple(_pieces(opened, progress)),
    )


def _place(workspace: Workspace, row: AssessmentRow) -> tuple[Ranking | None, AmongPeers | None]:
    """The ranking in which the visit has a place, and the stores of its kind there."""
    if not row.counts or row.kind is not AssessmentKind.VISIT:
        return None, None
    ranking = shown_league(workspace, cycle=row.cycle)
    if all(ranked.entry.assessment != row.id for ranked in ranking.stores):
        return None, None
    return ranking, among_peers(workspace, ranking, row.store)


def quick_ranges(workspace: Workspace, ranking: Ranking, named: Collection[str] = ()) -> Sureness | None:
    """How sure the places are, where that can be known in a moment; of the `named` stores in any case."""
    if len(ranking.stores) > MOST_SURE or not can_be_sure():
        return None
    try:
        return how_sure(workspace, ranking, SureSettings(), named)
    except GreenStarError:  # a key that moves with the weights, or figures of another day: the places alone are told
        return None


def _ways(standing: Standing, card: Scorecard, peers: PeerPoints) -> Ways | None:
    level = next_level(standing.scheme, card)
    return None if level is None else ways_to(standing, level_named(standing.scheme, level.id), peers)


def _last_time(workspace: Workspace, row: AssessmentRow, scheme: Scheme) -> LastTime | None:
    storage = workspace.storage
    before = storage.assessments.previous(row.store, row.scheme_name, row.cycle)
    kept = storage.scorecards.of([before.id]).get(before.id) if before is not None else None
    if before is None or kept is None:
        return None
    its_scheme, figures, names = registry.stored(storage, before.scheme), kept.row, scheme.earlier_names
    same = its_scheme.rules_sha256 == scheme.rules_sha256
    return LastTime(
        cycle=before.cycle,
        scheme=its_scheme,
        same_rules=same,
        total=exact_figure(figures.total),
        available=exact_figure(figures.available),
        level=figures.level,
        shares={names.group(group.group): exact_figure(group.share) for group in figures.groups},
        points=_points(storage.assessments.sealed(before.id)) if same else {},
    )


def _points(sealed: str | None) -> dict[str, tuple[Fraction, Fraction]]:
    """What each criterion earned of what, by what was sealed; those that did not apply are left out."""
    criteria = json.loads(sealed or "{}").get("scorecard", {}).get("criteria", {})
    return {
        name: (Fraction(score["points"]), Fraction(score["available"]))
        for name, score in criteria.items()
        if score["outcome"] != Outcome.NOT_APPLICABLE
    }


def _excuses(workspace: Workspace, assessment: int) -> dict[str, Excuse]:
    rows = workspace.storage.contents.full("exemption", [assessment])[assessment]
    return {row["key"]: Excuse(row["value"], row["by"]) for row in rows}


def _pieces(opened: OpenVisit, progress: Progress) -> list[ShownEvidence]:
    """The evidence with its pictures; of a file that is attached more than once the picture is made once."""
    files, entries = files_of(opened), of_visit(opened)
    known: dict[str, Thumbnail | Phrase] = {}
    pieces = []
    for done, entry in enumerate(entries, 1):
        key = entry.sha256 or entry.file
        if key not in known:
            known[key] = thumbnail_of(files, entry)
        pieces.append(ShownEvidence(entry, known[key]))
        progress(done, len(entries))
    return pieces
