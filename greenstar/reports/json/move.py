"""What moving drafts to another version did, for a program."""

from collections.abc import Sequence
from typing import Any

from greenstar.numbers import as_number
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.simulate import Figures, Simulated
from greenstar.services.visit.moving import PlannedMove


def move_json(planned: Sequence[PlannedMove], target: Scheme) -> dict[str, Any]:
    """`move --json`."""
    return {
        "scheme": target.name,
        "version": target.version,
        "scheme_sha256": target.sha256,
        "rules_sha256": target.rules_sha256,
        "visits": [_visit(draft) for draft in planned],
    }


def _visit(draft: PlannedMove) -> dict[str, Any]:
    kinds = ("exemption", "note", "evidence", "finding")
    return {
        "from_version": draft.version,
        **draft_json(draft.simulated),
        "gone": {kind: [name for what, name in draft.gone if what == kind] for kind in kinds},
    }


def draft_json(visit: Simulated) -> dict[str, Any]:
    """A draft beside what it would be: `lost` answers are asked no more, `refused` ones would not be taken."""
    return {
        "store": visit.store,
        "cycle": visit.cycle,
        "lost": list(visit.lost),
        "refused": list(visit.unfit),
        "to_ask": list(visit.to_ask),
        "before": _figures(visit.before),
        "after": _figures(visit.after),
    }


def _figures(side: Figures) -> dict[str, Any]:
    return {
        "total": as_number(side.total) if side.total is not None else None,
        "available": as_number(side.available) if side.available is not None else None,
        "level": side.level,
    }
