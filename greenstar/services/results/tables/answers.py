"""The table of answers: one row a question of a visit."""

from collections.abc import Iterator, Mapping

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.calculated import formula_of
from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import of_score
from greenstar.scoring.score import score, work_out
from greenstar.services.results.columns import AnswerColumns
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.results.tables.extract import Extract
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.storage.protocols import Row


def answer_rows(extract: Extract) -> Iterator[Row]:
    """One row a question of every visit that counts, or is a draft where none does.

    A value that is not there, or was not asked for, is None. `first` is true of a criterion's first question: points
    stand on every row, and are a criterion's.
    """
    catalogue = Catalogue(extract.language)
    for rows in extract.visits():
        full = extract.storage.contents.full("answer", list(rows))
        for assessment, scheme, visit in visits(extract.storage, schemes_of(rows)):
            given = {answer["key"]: answer for answer in full[assessment]}
            yield from answer_rows_of(scheme, visit, rows[assessment].revision, given, catalogue)


def answer_rows_of(
    scheme: Scheme, visit: Visit, revision: int, given: Mapping[str, Row], catalogue: Catalogue
) -> Iterator[Row]:
    """The rows of one visit. `given`: the answers as they are kept, by their questions."""
    worked = work_out(scheme, visit)
    card, asked = score(scheme, visit, worked), WorkedVisit(scheme, visit, worked).asked
    for name, question in scheme.questions.items():
        criterion = scheme.criterion_of[name]
        result = card.criteria[criterion]
        answered = name in worked.environment.values and name in visit.answers
        yield vars(
            AnswerColumns(
                store=visit.store.code,
                cycle=visit.cycle,
                criterion=criterion,
                question=name,
                value=answer_type(scheme, question).to_cell(visit.answers[name]) if answered else None,
                unit=question.unit.in_(catalogue.language) if question.unit is not None else None,
                answered_at=given[name]["at"] if answered else None,
                assessor=given[name]["by"] if answered else None,
                note=visit.notes.get(criterion),
                points=as_number(result.points, misses=of_score(scheme, result).points),
                available=as_number(result.available),
                outcome=str(result.outcome),
                reason=catalogue.render(result.reason),
                asked=name in asked,
                formula=formula_of(visit.answers[name]) if answered else None,
                criterion_label=scheme.criteria[criterion].title.in_(catalogue.language),
                label_en=question.ask.by_language.get("en"),
                label_zh=question.ask.by_language.get("zh"),
                first=name == next(iter(scheme.questions_of[criterion])),
                scheme=scheme.name,
                version=scheme.version,
                revision=revision,
            )
        )
