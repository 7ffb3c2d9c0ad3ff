"""What a draft would do to stored visits, for a program."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import total_under
from greenstar.services.schemes.simulate import Figures, Simulated, Simulation


def simulation_json(simulation: Simulation, catalogue: Catalogue) -> dict[str, Any]:
    """`simulate --json`."""
    scheme = simulation.scheme
    return {
        "scheme": scheme.name,
        "version": scheme.version,
        "scheme_sha256": scheme.sha256,
        "rules_sha256": scheme.rules_sha256,
        "visits": len(simulation.visits),
        "gains": simulation.count("gains"),
        "loses": simulation.count("loses"),
        "keeps": simulation.count("keeps"),
        "stores": [_visit(visit, simulation) for visit in simulation.visits],
        "lost_answers": dict(simulation.tally("lost").most_common()),
        "unfit_answers": dict(simulation.tally("unfit").most_common()),
        "new_questions": [
            {"question": name, "visits": count, "ask": catalogue.write(scheme.asked(name).ask)}
            for name, count in simulation.tally("to_ask").most_common()
        ],
        "left_out": dict(simulation.left_out),
        "results_only": simulation.results_only,
    }


def _visit(visit: Simulated, simulation: Simulation) -> dict[str, Any]:
    return {
        "store": visit.store,
        "name": visit.name,
        "region": visit.region,
        "cycle": visit.cycle,
        "status": visit.status,
        "change": visit.move,
        "before": _figures(visit.before, simulation),
        "after": _figures(visit.after, simulation),
        "lost": list(visit.lost),
        "unfit": list(visit.unfit),
        "to_ask": list(visit.to_ask),
    }


def _figures(figures: Figures, simulation: Simulation) -> dict[str, Any]:
    total = total_under(simulation.scheme, figures.total, figures.available)
    return {"total": total.number, "level": figures.level, "rank": figures.rank}
