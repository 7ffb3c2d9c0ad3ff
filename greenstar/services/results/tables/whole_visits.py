"""Visits with all that a spreadsheet must say of them, so that `record` takes them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Visit
from greenstar.assessment.spreadsheet.layout import IN_FACTS, IN_STORE, STORE_KEYS
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.results.documents import identified
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.results.tables.answers import answer_rows_of
from greenstar.services.results.tables.extract import Extract
from greenstar.storage.protocols import Row


@dataclass(frozen=True)
class WholeVisit:
    """A visit, and its rows of the table of answers.

    Beside the columns of that table a row has `visit` (a number), `not_asked` (an answer that nobody asks for) and
    `not_applicable` (the reason, in the first row of its criterion).
    """

    number: int
    scheme: Scheme
    visit: Visit
    answers: list[Row]

    def header(self) -> Iterator[tuple[str, Any]]:
        """What it is a visit of, and what is known of the store, by the keys of a form."""
        scheme, visit = self.scheme, self.visit
        yield from (("scheme", scheme.name), ("version", scheme.version), ("cycle", visit.cycle))
        yield from (("assessor", visit.assessor), ("visited", visit.visited.isoformat() if visit.visited else None))
        yield from ((f"{IN_STORE}{key}", getattr(visit.store, key)) for key in STORE_KEYS)
        for name, question in scheme.facts.items():
            if name in visit.facts:
                yield f"{IN_FACTS}{name}", cell_of(scheme, question, visit.facts[name])


def cell_of(scheme: Scheme, question: Question, answer: Answer) -> Any:
    """An answer in a cell that is read back."""
    value = answer_type(scheme, question).to_cell(answer)
    return "none" if answer == () else value


def whole_visits(extract: Extract) -> Iterator[WholeVisit]:
    """The visits that count, or are drafts where none does, numbered from 1."""
    catalogue, number = Catalogue(extract.language), 0
    for rows in extract.visits():
        full = extract.storage.contents.full("answer", list(rows))
        findings = extract.storage.contents.lists("finding", list(rows))
        for assessment, scheme, sealed in visits(extract.storage, schemes_of(rows)):
            number += 1
            visit = identified(sealed, findings[assessment])
            given = {answer["key"]: answer for answer in full[assessment]}
            answers = answer_rows_of(scheme, visit, rows[assessment].revision, given, catalogue)
            yield WholeVisit(number, scheme, visit, [whole_row(row, scheme, visit, number) for row in answers])


def whole_row(row: Row, scheme: Scheme, visit: Visit, number: int) -> Row:
    """A row of the table of answers, with what is needed to read it back."""
    name, answer = row["question"], visit.answers.get(row["question"])
    written = None if answer is None else cell_of(scheme, scheme.questions[name], answer)
    reason = visit.not_applicable.get(row["criterion"]) if row["first"] else None
    own: Row = {"visit": number, "not_applicable": reason}
    own |= {"value": written, "not_asked": None} if row["asked"] else {"value": None, "not_asked": written}
    return {**row, **own}
