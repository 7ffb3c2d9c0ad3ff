"""What the network adds up to: the indicators of all visits that count, read one store after the other."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase
from greenstar.ranking.indicators import IndicatorTotal, StoresTally
from greenstar.record.plain import visit_from
from greenstar.scheme.document import Indicator
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.indicators import Indicators, IndicatorValue
from greenstar.services.progress import Progress, unwatched
from greenstar.services.results.ranking import Wanted, league
from greenstar.services.schemes.registry import scheme_by_rules, shipped_schemes
from greenstar.services.spelling import is_in
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.standings import CountingVisit, Scope
from greenstar.text import folded

_RULES_ONLY = Wanted(reasons=False, moved=False, left_out=False, first=1)


@dataclass(frozen=True)
class StoresTotals:
    """The indicators over the stores of a region."""

    region: str
    stores: int
    totals: Mapping[str, IndicatorTotal]


@dataclass(frozen=True)
class NetworkIndicators:
    """The indicators over all stores of the league, or those of a `region`, and over each region by itself.

    `scheme` is None where no visit counts; where it has no indicators, nothing is added up. `before`: the cycle that
    the change is against; None: no visit counts in any earlier one.
    """

    scheme: Scheme | None
    cycle: str
    region: str | None = None
    before: str | None = None
    stores: int = 0
    totals: Mapping[str, IndicatorTotal] | None = None
    regions: tuple[StoresTotals, ...] = ()
    notes: tuple[Phrase, ...] = ()


def network_indicators(
    workspace: Workspace, *, region: str | None = None, progress: Progress = unwatched
) -> NetworkIndicators:
    """Add the indicators of the cycle up. The rules are those of the ranking. BadInput: there is no such region.

    A store is compared with its visit of the cycle before, under whatever version of the scheme: by the indicator of
    the same name there, where that has the same units.
    """
    ranking = league(workspace, region=region, wanted=_RULES_ONLY)
    if ranking.rules is None:
        return NetworkIndicators(None, ranking.cycle, region, notes=ranking.notes)
    scheme = _in_words_with_indicators(workspace, ranking.rules)
    counting = workspace.storage.standings.counting(Scope(ranking.cycle, ranking.rules))
    rows = [row for row in counting if is_in(row.region, region)]
    region = rows[0].region if region is not None and rows else region  # as it is spelt
    if not scheme.indicators:
        return NetworkIndicators(scheme, ranking.cycle, region, stores=len(rows), notes=ranking.notes)
    before, earlier = _earlier(workspace, scheme, ranking.cycle)
    everywhere, regions = StoresTally(scheme.indicators), dict[str, tuple[str, StoresTally]]()
    for done, (row, now, then) in enumerate(_figures(workspace, scheme, rows, earlier), 1):
        everywhere.add(now, then)
        _, here = regions.setdefault(folded(row.region), (row.region, StoresTally(scheme.indicators)))
        here.add(now, then)
        progress(done, len(rows))
    return NetworkIndicators(
        scheme=scheme,
        cycle=ranking.cycle,
        region=region,
        before=before,
        stores=everywhere.stores,
        totals=everywhere.totals,
        regions=tuple(StoresTotals(name, tally.stores, tally.totals) for _, (name, tally) in sorted(regions.items())),
        notes=ranking.notes,
    )


def _in_words_with_indicators(workspace: Workspace, rules: str) -> Scheme:
    """These rules in the words that were asked for, else in their last ones.

    Indicators are wording: those of the shipped scheme are good for visits that were stored before it had any.
    """
    if workspace.named_scheme is not None and workspace.scheme.rules_sha256 == rules:
        return workspace.scheme
    stored = scheme_by_rules(workspace.storage, rules)
    path = None if stored.indicators else shipped_schemes().get(stored.name)
    shipped = None if path is None else read_scheme(path)
    return shipped if shipped is not None and shipped.rules_sha256 == rules else stored


def _earlier(
    workspace: Workspace, scheme: Scheme, cycle: str
) -> tuple[str | None, Mapping[str, tuple[CountingVisit, Indicators]]]:
    """The cycle before, and the visit of each store that counted in it, with what it is measured by.

    Where a store has several, that under the same rules.
    """
    standings, own = workspace.storage.standings, scheme.rules_sha256
    before = standings.before(cycle)
    if before is None:
        return None, {}
    names = {row.rules: row.name for row in workspace.storage.schemes.all()}
    rules = [rules for rules in standings.rules_of(before, drafts=False, regions=None) if names[rules] == scheme.name]
    visits: dict[str, tuple[CountingVisit, Indicators]] = {}
    for known in sorted(rules, key=lambda rules: rules == own):  # the last one wins
        words = scheme if known == own else _in_words_with_indicators(workspace, known)
        if words.indicators:
            measured = Indicators(words)
            visits |= {row.store: (row, measured) for row in standings.counting(Scope(before, known))}
    return (before if rules else None), visits


_Figures = Mapping[str, IndicatorValue]


def _figures(
    workspace: Workspace,
    scheme: Scheme,
    rows: list[CountingVisit],
    earlier: Mapping[str, tuple[CountingVisit, Indicators]],
) -> Iterator[tuple[CountingVisit, _Figures, _Figures]]:
    """Each store with its figures now and in the cycle before; both visits are read at once, and then let go."""
    measured = Indicators(scheme)
    pairs = [(row, earlier.get(row.store)) for row in rows]
    numbers = [number for row, then in pairs for number in _numbers(row, then)]
    documents = workspace.storage.contents.documents(numbers)
    for row, then in pairs:
        now = _worked_out(measured, next(documents))
        before = {} if then is None else _comparable(scheme, then[1], _worked_out(then[1], next(documents)))
        yield row, now, before


def _numbers(row: CountingVisit, then: tuple[CountingVisit, Indicators] | None) -> Iterator[int]:
    yield row.assessment
    if then is not None:
        yield then[0].assessment


def _worked_out(measured: Indicators, document: tuple[int, str]) -> _Figures:
    return measured.of(visit_from(json.loads(document[1]), measured.scheme))


def _comparable(scheme: Scheme, earlier: Indicators, figures: _Figures) -> _Figures:
    """The figures of indicators that have the same name and units in both versions."""
    if earlier.scheme is scheme:
        return figures
    return {
        name: figure
        for name, figure in figures.items()
        if name in scheme.indicators and _units(scheme.indicators[name]) == _units(earlier.scheme.indicators[name])
    }


def _units(indicator: Indicator) -> tuple[object, ...]:
    per = indicator.per
    return indicator.unit, indicator.total, None if per is None else (per.unit, per.times)
