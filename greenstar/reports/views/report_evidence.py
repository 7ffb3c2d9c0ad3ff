"""A report's pages of evidence: every criterion with its result and reason, what does not apply, and the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.criteria import worded
from greenstar.reports.views.figures import Figure, ScorecardFigures
from greenstar.scoring.scorecard import CriterionScore, Outcome
from greenstar.services.evidence.thumbnail import Thumbnail
from greenstar.services.results.report import ReportMaterial, ShownEvidence

MOST_NOTE = 1200
"""Characters of a note that a report shows; the whole of it is in the visit."""


@dataclass(frozen=True)
class CriterionLine:
    """What became of a criterion that applies, and why. `moved`: 1, 0 or -1 against the cycle before; None: not known.

    `verified` of `files` pieces of evidence are verified. `note`: the assessor's, at most `MOST_NOTE` characters.
    """

    id: str
    title: Text
    outcome: Outcome
    prerequisite: bool
    points: Figure
    available: Figure
    reason: Phrase
    moved: int | None
    files: int
    verified: int
    note: str


@dataclass(frozen=True)
class AwayLine:
    """A criterion that does not apply: by its rule, or because an assessor said so (`by`, in these `words`)."""

    id: str
    title: Text
    reason: Phrase
    excused: bool
    by: str
    words: str


@dataclass(frozen=True)
class Chapter:
    """The criteria of one category. `available` is 0 where nothing in it applies."""

    id: str
    title: Text
    points: Figure
    available: Figure
    bonus: bool
    lines: tuple[CriterionLine, ...]
    away: tuple[AwayLine, ...]


@dataclass(frozen=True)
class PieceView:
    """A file at a criterion: a picture, or why there is none to see. `sha256` is empty where only a name is kept."""

    criterion: str
    title: Text | str
    file: str
    caption: str
    verified: bool
    lost: bool
    sha256: str
    by: str
    picture: Thumbnail | Phrase


@dataclass(frozen=True)
class EvidenceView:
    """All of the pages. `before`: the cycle that criteria are compared with; None: with none."""

    chapters: tuple[Chapter, ...]
    pieces: tuple[PieceView, ...]
    before: str | None


def evidence_view(material: ReportMaterial) -> EvidenceView:
    """Each criterion, and each file."""
    last = material.last
    return EvidenceView(
        chapters=tuple(_chapters(material)),
        pieces=tuple(_piece(material, piece) for piece in material.pieces),
        before=last.cycle if last is not None and last.points else None,
    )


def _chapters(material: ReportMaterial) -> Iterator[Chapter]:
    scheme, card = material.scheme, material.card
    figures = ScorecardFigures(scheme, card)
    points_before = material.last.points if material.last is not None else {}
    counts = _counts(material)
    for group in card.groups:
        scores = [card.criteria[criterion.id] for criterion in scheme.criteria_in[group.id]]
        yield Chapter(
            id=group.id,
            title=scheme.groups[group.id].title,
            points=figures.group_points(group),
            available=Figure(group.available),
            bonus=group.bonus,
            lines=tuple(_line(material, figures, score, points_before, counts) for score in scores if score.applies),
            away=tuple(_away(material, score) for score in scores if not score.applies),
        )


def _counts(material: ReportMaterial) -> dict[str, tuple[int, int]]:
    """Of each criterion the number of its files, and how many of them are verified and here."""
    counts: dict[str, tuple[int, int]] = {}
    for piece in material.pieces:
        files, verified = counts.get(piece.entry.criterion, (0, 0))
        sound = piece.entry.verified and not piece.entry.is_lost
        counts[piece.entry.criterion] = (files + 1, verified + sound)
    return counts


def _line(
    material: ReportMaterial,
    figures: ScorecardFigures,
    score: CriterionScore,
    points_before: Mapping[str, tuple[Fraction, Fraction]],
    counts: Mapping[str, tuple[int, int]],
) -> CriterionLine:
    scheme, name = material.scheme, score.id
    files, verified = counts.get(name, (0, 0))
    return CriterionLine(
        id=name,
        title=scheme.criteria[name].title,
        outcome=score.outcome,
        prerequisite=scheme.criteria[name].prerequisite,
        points=figures.criterion_points(name),
        available=Figure(score.available),
        reason=worded(scheme, score.reason),
        moved=_moved(score, points_before.get(name)),
        files=files,
        verified=verified,
        note=_shortened(material.visit.notes.get(name, "")),
    )


def _moved(score: CriterionScore, before: tuple[Fraction, Fraction] | None) -> int | None:
    """Whether it earns more, as much or less of what it could than before."""
    if before is None or not before[1] or not score.available or score.open:
        return None
    change = score.points / score.available - before[0] / before[1]
    return (change > 0) - (change < 0)


def _shortened(note: str) -> str:
    return note if len(note) <= MOST_NOTE else note[:MOST_NOTE].rstrip() + " …"


def _away(material: ReportMaterial, score: CriterionScore) -> AwayLine:
    excuse = material.excuses.get(score.id) if score.excused else None
    return AwayLine(
        id=score.id,
        title=material.scheme.criteria[score.id].title,
        reason=worded(material.scheme, score.reason),
        excused=score.excused,
        by=excuse.by if excuse is not None else "",
        words=_shortened(excuse.reason) if excuse is not None else "",
    )


def _piece(material: ReportMaterial, piece: ShownEvidence) -> PieceView:
    entry = piece.entry
    criterion = material.scheme.criteria.get(entry.criterion)
    return PieceView(
        criterion=entry.criterion,
        title=criterion.title if criterion is not None else "",
        file=entry.file,
        caption=entry.caption,
        verified=entry.verified and not entry.is_lost,
        lost=entry.is_lost,
        sha256=entry.sha256,
        by=entry.by,
        picture=piece.picture,
    )
