"""The table of scores: one row a visit."""

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from greenstar.numbers import as_number, as_percent, exact_figure
from greenstar.record.timestamps import written_time
from greenstar.services.results.columns import LastScoreColumns, ScoreColumns
from greenstar.services.results.ranking import edges_in, excused_edges_in
from greenstar.services.results.stored_visits import excused_again, figures, schemes_of
from greenstar.services.results.tables.extract import Extract
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage


def score_rows(extract: Extract) -> Iterator[Row]:
    """One row a visit, its categories in columns: the one that counts, else the newest revision.

    `counts` says which it is: a draft does not count, nor what was withdrawn.
    """
    storage = extract.storage
    schemes = {scheme.sha256: scheme for scheme in storage.schemes.all()}
    for rows in extract.visits(withdrawn=True):
        of_rows = schemes_of(rows)
        cards = figures(storage, of_rows)
        excused = _excused_points(storage, of_rows, cards)
        for number, row in rows.items():
            yield _score_row(row, schemes[row.scheme], cards[number], excused[number])


def category_columns(extract: Extract) -> list[str]:
    """The columns that the categories of these visits' schemes add, in the order of the visits and of the schemes."""
    names = dict.fromkeys(category["id"] for summary in extract.summaries() for category in summary["categories"])
    return [f"{name}_{what}" for name in names for what in ("points", "available", "percent")]


def _excused_points(
    storage: Storage, schemes: Mapping[int, str], cards: Mapping[int, ScorecardRow]
) -> dict[int, Fraction]:
    """What assessors took out; worked out again where an older program kept the scorecard."""
    kept = {name: exact_figure(card.excused_points) for name, card in cards.items()}
    marks = storage.contents.full("exemption", [name for name, points in kept.items() if points is None])
    again = excused_again(storage, {name: schemes[name] for name, marked in marks.items() if marked})
    return {name: points if points is not None else again.get(name, Fraction(0)) for name, points in kept.items()}


def _score_row(row: AssessmentRow, scheme: SchemeRow, card: ScorecardRow, excused: Fraction) -> Row:
    summary = json.loads(scheme.summary)
    edges, available = edges_in(summary), exact_figure(card.available)
    not_applicable = Fraction(card.not_applicable_points)
    own = vars(
        ScoreColumns(
            store=row.store,
            name=row.store_name,
            city=row.city,
            region=row.region,
            cycle=row.cycle,
            scheme=row.scheme_name,
            version=scheme.version,
            status=str(row.status),
            assessor=row.assessor,
            visited=row.visited.isoformat() if row.visited else None,
            submitted=written_time(row.submitted_at) if row.submitted_at else None,
            total=_number(card.total, edges.in_points(available)),
            available=_number(card.available),
            percent=_percent(card.share, edges.in_shares(available)),
            level=card.level,
            stars=card.stars,
            lighthouse=card.candidate,
            answered=card.answered,
            asked=card.asked,
            not_applicable_points=_number(card.not_applicable_points),
        )
    )
    columns = _category_columns(card, [category["id"] for category in summary["categories"]])
    added = {column: value for column, value in columns.items() if column not in own}  # as old schemes may name it
    last = LastScoreColumns(
        excused_points=as_number(excused, misses=excused_edges_in(summary).in_points(excused, not_applicable)),
        scheme_sha256=row.scheme,
        rules_sha256=scheme.rules,
        revision=row.revision,
        certificate=row.certificate,
        valid_until=row.last_day.isoformat() if row.last_day else None,
        counts=row.counts,
    )
    return {**own, **added, **vars(last)}


def _category_columns(card: ScorecardRow, order: list[str]) -> Row:
    columns: Row = {}
    for group in sorted(card.groups, key=lambda group: order.index(group.group)):
        columns[f"{group.group}_points"] = _whole_number(group.points)
        columns[f"{group.group}_available"] = _whole_number(group.available)
        columns[f"{group.group}_percent"] = _whole_number(group.percent)
    return columns


def _number(text: str | None, misses: Iterable[Fraction] = ()) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_number(value, misses=misses)


def _percent(text: str | None, misses: Iterable[Fraction]) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_percent(value, misses)


def _whole_number(value: float | None) -> int | float | None:
    """A number without `.0` where it is whole."""
    return int(value) if value is not None and value == int(value) else value
