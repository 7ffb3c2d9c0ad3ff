"""Figures for lists, where what was kept is not what they come to now, or not all of it.

Imports nothing heavy: lists wait for it.
"""

from collections.abc import Mapping

from greenstar.ranking.standing import Standing
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage


def newest_figures(storage: Storage, drafts: Mapping[int, str]) -> dict[int, ScorecardRow]:
    """The figures, as they are now, of those drafts that changed or lost a file since theirs were kept; no others.

    `drafts`: the hash of each one's scheme; each has figures.
    """
    numbers = list(drafts)
    outdated = storage.scorecards.stale(numbers) | storage.contents.losing(numbers) if numbers else set()
    if not outdated:
        return {}
    from greenstar.services.results.stored_visits import scored_again  # noqa: PLC0415 - scoring is slow to import

    return scored_again(storage, {number: scheme for number, scheme in drafts.items() if number in outdated})


def with_excused_points(storage: Storage, rows: list[Standing]) -> list[Standing]:
    """The rows with what the assessor took out: worked out again where an older program kept the scorecard."""
    unknown = {row.assessment: row.scheme for row in rows if row.excused_points is None}
    if not unknown:
        return rows
    marks = storage.contents.full("exemption", list(unknown))
    marked = {assessment: scheme for assessment, scheme in unknown.items() if marks[assessment]}
    excused = dict.fromkeys(unknown, "0")
    if marked:
        from greenstar.services.results.stored_visits import excused_again  # noqa: PLC0415 - scoring is slow to import

        excused |= {assessment: str(points) for assessment, points in excused_again(storage, marked).items()}
    return [row._replace(excused_points=excused.get(row.assessment, row.excused_points)) for row in rows]
