"""Reading many visits back with their rules and their figures, in a few statements however many there are."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from greenstar.assessment.model import Visit
from greenstar.record.plain import visit_from
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score, work_out
from greenstar.scoring.standing import excused_points
from greenstar.services.results.outdated import outdated
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes import registry
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage


def visits(storage: Storage, schemes: Mapping[int, str]) -> Iterator[tuple[int, Scheme, Visit]]:
    """Assessments with their rules and contents, in their order. `schemes`: the hash of each assessment's scheme."""
    for assessment, document in storage.contents.documents(list(schemes)):
        scheme = registry.stored(storage, schemes[assessment])
        yield assessment, scheme, visit_from(json.loads(document), scheme)


def schemes_of(rows: Mapping[int, AssessmentRow]) -> dict[int, str]:
    """The hash of each assessment's scheme."""
    return {assessment: row.scheme for assessment, row in rows.items()}


def scored_again(storage: Storage, schemes: Mapping[int, str]) -> dict[int, ScorecardRow]:
    """The figures of assessments as they are now. `schemes`: the hash of each assessment's scheme."""
    return {
        assessment: stored_form(scheme, score(scheme, visit)) for assessment, scheme, visit in visits(storage, schemes)
    }


def excused_again(storage: Storage, schemes: Mapping[int, str]) -> dict[int, Fraction]:
    """The excused points of assessments, in points of the file. `schemes`: the hash of each assessment's scheme."""
    return {
        assessment: excused_points(scheme, work_out(scheme, visit).scores)
        for assessment, scheme, visit in visits(storage, schemes)
    }


def figures(storage: Storage, schemes: Mapping[int, str]) -> dict[int, ScorecardRow]:
    """The figures of assessments: the stored ones, scored again where they are stale or there are none.

    Those of a draft are stale as well where a file is lost since, that had been verified.
    """
    stored = storage.scorecards.of(list(schemes))
    kept = set(stored) - outdated(storage, list(schemes))
    stale = {name: sha256 for name, sha256 in schemes.items() if name not in kept}
    fresh = scored_again(storage, stale) if stale else {}
    return {name: fresh[name] if name in fresh else stored[name].row for name in schemes}
