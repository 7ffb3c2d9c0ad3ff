"""Whether a stored scorecard of a draft is what scoring gives: rankings with drafts go by it until a change."""

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.scoring.score import score
from greenstar.services.results.outdated import outdated
from greenstar.services.schemes.registry import KeptSchemes
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong
from greenstar.services.verification.sealed_visits import stored_otherwise
from greenstar.services.visit.codec import load
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

_TOLD_OTHERWISE = {"reasons", "why_not"}  # by programs up to 0.2, which stored no excused points


def check_draft_score(storage: Storage, schemes: KeptSchemes, row: AssessmentRow, result: Verification) -> None:
    """Score a draft again whose stored scorecard would be believed, and note what comes out otherwise.

    One that is outdated is worked out anew wherever it is needed.
    """
    stored = storage.scorecards.of([row.id]).get(row.id)
    if stored is None or outdated(storage, [row.id]):
        return
    try:
        scheme = schemes.get(row.scheme)
    except GreenStarError:
        result.wrong(Wrong.SCHEME, Phrase("verify.no_scheme", sha256=row.scheme[:16]), ProblemPlace.of(row))
        return
    names = list(stored_otherwise(stored.row, scheme, score(scheme, load(storage, row.id, scheme))))
    if stored.row.excused_points is None:
        names = [name for name in names if name not in _TOLD_OTHERWISE]
    if names:
        result.wrong(Wrong.SCORE, Phrase("verify.stored_otherwise", subjects=names), ProblemPlace.of(row))
