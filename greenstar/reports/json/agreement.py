"""How far assessors agree, for a program."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.ranking.agreement.minutes import PAUSE
from greenstar.ranking.agreement.places import DRAWS, SEED
from greenstar.ranking.agreement.repeatability import LEAST_PAIRS
from greenstar.reports.views import agreement as views
from greenstar.services.agreement.agreement import Agreement
from greenstar.services.agreement.criteria import CriterionAgreement, QuestionAgreement
from greenstar.services.agreement.double_visits import Assessed, DoubleVisit

_PLACES = 4  # of figures that are no exact ones


def agreement_json(agreement: Agreement, catalogue: Catalogue) -> dict[str, Any]:
    """`agreement --json`."""
    scheme, alike = agreement.scheme, agreement.alike
    return {
        "scheme": scheme.name if scheme is not None else None,
        "version": scheme.version if scheme is not None else None,
        "cycle": agreement.cycle,
        "region": agreement.region,
        "visits": agreement.visits,
        "double_visits": [_double(double) for double in agreement.doubles],
        "repeatability": _repeatability(agreement),
        "told_apart_from": _rounded(alike.limit),
        "places": [
            {"store": place.store, "rank": place.rank, "low": place.low, "high": place.high}
            for place in views.places_listed(agreement)
        ],
        "why_no_places": catalogue.render(alike.why_none) if alike.why_none is not None else None,
        "seed": SEED,
        "draws": DRAWS,
        "criteria": [_criterion(agreement, criterion, catalogue) for criterion in agreement.criteria],
        "never_varying": [
            {"criterion": name, "title": _title(agreement, name, catalogue), "stores": stores}
            for name, stores in agreement.never_varying.items()
        ],
        "minutes": [
            {
                "criterion": name,
                "title": _title(agreement, name, catalogue),
                "median": round(known.median, 2),
                "visits": known.visits,
            }
            for name, known in agreement.minutes.items()
        ],
        "pause_minutes": int(PAUSE.total_seconds() // 60),
        "assessors": [
            {
                "assessor": excuses.assessor,
                "visits": excuses.visits,
                "excused_points": as_number(excuses.excused),
                "applying_points": as_number(excuses.applying),
                "percent": views.share_number(excuses.share),
                "others_percent": views.share_number(excuses.others),
                "few": excuses.few,
            }
            for excuses in agreement.assessors
        ],
        "notes": [catalogue.render(note) for note in agreement.notes],
    }


def _double(double: DoubleVisit) -> dict[str, Any]:
    return {"store": double.store, "assessments": [_assessed(assessment) for assessment in double.assessed]}


def _assessed(assessment: Assessed) -> dict[str, Any]:
    total, row = assessment.total, assessment.row
    return {
        "assessor": row.assessor,
        "kind": row.kind,
        "complete": assessment.worked.scorecard.complete,
        "total": None if total is None else as_number(total),
    }


def _repeatability(agreement: Agreement) -> dict[str, Any]:
    known = agreement.repeatability
    return {
        "pairs": known.pairs,
        "least_pairs": LEAST_PAIRS,
        "known": known.known,
        "deviation": _rounded(known.deviation),
        "limit_95": _rounded(known.limit),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)


def _title(agreement: Agreement, criterion: str, catalogue: Catalogue) -> str:
    return catalogue.write(views.title_of(agreement, criterion))


def _criterion(agreement: Agreement, criterion: CriterionAgreement, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "criterion": criterion.criterion,
        "title": _title(agreement, criterion.criterion, catalogue),
        "basis": criterion.basis,
        "measure": criterion.measure,
        "alpha": views.alpha_number(criterion.alpha),
        "why_none": criterion.alpha.why_none,
        "stores": criterion.stores,
        "differing": criterion.differing,
        "earning_differently": criterion.earning_differently,
        "questions": [_question(question) for question in criterion.questions],
    }


def _question(question: QuestionAgreement) -> dict[str, Any]:
    return {
        "question": question.question,
        "measure": question.measure,
        "alpha": views.alpha_number(question.alpha),
        "why_none": question.alpha.why_none,
        "stores": question.alpha.units,
        "differing": question.differing,
    }
