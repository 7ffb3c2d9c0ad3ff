"""The way to a level, for programs: `explain --to --json`."""

from typing import Any

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.reports.views.ways import StepView, WaysView, WayView
from greenstar.scheme.model import Scheme
from greenstar.services.results.ways import NetworkWays


def ways_json(scheme: Scheme, visit: Visit, view: WaysView, catalogue: Catalogue) -> dict[str, Any]:
    """The way of one visit, and what could be done instead."""
    ways = view.ways
    return {
        "store": visit.store.code,
        "cycle": visit.cycle or None,
        "scheme": scheme.name,
        "version": scheme.version,
        "level": ways.level,
        "held": ways.held,
        "way": None if view.way is None else _way_json(view.way, catalogue),
        "instead": [_way_json(other, catalogue) for other in view.others],
        "out_of_reach": [catalogue.render(sentence) for sentence in view.because],
        "unplanned": list(ways.unplanned),
        "undecided": list(ways.undecided),
        "peers": ways.peers,
    }


def _way_json(view: WayView, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "effort": as_number(view.way.effort),
        "proved": view.way.proved,
        "steps": [_step_json(step, catalogue) for step in view.steps],
    }


def _step_json(view: StepView, catalogue: Catalogue) -> dict[str, Any]:
    step = view.step
    return {
        "kind": step.kind,
        "criterion": step.criterion,
        "what": catalogue.render(view.what),
        "points": None if step.before is None else as_number(step.before),
        "to": None if step.after is None else as_number(step.after),
        "effort": as_number(step.effort),
        "peers": step.peers,
        "finding": step.finding.id or None if step.finding is not None else None,
    }


def network_ways_json(ways: NetworkWays) -> dict[str, Any]:
    """What lifts most stores of a ranking."""
    return {
        "scheme": ways.scheme.name,
        "version": ways.scheme.version,
        "cycle": ways.ranking.cycle,
        "level": ways.level.id,
        "stores": ways.stores,
        "held": ways.held,
        "out_of_reach": ways.out_of_reach,
        "unplanned": ways.unplanned,
        "criteria": [
            {"criterion": lifting.criterion, "stores": lifting.stores, "alone": lifting.alone}
            for lifting in ways.criteria
        ],
    }
