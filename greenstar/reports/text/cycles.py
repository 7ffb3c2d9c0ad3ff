"""`cycle list` as a table."""

from collections.abc import Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.record.timestamps import local_day
from greenstar.reports.text.page import Table
from greenstar.services.cycles.closing import CycleNow
from greenstar.text import within_cells

_NAMES = ("cycle", "visits", "draft", "undecided", "clashing", "closed", "by", "revision")
_WHO = 20  # cells


def cycles_table(cycles: Sequence[CycleNow], catalogue: Catalogue) -> Table:
    """A row a cycle: what counts, what is left, and when it was closed, by whom; nothing of that where none was."""
    heads = [catalogue.say(f"cycles.head_{name}") for name in _NAMES]
    shown = len(_NAMES) if any(cycle.closings for cycle in cycles) else _NAMES.index("by")
    rows = [_row(cycle, catalogue)[:shown] for cycle in cycles]
    return Table(heads[:shown], rows, numbers=tuple(at for at in (1, 2, 3, 4, 7) if at < shown), names=(6,))


def _row(cycle: CycleNow, catalogue: Catalogue) -> Sequence[object]:
    left = cycle.left
    counts = [cycle.cycle, cycle.visits, len(left.draft), len(left.undecided), len(left.clashing)]
    if not cycle.closings:
        return [*counts, catalogue.say("cycles.open"), "", ""]
    last = cycle.closings[0]
    state: object = local_day(last.at)
    if last.reopened_at is not None:
        state = catalogue.say("cycles.reopened_on", day=local_day(last.reopened_at))
    elif not last.is_whole:
        state = catalogue.say("cycles.broken")
    return [*counts, state, within_cells(last.reopened_by or last.by, _WHO), last.revision]
