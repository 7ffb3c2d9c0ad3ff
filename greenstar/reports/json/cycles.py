"""Cycles for programs: what was closed, opened again, and how all of them stand."""

from collections.abc import Sequence
from typing import Any

from greenstar.services.cycles.closing import Closed, CycleNow
from greenstar.storage.protocols.closings import ClosingRow


def closed_json(closed: Closed) -> dict[str, Any]:
    """`cycle close --json`."""
    return {
        "cycle": closed.cycle,
        "revision": closed.revision,
        "stores": closed.stores,
        "leagues": closed.leagues,
        "seal": closed.seal,
        "left": {kind: list(stores) for kind, stores in vars(closed.left).items()},
    }


def reopened_json(closing: ClosingRow) -> dict[str, Any]:
    """`cycle reopen --json`: the revision that stays as it was."""
    return {"cycle": closing.cycle, "revision": closing.revision, "seal": closing.seal}


def cycles_json(cycles: Sequence[CycleNow]) -> dict[str, Any]:
    """`cycle list --json`."""
    return {"cycles": [_cycle(cycle) for cycle in cycles]}


def _cycle(cycle: CycleNow) -> dict[str, Any]:
    return {
        "cycle": cycle.cycle,
        "visits": cycle.visits,
        "left": {kind: list(stores) for kind, stores in vars(cycle.left).items()},
        "closed": cycle.closed is not None,
        "closings": [_closing(closing) for closing in cycle.closings],
    }


def _closing(closing: ClosingRow) -> dict[str, Any]:
    return {
        "revision": closing.revision,
        "at": closing.at,
        "by": closing.by,
        "seal": closing.seal,
        "holds": closing.is_whole,
        "reopened_at": closing.reopened_at,
        "reopened_by": closing.reopened_by,
        "because": closing.because,
    }
