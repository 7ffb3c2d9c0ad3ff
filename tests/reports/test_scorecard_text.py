"""A scorecard as text: nothing is said of what its scheme does not have."""

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.text.page import TextLine
from greenstar.reports.text.scorecard import scorecard_page
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.scheme.model import Scheme
from tests.builders import card, figure, scheme_of, visit
from tests.rows import rows

LEVELS = "levels: [{id: one, title: Eins, requires: {total: 5}}]\n"
LIGHTHOUSE = "lighthouse: {requires: {total: 9}}\n"


def told(under: Scheme, language: str) -> str:
    page = scorecard_page(scorecard_view(under, visit(), card(under)), Catalogue(language))
    return "\n".join(part.text for part in page if isinstance(part, TextLine))


@rows("language", LANGUAGES)
def test_levels_and_candidates_are_told_only_where_the_scheme_has_them(language: str) -> None:
    level, candidate = ({"en": "evel", "zh": "级"}[language], {"en": "ighthouse", "zh": "灯塔"}[language])
    bare = told(scheme_of(figure("a")), language)
    assert level not in bare
    assert candidate not in bare
    assert level in told(scheme_of(figure("a"), LEVELS), language)
    assert candidate in told(scheme_of(figure("a"), LIGHTHOUSE), language)
