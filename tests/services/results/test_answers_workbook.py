"""Answers that are exported, as JSON and as a workbook of many visits, come to the same scorecards again."""

from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Store, Visit
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.rows import json_text
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.reports.xlsx import answers
from greenstar.reports.xlsx.tables import About, book
from greenstar.scoring.score import score
from greenstar.services.results.documents import answers_document
from greenstar.services.results.tables.answers import answer_rows_of
from greenstar.services.results.tables.whole_visits import WholeVisit, whole_row
from tests.services.visit.test_form_round_trip import SCHEME, visits

ABOUT = About((), "2026", datetime(2026, 5, 12, tzinfo=UTC), {})


def workbook(sealed: list[Visit], language: str) -> bytes:
    """What `export answers --format xlsx` writes of these visits."""
    catalogue, content = Catalogue(language), BytesIO()
    given_at = {name: {"at": "2026-05-12T09:30:00.000Z", "by": "Ada"} for name in SCHEME.questions}
    wholes = []
    for number, visit in enumerate(sealed, 1):
        rows = answer_rows_of(SCHEME, visit, 1, given_at, catalogue)
        wholes.append(WholeVisit(number, SCHEME, visit, [whole_row(row, SCHEME, visit, number) for row in rows]))
    with book(content, ABOUT, catalogue) as made:
        answers.write_visits(made, wholes, iter)
        made.finish()
    return content.getvalue()


def read(path: Path) -> list[AnswersFile]:
    return list(read_answers_files(path, lambda _name, _base: SCHEME))


def card(visit: Visit) -> Any:
    return scorecard_json(scorecard_view(SCHEME, visit, score(SCHEME, visit)), Catalogue("en"))


@pytest.mark.slow
@example([Visit(Store("S-1", "Store"), "2026", "Ada", facts={"roof": Fraction(10**15 + 1, 1000)})], "en")
@settings(max_examples=min(8, settings().max_examples))
@given(st.lists(visits().map(lambda drawn: drawn[0]), min_size=1, max_size=3), st.sampled_from(list(LANGUAGES)))
def test_exported_visits_are_the_same_from_a_workbook_and_from_json(sealed: list[Visit], language: str) -> None:
    with TemporaryDirectory() as folder:
        as_json, as_workbook = Path(folder) / "visits.json", Path(folder) / "visits.xlsx"
        as_json.write_text(json_text([answers_document(SCHEME, visit) for visit in sealed], 1), encoding="utf-8")
        as_workbook.write_bytes(workbook(sealed, language))
        from_json, from_workbook = read(as_json), read(as_workbook)
    assert [file.visit for file in from_workbook] == [file.visit for file in from_json] == sealed
    assert [card(file.visit) for file in from_workbook] == [card(visit) for visit in sealed]
    assert not any(file.remove for file in from_workbook)
