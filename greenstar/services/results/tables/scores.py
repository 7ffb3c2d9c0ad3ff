"""The table of scores: one row a visit."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

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

_KNOWN = 4096  # figures


def score_rows(extract: Extract) -> Iterator[Row]:
    """One row a visit, its categories in columns: the one that counts, else the newest revision.

    `counts` says which it is: a draft does not count, nor what was withdrawn.
    """
    storage = extract.storage
    schemes, shown = {scheme.sha256: scheme for scheme in storage.schemes.all()}, dict[str, _Shown]()
    for rows in extract.visits(withdrawn=True):
        of_rows = schemes_of(rows)
        cards = figures(storage, of_rows)
        excused = _excused_points(storage, of_rows, cards)
        for number, row in rows.items():
            if row.scheme not in shown:
                shown[row.scheme] = _Shown(schemes[row.scheme])
            yield _score_row(row, shown[row.scheme], cards[number], excused[number])


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


class _Shown:
    """How figures under a scheme are shown: never so that they seem to reach an edge of it that they miss.

    Many visits have the same figures, so the last few thousand are known.
    """

    def __init__(self, scheme: SchemeRow) -> None:
        summary = json.loads(scheme.summary)
        self.scheme = scheme
        self.categories = {category["id"]: place for place, category in enumerate(summary["categories"])}
        self._edges, self._excused_edges = edges_in(summary), excused_edges_in(summary)
        self.points_edges = lru_cache(maxsize=_KNOWN)(self._points_edges)
        self.share_edges = lru_cache(maxsize=_KNOWN)(self._share_edges)
        self.total = lru_cache(maxsize=_KNOWN)(self._total)
        self.percent = lru_cache(maxsize=_KNOWN)(self._percent)
        self.excused = lru_cache(maxsize=_KNOWN)(self._excused)

    def _points_edges(self, available: str | None) -> tuple[Fraction, ...]:
        return self._edges.in_points(exact_figure(available))

    def _share_edges(self, available: str | None) -> tuple[Fraction, ...]:
        return self._edges.in_shares(exact_figure(available))

    def _total(self, total: str | None, available: str | None) -> int | float | None:
        value = exact_figure(total)
        return None if value is None else as_number(value, misses=self.points_edges(available))

    def _percent(self, share: str | None, available: str | None) -> int | float | None:
        value = exact_figure(share)
        return None if value is None else as_percent(value, self.share_edges(available))

    def _excused(self, excused: Fraction, not_applicable: str) -> int | float:
        misses = self._excused_edges.in_points(excused, Fraction(not_applicable))
        return as_number(excused, misses=misses)


def _score_row(row: AssessmentRow, shown: _Shown, card: ScorecardRow, excused: Fraction) -> Row:
    scheme = shown.scheme
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
            total=shown.total(card.total, card.available),
            available=_number(card.available),
            percent=shown.percent(card.share, card.available),
            level=card.level,
            stars=card.stars,
            lighthouse=card.candidate,
            answered=card.answered,
            asked=card.asked,
            not_applicable_points=_number(card.not_applicable_points),
        )
    )
    columns = _category_columns(card, shown.categories)
    added = {column: value for column, value in columns.items() if column not in own}  # as old schemes may name it
    last = LastScoreColumns(
        excused_points=shown.excused(excused, card.not_applicable_points),
        scheme_sha256=row.scheme,
        rules_sha256=scheme.rules,
        revision=row.revision,
        certificate=row.certificate,
        valid_until=row.last_day.isoformat() if row.last_day else None,
        counts=row.counts,
    )
    return {**own, **added, **vars(last)}


def _category_columns(card: ScorecardRow, order: Mapping[str, int]) -> Row:
    columns: Row = {}
    for group in sorted(card.groups, key=lambda group: order[group.group]):
        columns[f"{group.group}_points"] = _whole_number(group.points)
        columns[f"{group.group}_available"] = _whole_number(group.available)
        columns[f"{group.group}_percent"] = _whole_number(group.percent)
    return columns


@lru_cache(maxsize=4096)
def _number(text: str | None) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_number(value)


def _whole_number(value: float | None) -> int | float | None:
    """A number without `.0` where it is whole."""
    return value if value is None or not value.is_integer() else int(value)
