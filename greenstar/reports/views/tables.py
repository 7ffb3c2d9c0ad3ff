"""The tables that can be exported: their columns, what these hold, and the rows one after the other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.reports.views.indicator_rows import indicator_rows
from greenstar.reports.views.indicators import indicators_view
from greenstar.reports.views.ranking_rows import ranking_rows
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.results import columns, network_columns
from greenstar.services.results.column_kinds import Kind, kinds
from greenstar.services.results.indicators import network_indicators
from greenstar.services.results.ranking import Wanted
from greenstar.services.results.tables.answers import answer_rows
from greenstar.services.results.tables.criteria import criterion_rows
from greenstar.services.results.tables.entries import evidence_rows, fact_rows, finding_rows
from greenstar.services.results.tables.extract import Extract
from greenstar.services.results.tables.registers import certificate_rows, event_rows, store_rows
from greenstar.services.results.tables.scores import category_columns, score_rows

COLUMNS: dict[str, dict[str, Kind]] = {
    "scores": kinds(columns.ScoreColumns),
    "criteria": kinds(columns.CriterionColumns),
    "answers": kinds(columns.AnswerColumns),
    "findings": kinds(columns.FindingColumns),
    "facts": kinds(columns.FactColumns),
    "evidence": kinds(columns.EvidenceColumns),
    "events": kinds(columns.EventColumns),
    "certificates": kinds(network_columns.CertificateColumns),
    "ranking": kinds(network_columns.RankingColumns),
    "indicators": kinds(network_columns.IndicatorColumns),
    "stores": kinds(network_columns.StoreColumns),
}
"""The columns of each table, and what they hold. They are promises: only ever added to."""
LAST: dict[str, dict[str, Kind]] = {
    "scores": kinds(columns.LastScoreColumns),
    "ranking": kinds(network_columns.LastRankingColumns),
}
"""Columns that came later than those that the scheme adds, and stand behind them."""
OF_VISITS = ("scores", "criteria", "answers", "findings", "facts", "evidence", "ranking", "indicators")
"""The tables in which nothing stands where there is no visit in the cycle."""

_AT_ONCE = 250  # rows of a ranking, between two words of progress


@dataclass(frozen=True)
class TableView:
    """A table: what its columns hold, by their names in their order, and its rows, which are read only once."""

    name: str
    columns: Mapping[str, Kind]
    rows: Iterator[Mapping[str, Any]]


def table_view(name: str, extract: Extract) -> TableView:
    """The table of that name. What the scheme adds stands between its own columns and those that came later."""
    added, rows = _SOURCES[name](extract)
    return TableView(name, columns_of(name, added), rows)


def columns_of(name: str, added: Mapping[str, Kind]) -> dict[str, Kind]:
    """The table's own columns, then those that a scheme adds, unless they are called as another one, then `LAST`."""
    own, last = COLUMNS[name], LAST.get(name, {})
    between = {column: kind for column, kind in added.items() if column not in own and column not in last}
    return {**own, **between, **last}


_Source = tuple[Mapping[str, Kind], Iterator[Mapping[str, Any]]]


def _plainly(rows: Callable[[Extract], Iterator[Mapping[str, Any]]]) -> Callable[[Extract], _Source]:
    """A table to which no scheme adds columns."""
    return lambda extract: ({}, rows(extract))


def _scores(extract: Extract) -> _Source:
    return dict.fromkeys(category_columns(extract), "number"), score_rows(extract)


def _stores(extract: Extract) -> _Source:
    return dict.fromkeys(extract.workspace.scheme.facts, "value"), store_rows(extract)


def _league(extract: Extract, cycle: str) -> Ranking:
    paged = extract.settings is None  # ranges are worked out of all stores together
    ranking = shown_league(extract.workspace, cycle=cycle, wanted=Wanted(left_out=False, paged=paged))
    if extract.settings is None:
        return ranking
    from greenstar.services.results.sureness import how_sure  # noqa: PLC0415 - it loads NumPy

    return how_sure(extract.workspace, ranking, extract.settings).ranking


def _ranking(extract: Extract) -> _Source:
    """The rankings of all cycles under one scheme stand below each other, the latest first."""
    catalogue = Catalogue(extract.language)
    leagues = [(cycle, _league(extract, cycle)) for cycle in _cycles(extract)]
    keys = [f"by_{name}" for _, ranking in leagues for ranked in ranking.stores[:1] for name in ranked.entry.keys]
    rows = (row for cycle, ranking in leagues for row in ranking_rows(ranking, catalogue, cycle, extract.settings))
    return dict.fromkeys(keys, "number"), _told(rows, sum(len(ranking.stores) for _, ranking in leagues), extract)


def _told(rows: Iterator[Mapping[str, Any]], count: int, extract: Extract) -> Iterator[Mapping[str, Any]]:
    """So many rows, of which the watcher is told some hundred at a time."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % _AT_ONCE == 0 or number == count:
            extract.progress(number, count)


def _indicators(extract: Extract) -> Iterator[Mapping[str, Any]]:
    catalogue = Catalogue(extract.language)
    for cycle in _cycles(extract):
        network = network_indicators(extract.workspace.in_cycle(cycle), progress=extract.progress)
        yield from indicator_rows(indicators_view(network), catalogue)


def _cycles(extract: Extract) -> list[str]:
    """The cycle, or all in which a visit counts, the latest first."""
    return extract.storage.cycles.counting() if extract.cycle is None else [extract.cycle]


_SOURCES: dict[str, Callable[[Extract], _Source]] = {
    "scores": _scores,
    "criteria": _plainly(criterion_rows),
    "answers": _plainly(answer_rows),
    "findings": _plainly(finding_rows),
    "facts": _plainly(fact_rows),
    "evidence": _plainly(evidence_rows),
    "events": _plainly(event_rows),
    "certificates": _plainly(certificate_rows),
    "ranking": _ranking,
    "indicators": _plainly(_indicators),
    "stores": _stores,
}


def all_tables(extract: Extract) -> Iterator[TableView]:
    """Every table, each begun only when the one before is done with."""
    return (table_view(name, extract) for name in COLUMNS)
