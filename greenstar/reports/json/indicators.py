"""What the network adds up to, for a program."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.indicator_rows import figures_of
from greenstar.reports.views.indicators import IndicatorsView


def indicators_json(view: IndicatorsView, catalogue: Catalogue) -> dict[str, Any]:
    """`indicators --json`."""
    network = view.network
    return {
        "scheme": network.scheme.name if network.scheme is not None else None,
        "version": network.scheme.version if network.scheme is not None else None,
        "cycle": network.cycle,
        "before": network.before,
        "region": network.region,
        "stores": network.stores,
        "indicators": [figures_of(indicator, catalogue) for indicator in view.indicators],
        "regions": [
            {
                "region": here.region,
                "stores": here.stores,
                "indicators": [figures_of(indicator, catalogue) for indicator in here.indicators],
            }
            for here in view.regions
        ],
        "notes": [catalogue.render(note) for note in network.notes],
    }
