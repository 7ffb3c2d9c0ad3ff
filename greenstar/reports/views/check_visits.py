"""A check visit in a sentence, as it is told beside the visits of its store."""

from greenstar.i18n.phrase import Phrase
from greenstar.reports.views.figures import total_under
from greenstar.services.stores.check_visits import CheckVisit


def check_visit_phrase(check: CheckVisit) -> Phrase:
    """Who made it, how far it has come and what it comes to; never counts."""
    return Phrase(
        "agreement.check_visit",
        cycle=check.cycle,
        who=check.assessor,
        answered=check.answered,
        asked=check.asked,
        total=total_under(check.scheme, check.total, check.available).text,
    )
