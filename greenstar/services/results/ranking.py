"""The league of a cycle, from the scorecards that are kept. Only where drafts are asked for is a scheme read."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.cycles import cycle_key
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import ClosedStore, LeagueLevel, Ranking, rank
from greenstar.ranking.stored import league_entry
from greenstar.scoring.edges import NO_BOUNDS, Edges, ExcusedEdges
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.text import folded


def league(
    workspace: Workspace, *, region: str | None = None, drafts: bool = False, cycle: str | None = None
) -> Ranking:
    """Each store's latest submitted visit of the cycle, ranked; with `drafts` also what is not submitted.

    The workspace's cycle, where no other is named. Only the rules of one version, in whatever words: those asked for,
    else those most used in the cycle. `notes` say what was left out, `closed` which stores have no place as they
    closed. With `region` the ranks are those within it. BadInput: there is no such region.
    """
    cycle = cycle or workspace.cycle
    schemes, chosen, rows = _standing(workspace, cycle, region, drafts=drafts)
    in_league = [row for row in rows if row["rules"] == chosen]
    counted = _with_newest_figures(workspace, [row for row in in_league if row["closed"] is None])
    counted = _with_excused_points(workspace, counted)
    ranking = _ranking(cycle, schemes.get(chosen or ""), counted, _left_out(schemes, rows, chosen))
    return replace(ranking, closed=tuple(_closed(in_league)))


def cycles(workspace: Workspace) -> list[str]:
    """The cycles in which there were visits, and the workspace's own; the latest first."""
    return sorted({*workspace.storage.cycles.all(), workspace.cycle}, key=cycle_key, reverse=True)


def ranked_cycles(workspace: Workspace) -> list[str]:
    """The cycles in which a visit was submitted, so that there is a ranking; the latest first."""
    return workspace.storage.cycles.counting()


def _standing(
    workspace: Workspace, cycle: str, region: str | None, *, drafts: bool
) -> tuple[dict[str, SchemeRow], str | None, list[Row]]:
    """Schemes by their rules (in their last words), the rules to rank by, and what counts for each store."""
    schemes = {scheme.rules: scheme for scheme in workspace.storage.schemes.all()}
    rows = workspace.storage.standings.of_cycle(cycle, drafts=drafts)
    if region is not None:
        rows = _within(workspace, rows, region)
    return schemes, _chosen(workspace, schemes, rows), rows


def _within(workspace: Workspace, rows: list[Row], region: str) -> list[Row]:
    known = [name for name in workspace.storage.stores.regions() if name]
    if folded(region) not in map(folded, known):
        from greenstar.scheme.suggestions import sentence_end  # noqa: PLC0415 - only where a region is misspelt

        hint = sentence_end(region, known)
        raise BadInput("storage.unknown_region", region=region[:60], hint=hint, known=tuple(known))
    return [row for row in rows if folded(row["region"]) == folded(region)]


def _chosen(workspace: Workspace, schemes: dict[str, SchemeRow], rows: list[Row]) -> str | None:
    """The rules to rank by."""
    counts: Counter[str] = Counter(row["rules"] for row in rows)
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


def _with_newest_figures(workspace: Workspace, rows: list[Row]) -> list[Row]:
    """The rows with figures that count every change: those of a draft may be older than its last answer.

    Or than the loss of a file that had been verified.
    """
    drafts = [row["assessment"] for row in rows if row["status"] == "draft"]
    losing = workspace.storage.contents.losing(drafts) if drafts else ()
    stale = {row["assessment"]: row["scheme"] for row in rows if row["stale"] or row["assessment"] in losing}
    if not stale:
        return rows
    from greenstar.services.results.stored_visits import scored_again  # noqa: PLC0415 - scoring is slow to import

    fresh = scored_again(workspace.storage, stale)
    return [{**row, **vars(fresh[row["assessment"]])} if row["assessment"] in fresh else row for row in rows]


def _with_excused_points(workspace: Workspace, rows: list[Row]) -> list[Row]:
    """The rows with what the assessor took out: worked out again where an older program kept the scorecard."""
    unknown = {row["assessment"]: row["scheme"] for row in rows if row["excused_points"] is None}
    if not unknown:
        return rows
    marks = workspace.storage.contents.full("exemption", list(unknown))
    marked = {assessment: scheme for assessment, scheme in unknown.items() if marks[assessment]}
    excused = dict.fromkeys(unknown, "0")
    if marked:
        from greenstar.services.results.stored_visits import excused_again  # noqa: PLC0415 - scoring is slow to import

        excused |= {assessment: str(points) for assessment, points in excused_again(workspace.storage, marked).items()}
    return [{**row, "excused_points": excused.get(row["assessment"], row["excused_points"])} for row in rows]


def _left_out(schemes: dict[str, SchemeRow], rows: list[Row], chosen: str | None) -> tuple[Phrase, ...]:
    """The stores that are not ranked, as they go by other rules; one version may be there with two sets of them."""
    ranked = {row["store"] for row in rows if row["rules"] == chosen}
    counts = Counter(row["rules"] for row in rows if row["store"] not in ranked)
    versions = {rules: {"scheme": scheme.name, "version": scheme.version} for rules, scheme in schemes.items()}
    return tuple(
        Phrase(
            "ranking.left_out_same_version" if versions[rules] == versions.get(chosen or "") else "ranking.left_out",
            count=count,
            **versions[rules],
        )
        for rules, count in counts.most_common()
    )


def _closed(rows: list[Row]) -> Iterator[ClosedStore]:
    """The stores that closed before their cycle was over, by code."""
    for row in sorted((row for row in rows if row["closed"] is not None), key=lambda row: str(row["store"])):
        yield ClosedStore(row["store"], row["name"], row["region"], date.fromisoformat(row["closed"]))


def _ranking(cycle: str, scheme: SchemeRow | None, rows: list[Row], notes: tuple[Phrase, ...]) -> Ranking:
    ranked = rank(league_entry(row) for row in rows)
    if scheme is None:
        return Ranking(None, None, cycle, ranked, notes=notes)
    summary = json.loads(scheme.summary)
    return Ranking(
        scheme=scheme.name,
        version=scheme.version,
        cycle=cycle,
        stores=ranked,
        title=Text(summary["title"]),
        levels={level["id"]: Text(level["title"]) for level in summary["levels"]},
        keys={key["id"]: Text(key["title"]) if "title" in key else None for key in summary["rank_by"]},
        edges=edges_in(summary),
        excused=excused_edges_in(summary),
        notes=notes,
        rules=scheme.rules,
        ladder=tuple(map(_league_level, summary["levels"])),
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
