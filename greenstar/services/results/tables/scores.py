"""The table of scores: one row a visit."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from functools import lru_cache

from greenstar.numbers import HUNDRED, as_number, as_percent, exact_figure, hundredths, nearest_float
from greenstar.record.timestamps import read_time, written_time
from greenstar.services.results.columns import LastScoreColumns, ScoreColumns
from greenstar.services.results.excused_figures import excused_anew
from greenstar.services.results.ranking import edges_in, excused_edges_in
from greenstar.services.results.stored_visits import scored_again
from greenstar.services.results.tables.extract import Extract
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.exports import CategoryFigures, ScoredVisit
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage

_KNOWN = 4096  # figures
_TAKEN = {field.name for columns in (ScoreColumns, LastScoreColumns) for field in fields(columns)}
_FIGURES = (
    *("total", "available", "share", "level", "stars", "candidate", "answered", "asked"),
    *("not_applicable_points", "excused_points"),
)


def score_rows(extract: Extract) -> Iterator[Row]:
    """One row a visit, its categories in columns: the one that counts, else the newest revision.

    `counts` says which it is: a draft does not count, nor what was withdrawn.
    """
    storage = extract.storage
    schemes, shown = {scheme.sha256: scheme for scheme in storage.schemes.all()}, dict[str, _Shown]()
    for kept in extract.scored():
        for visit in kept:
            if visit.scheme not in shown:
                shown[visit.scheme] = _Shown(schemes[visit.scheme])
        visits, categories = _newest(storage, kept, {visit.number: dict(shown[visit.scheme].cells) for visit in kept})
        for visit in visits:
            yield _score_row(visit, shown[visit.scheme], categories[visit.number])


def category_columns(extract: Extract) -> list[str]:
    """The columns that the categories of these visits' schemes add, in the order of the visits and of the schemes."""
    names = dict.fromkeys(category["id"] for summary in extract.summaries() for category in summary["categories"])
    return [column for name in names for column in _columns_of(name)]


@lru_cache
def _columns_of(category: str) -> tuple[str, str, str]:
    return f"{category}_points", f"{category}_available", f"{category}_percent"


def _newest(
    storage: Storage, kept: Sequence[ScoredVisit], categories: dict[int, Row]
) -> tuple[list[ScoredVisit], Mapping[int, Row]]:
    """The visits with figures as they are now, and the cells of their categories, by number, which were empty.

    Figures are scored again where the kept ones are stale, there are none, or a draft lost a file that was verified.
    """
    losing = storage.contents.losing([visit.number for visit in kept if visit.status == "draft"])
    stale = {visit.number: visit.scheme for visit in kept if visit.stale or visit.number in losing}
    fresh = scored_again(storage, stale) if stale else {}
    for figures in storage.exports.categories([visit.number for visit in kept if visit.number not in fresh]):
        _put(categories[figures.assessment], figures)
    for number, card in fresh.items():
        for group in card.groups:
            figures = CategoryFigures(number, group.group, group.points, group.available, group.percent)
            _put(categories[number], figures)
    visits = [_with_figures(visit, fresh[visit.number]) if visit.number in fresh else visit for visit in kept]
    return _with_excused_points(storage, visits), categories


def _put(cells: Row, figures: CategoryFigures) -> None:
    _, category, points, available, percent = figures
    of_points, of_available, of_percent = _columns_of(category)
    if of_points in cells:
        cells[of_points] = points if points % 1 else int(points)
    if of_available in cells:
        cells[of_available] = available if available % 1 else int(available)
    if of_percent in cells:
        cells[of_percent] = percent if percent is None or percent % 1 else int(percent)


def _with_figures(visit: ScoredVisit, card: ScorecardRow) -> ScoredVisit:
    return visit._replace(**{name: getattr(card, name) for name in _FIGURES})


def _with_excused_points(storage: Storage, visits: list[ScoredVisit]) -> list[ScoredVisit]:
    """The visits with what assessors took out: worked out again where an older program kept the scorecard."""
    unknown = {visit.number: visit.scheme for visit in visits if visit.excused_points is None}
    if not unknown:
        return visits
    points = excused_anew(storage, unknown)
    return [visit._replace(excused_points=points.get(visit.number, visit.excused_points)) for visit in visits]


class _Shown:
    """How figures under a scheme are shown: never so that they seem to reach an edge of it that they miss.

    Many visits have the same figures, so the last few thousand are known.
    """

    def __init__(self, scheme: SchemeRow) -> None:
        summary = json.loads(scheme.summary)
        self.scheme = scheme
        columns = (column for category in summary["categories"] for column in _columns_of(category["id"]))
        self.cells = dict.fromkeys(column for column in columns if column not in _TAKEN)  # an old scheme may name it so
        self._edges, self._excused_edges = edges_in(summary), excused_edges_in(summary)
        self.total = lru_cache(maxsize=_KNOWN)(self._total)
        self.percent = lru_cache(maxsize=_KNOWN)(self._percent)
        self.excused = lru_cache(maxsize=_KNOWN)(self._excused)
        self._points_edges = lru_cache(maxsize=_KNOWN)(self._edges_in_points)
        self._percent_edges = lru_cache(maxsize=_KNOWN)(self._edges_in_percent)

    def _edges_in_points(self, available: str | None) -> list[float]:
        return sorted(map(nearest_float, self._edges.in_points(exact_figure(available))))

    def _edges_in_percent(self, available: str | None) -> list[float]:
        return sorted(nearest_float(edge * HUNDRED) for edge in self._edges.in_shares(exact_figure(available)))

    def _total(self, total: str | None, available: str | None) -> int | float | None:
        value = exact_figure(total)
        if value is None:
            return None
        quick = hundredths(value.numerator, value.denominator, self._points_edges(available))
        if quick is not None:
            return _as_number(quick)
        return as_number(value, misses=self._edges.in_points(exact_figure(available)))

    def _percent(self, share: str | None, available: str | None) -> int | float | None:
        value = exact_figure(share)
        if value is None:
            return None
        quick = hundredths(100 * value.numerator, value.denominator, self._percent_edges(available))
        if quick is not None:
            return _as_number(quick)
        return as_percent(value, self._edges.in_shares(exact_figure(available)))

    def _excused(self, excused: str, not_applicable: str) -> int | float:
        points = Fraction(excused)
        return as_number(points, misses=self._excused_edges.in_points(points, Fraction(not_applicable)))


def _as_number(of_hundred: int) -> int | float:
    return of_hundred / 100 if of_hundred % 100 else of_hundred // 100


def _score_row(visit: ScoredVisit, shown: _Shown, categories: Row) -> Row:
    assert visit.excused_points is not None
    scheme = shown.scheme
    own = ScoreColumns(
        store=visit.store,
        name=visit.name,
        city=visit.city,
        region=visit.region,
        cycle=visit.cycle,
        scheme=visit.scheme_name,
        version=scheme.version,
        status=visit.status,
        assessor=visit.assessor,
        visited=visit.visited or None,
        submitted=_time(visit.submitted_at) if visit.submitted_at else None,
        total=shown.total(visit.total, visit.available),
        available=_number(visit.available),
        percent=shown.percent(visit.share, visit.available),
        level=visit.level,
        stars=visit.stars,
        lighthouse=bool(visit.candidate),
        answered=visit.answered,
        asked=visit.asked,
        not_applicable_points=_number(visit.not_applicable_points),
    )
    last = LastScoreColumns(
        excused_points=shown.excused(visit.excused_points, visit.not_applicable_points),
        scheme_sha256=visit.scheme,
        rules_sha256=scheme.rules,
        revision=visit.revision,
        certificate=visit.certificate,
        valid_until=visit.last_day or None,
        counts=bool(visit.counts),
    )
    return {**vars(own), **categories, **vars(last)}


@lru_cache(maxsize=4096)
def _time(text: str) -> str:
    return written_time(read_time(text))


@lru_cache(maxsize=4096)
def _number(text: str | None) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_number(value)
