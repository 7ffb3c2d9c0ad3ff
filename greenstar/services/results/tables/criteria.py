"""The table of criteria: one row a criterion of a visit."""

from collections import Counter
from collections.abc import Iterator

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number, as_percent
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import Edges, of_score
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import CriterionScore
from greenstar.services.results.columns import CriterionColumns
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.results.tables.extract import Extract
from greenstar.storage.protocols import Row


def criterion_rows(extract: Extract) -> Iterator[Row]:
    """One row a criterion of every visit that counts, or is a draft where none does: so its points may be added up.

    Points and percents are as they count in the criterion's category. `excused`: the assessor took it out.
    """
    catalogue = Catalogue(extract.language)
    for rows in extract.visits():
        for assessment, scheme, visit in visits(extract.storage, schemes_of(rows)):
            yield from _criterion_rows(scheme, visit, rows[assessment].revision, catalogue)


def _criterion_rows(scheme: Scheme, visit: Visit, revision: int, catalogue: Catalogue) -> Iterator[Row]:
    findings = Counter(finding.criterion for finding in visit.findings)
    for name, result in score(scheme, visit).criteria.items():
        evidence = visit.evidence.get(name, ())
        edges = of_score(scheme, result)
        yield vars(
            CriterionColumns(
                store=visit.store.code,
                cycle=visit.cycle,
                criterion=name,
                title=scheme.criteria[name].title.in_(catalogue.language),
                category=scheme.category_of[name],
                outcome=str(result.outcome),
                points=as_number(result.points, misses=edges.points),
                available=as_number(result.available),
                percent=_percent_of(result, edges),
                excused=result.excused,
                reason=catalogue.render(result.reason),
                evidence=len(evidence),
                verified=sum(piece.verified for piece in evidence),
                findings=findings[name],
                scheme=scheme.name,
                version=scheme.version,
                revision=revision,
            )
        )


def _percent_of(score: CriterionScore, edges: Edges) -> int | float | None:
    available = score.available
    return as_percent(score.points / available, edges.in_shares(available)) if available else None
