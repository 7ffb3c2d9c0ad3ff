"""The report on one visit as every way out tells it: certificate, figures, what next, evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenstar.assessment.model import AssessmentKind
from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.report_evidence import EvidenceView, evidence_view
from greenstar.reports.views.report_next import NextView, next_view
from greenstar.reports.views.report_quantities import QuantityLine, quantity_lines
from greenstar.reports.views.report_result import ResultView, result_view
from greenstar.reports.views.scorecard import ScorecardView, away_sentence, scorecard_view
from greenstar.services.results.report import ReportMaterial


class ReportState(StrEnum):
    """What a report's visit is. All but a decided one are told on every page."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    CHECK_VISIT = "check_visit"


@dataclass(frozen=True)
class CertificateView:
    """What a certificate says beside the store and its points. `last_day`: None where it has no end."""

    number: str
    level: Text
    stars: int
    last_day: date | None


@dataclass(frozen=True)
class ReportView:
    """All that a report says. `certificate` is there only where one was issued and holds.

    `name` may be in two languages (`greenstar.i18n.bilingual`). `seal` is empty while nothing is sealed. `most_stars`
    of any level. `sample`: the store is invented. `notices`: what the total leaves out. `quantities`: what
    the visit achieves in cubic metres and the like, where the scheme has such figures.
    """

    code: str
    name: str
    city: str
    region: str
    cycle: str
    revision: int
    assessor: str
    visited: date | None
    title: Text
    version: str
    notice: Text | None
    state: ReportState
    sample: bool
    seal: str
    certificate: CertificateView | None
    most_stars: int
    card: ScorecardView
    result: ResultView
    following: NextView
    evidence: EvidenceView
    notices: tuple[Phrase, ...]
    representative: str
    remarks: str
    quantities: tuple[QuantityLine, ...]


def report_view(material: ReportMaterial) -> ReportView:
    """Everything that is said of a visit."""
    row, scheme, visit, state = material.row, material.scheme, material.visit, _state(material)
    card = scorecard_view(scheme, visit, material.card)
    return ReportView(
        code=row.store,
        name=visit.store.name,
        city=visit.store.city,
        region=visit.store.region,
        cycle=row.cycle,
        revision=row.revision,
        assessor=row.assessor,
        visited=visit.visited,
        title=scheme.title,
        version=scheme.version,
        notice=scheme.document.notice,
        state=state,
        sample=material.sample,
        seal=row.seal or "",
        certificate=_certificate(material) if state is ReportState.DECIDED else None,
        most_stars=scheme.most_stars,
        card=card,
        result=result_view(material),
        following=next_view(material),
        evidence=evidence_view(material),
        notices=tuple(_notices(card)),
        representative=row.representative,
        remarks=row.remarks,
        quantities=tuple(quantity_lines(material)),
    )


def _state(material: ReportMaterial) -> ReportState:
    row = material.row
    if row.kind is AssessmentKind.CHECK_VISIT:
        return ReportState.CHECK_VISIT
    return ReportState.REPLACED if material.replaced else ReportState(row.status.value)


def _certificate(material: ReportMaterial) -> CertificateView | None:
    row, scheme = material.row, material.scheme
    level = scheme.level_by_id.get(material.card.level)
    if row.certificate is None or level is None:
        return None
    return CertificateView(row.certificate, level.title, level.stars, row.last_day)


def _notices(card: ScorecardView) -> Iterator[Phrase]:
    away = away_sentence(card.summary)
    if away is not None:
        yield away
    if not card.summary.complete:
        yield Phrase("report.open_criteria", count=card.summary.asked - card.summary.answered)
