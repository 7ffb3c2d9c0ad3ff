"""The league of a cycle, from the scorecards that are kept. Only where drafts are asked for is a scheme read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.assessment.cycles import cycle_key
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import ClosedStore, LeagueLevel, Ranked, Ranking
from greenstar.ranking.places import apart, placed
from greenstar.ranking.standing import StoreStanding, in_order
from greenstar.ranking.stored import StoredLeague
from greenstar.scoring.edges import NO_BOUNDS, Edges, ExcusedEdges
from greenstar.services.results.excused_figures import with_excused_points
from greenstar.services.results.paged_league import LeagueBefore, paged_league
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.standings import Scope
from greenstar.text import folded

_BEYOND = 8  # rows that are read behind the first few, to see who shares the last place


@dataclass(frozen=True)
class Wanted:
    """What of a league is read beside its stores, where all of it is not needed.

    `reasons`: all that keeps stores from being candidates, not only the first; `moved`: the cycle before, and
    `left_out`: how many stores have no place. `first`: only so many stores, and those that share the last place.
    `paged`: a league without drafts is not held, but read page by page where its stores are asked for, and nobody
    counts the stores that have no place.
    """

    reasons: bool = True
    moved: bool = True
    left_out: bool = True
    first: int | None = None
    paged: bool = False


EVERYTHING = Wanted()


def league(
    workspace: Workspace,
    *,
    region: str | None = None,
    drafts: bool = False,
    cycle: str | None = None,
    rules: str | None = None,
    wanted: Wanted = EVERYTHING,
) -> Ranking:
    """Each store's latest submitted visit of the cycle, ranked; with `drafts` also what is not submitted.

    The workspace's cycle, where no other is named. Only the rules of one version, in whatever words: those asked for,
    else those of this hash (`rules`), else those most used in the cycle. `notes` say what was left out by other rules,
    `closed` which stores have no place as they closed. With `region` the ranks are those within it. BadInput: there is
    no such region.
    """
    cycle = cycle or workspace.cycle
    schemes = {scheme.rules: scheme for scheme in workspace.storage.schemes.all()}  # in their last words
    regions = None if region is None else spellings(workspace, region)
    standings = workspace.storage.standings
    chosen = rules or _rules(workspace, schemes, cycle, regions, drafts=drafts)
    scope = Scope(cycle, chosen or "", drafts, regions)
    notes = tuple(_notes(schemes, scope.rules, standings.other_rules(scope))) if {*schemes} - {chosen} else ()
    closed = tuple(map(_closed, standings.closed(scope)))
    compared = (_paged if wanted.paged and not drafts else _held)(workspace, scope, wanted)
    if chosen not in schemes or not (compared.stores or closed or rules or workspace.named_scheme):
        return Ranking(None, None, cycle, (), notes=notes, left_out=compared.left_out)
    return _ranking(
        schemes[chosen],
        cycle=cycle,
        notes=notes,
        closed=closed,
        first_only=wanted.first is not None,
        **compared._asdict(),
    )


def cycles(workspace: Workspace) -> list[str]:
    """The cycles in which there were visits, and the workspace's own; the latest first."""
    return sorted({*workspace.storage.cycles.all(), workspace.cycle}, key=cycle_key, reverse=True)


def ranked_cycles(workspace: Workspace) -> list[str]:
    """The cycles in which a visit was submitted, so that there is a ranking; the latest first."""
    return workspace.storage.cycles.counting()


# -- which rules, and where


def _rules(
    workspace: Workspace, schemes: Mapping[str, SchemeRow], cycle: str, regions: Sequence[str] | None, *, drafts: bool
) -> str | None:
    """The rules to rank by; None: nothing counts, whatever the rules."""
    if len(schemes) == 1 and workspace.named_scheme in {None, *(scheme.name for scheme in schemes.values())}:
        return next(iter(schemes))  # nothing is to be counted, which takes long where there are many visits
    counts = workspace.storage.standings.rules_of(cycle, drafts=drafts, regions=regions)
    order = list(schemes)  # those added last win among equals
    most_used = sorted(counts, key=lambda rules: (counts[rules], order.index(rules)), reverse=True)
    named = workspace.named_scheme
    if named is None:
        return most_used[0] if most_used else None
    of_name = [rules for rules in most_used if schemes[rules].name == named]
    if of_name:
        return of_name[0]
    named_by_path: str = workspace.scheme.rules_sha256
    return named_by_path


def spellings(workspace: Workspace, region: str) -> tuple[str, ...]:
    """A region in all its spellings. BadInput: there is no such region."""
    known = [name for name in workspace.storage.stores.regions() if name]
    spelt = tuple(name for name in known if folded(name) == folded(region))
    if spelt:
        return spelt
    if not known:
        raise BadInput("storage.no_regions", region=region[:60] or '""')
    from greenstar.scheme.suggestions import sentence_end  # noqa: PLC0415 - only where a region is misspelt

    hint = sentence_end(region, known)
    raise BadInput("storage.unknown_region", region=region[:60] or '""', hint=hint, known=tuple(known))


# -- the stores and their places


class _Stores(NamedTuple):
    """The stores of a league, how many are not in it, and with which cycle, of how many stores, places are compared."""

    stores: Sequence[Ranked]
    left_out: Mapping[str, int]
    before: str | None
    stores_before: int


def _held(workspace: Workspace, scope: Scope, wanted: Wanted) -> _Stores:
    places, stores = _placed(workspace, scope, wanted)
    counted = wanted.left_out and wanted.first is None
    left_out = workspace.storage.standings.left_out(scope, [row.store for row in stores]) if counted else {}
    before, places_before = _before(workspace, scope) if wanted.moved and stores else (None, {})
    return _Stores(StoredLeague(places, stores, places_before) if stores else (), left_out, before, len(places_before))


def _paged(workspace: Workspace, scope: Scope, wanted: Wanted) -> _Stores:
    """The same, without those that are not in it."""
    storage = workspace.storage
    cycle = storage.standings.before(scope.cycle) if wanted.moved else None
    before = None if cycle is None else LeagueBefore(storage, scope._replace(cycle=cycle))
    compared = before is not None and before.stores > 0
    return _Stores(
        paged_league(storage, scope, before), {}, cycle if compared else None, before.stores if before else 0
    )


def _placed(workspace: Workspace, scope: Scope, wanted: Wanted) -> tuple[list[int], list[StoreStanding]]:
    """The places, and the stores in their order."""
    standings = workspace.storage.standings
    if scope.drafts:
        places, ordered = placed(_with_newest_figures(workspace, standings.league(scope, reasons=wanted.reasons)))
    elif wanted.first is None:
        places, ordered = placed(standings.league(scope, reasons=wanted.reasons))
    else:
        places, ordered = placed(_first_few(workspace, scope, wanted.first, reasons=wanted.reasons))
    last = len(places) if wanted.first is None else _shared_to(places, wanted.first)
    return places[:last], with_excused_points(workspace.storage, ordered[:last])


def _first_few(workspace: Workspace, scope: Scope, first: int, *, reasons: bool) -> list[StoreStanding]:
    """So many stores, and as many more as it takes to know beyond doubt who they are."""
    limit = first + _BEYOND
    while True:
        rows = workspace.storage.standings.league(scope, reasons=reasons, first=limit)
        if len(rows) < limit or apart(rows[first - 1], rows[-1]):
            return rows
        limit *= 4


def _shared_to(places: Sequence[int], first: int) -> int:
    """How many stores have one of the first places: more, where the last of them is shared."""
    last = min(first, len(places))
    while 0 < last < len(places) and places[last] == places[last - 1]:
        last += 1
    return last


def _before(workspace: Workspace, scope: Scope) -> tuple[str | None, dict[str, int]]:
    """The cycle before, and the places in its league under the same rules, by store; None where there was none."""
    standings = workspace.storage.standings
    cycle = standings.before(scope.cycle)
    if cycle is None:
        return None, {}
    places, order = placed(standings.order(scope._replace(cycle=cycle, drafts=False)))
    return (cycle if order else None), {row.store: place for place, row in zip(places, order, strict=True)}


def _with_newest_figures(workspace: Workspace, rows: list[StoreStanding]) -> list[StoreStanding]:
    """The rows with figures that count every change: those of a draft may be older than its last answer.

    Or than the loss of a file that had been verified. They are in the order of their keys as numbers.
    """
    drafts = [row.assessment for row in rows if row.status == "draft"]
    losing = workspace.storage.contents.losing(drafts) if drafts else ()
    stale = {row.assessment: row.scheme for row in rows if row.stale or row.assessment in losing}
    if not stale:
        return rows
    from greenstar.services.results.stored_visits import scored_again  # noqa: PLC0415 - scoring is slow to import

    fresh = scored_again(workspace.storage, stale)
    again = [row.with_figures(vars(fresh[row.assessment])) if row.assessment in fresh else row for row in rows]
    return sorted(again, key=in_order)


# -- what is said of the whole


def _notes(schemes: Mapping[str, SchemeRow], rules: str, counts: Mapping[str, int]) -> Iterator[Phrase]:
    """The stores that are not ranked, as they go by other rules; one version may be there with two sets of them."""
    versions = {known: {"scheme": scheme.name, "version": scheme.version} for known, scheme in schemes.items()}
    for other, count in counts.items():
        same = versions[other] == versions.get(rules)
        yield Phrase("ranking.left_out_same_version" if same else "ranking.left_out", count=count, **versions[other])


def _closed(row: Row) -> ClosedStore:
    return ClosedStore(row["store"], row["name"], row["region"], date.fromisoformat(row["closed"]))


def _ranking(scheme: SchemeRow, **figures: Any) -> Ranking:
    summary = json.loads(scheme.summary)
    return Ranking(
        scheme=scheme.name,
        version=scheme.version,
        title=Text(summary["title"]),
        levels={level["id"]: Text(level["title"]) for level in summary["levels"]},
        keys={key["id"]: Text(key["title"]) if "title" in key else None for key in summary["rank_by"]},
        edges=edges_in(summary),
        excused=excused_edges_in(summary),
        rules=scheme.rules,
        ladder=tuple(map(_league_level, summary["levels"])),
        **figures,
    )


def _league_level(kept: Mapping[str, Any]) -> LeagueLevel:
    """A level as it is kept for rankings; programs before 0.3 did not keep what it asks of the total."""
    total = kept.get("total")
    least = None if total is None else Fraction(total["least"])
    percent = total is not None and total["percent"]
    return LeagueLevel(kept["id"], Text(kept["title"]), kept["stars"], least, percent)


def edges_in(summary: Mapping[str, Any]) -> Edges:
    """What a total must not seem to reach, from what is kept of a scheme for its rankings."""
    kept = summary["edges"]
    return Edges(tuple(Fraction(edge) for edge in kept["total"]), tuple(Fraction(edge) for edge in kept["share"]))


def excused_edges_in(summary: Mapping[str, Any]) -> ExcusedEdges:
    """What excused points must not seem to keep to. Schemes of programs before 0.3 had no bounds for them."""
    kept = summary.get("excused")
    if kept is None:
        return NO_BOUNDS
    points, shares = (tuple(Fraction(edge) for edge in kept[name]) for name in ("points", "shares"))
    return ExcusedEdges(Edges(points, shares), Fraction(kept["of"]))
