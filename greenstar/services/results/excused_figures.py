"""What assessors took out, for rankings and exports. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greenstar.ranking.standing import StoreStanding

if TYPE_CHECKING:
    from greenstar.storage.protocols.storage import Storage


def with_excused_points(storage: "Storage", rows: list[StoreStanding]) -> list[StoreStanding]:
    """The rows with what the assessor took out: worked out again where an older program kept the scorecard."""
    unknown = {row.assessment: row.scheme for row in rows if row.excused_points is None}
    if not unknown:
        return rows
    excused = excused_anew(storage, unknown)
    return [row._replace(excused_points=excused.get(row.assessment, row.excused_points)) for row in rows]


def excused_anew(storage: "Storage", schemes: Mapping[int, str]) -> dict[int, str]:
    """The excused points of assessments, exactly, in points of the file. `schemes`: the hash of each one's scheme."""
    marks = storage.contents.full("exemption", list(schemes))
    marked = {assessment: scheme for assessment, scheme in schemes.items() if marks[assessment]}
    excused = dict.fromkeys(schemes, "0")
    if marked:
        from greenstar.services.results.stored_visits import excused_again  # noqa: PLC0415 - scoring is slow to import

        excused |= {assessment: str(points) for assessment, points in excused_again(storage, marked).items()}
    return excused
