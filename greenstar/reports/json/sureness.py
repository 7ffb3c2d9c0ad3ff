"""How sure places are, for programs: more keys of `rank --json`."""

from collections.abc import Mapping, Sequence
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_percent
from greenstar.ranking.movement import Cause
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.views.ranking import ranking_view
from greenstar.reports.views.sureness import SurenessView, SurePlace, number


def sureness_json(
    view: SurenessView, catalogue: Catalogue, causes: Mapping[str, Sequence[Cause]] | None = None
) -> dict[str, Any]:
    """`rank --sure --json`: the ranking with `settings`, and of each store how sure its place is."""
    document = ranking_json(ranking_view(view.sureness.ranking), catalogue, causes)
    stores = [{**store, **_store(view.place(store["store"], store["rank"]), catalogue)} for store in document["stores"]]
    return {**document, "stores": stores, "settings": settings_json(view)}


def settings_json(view: SurenessView) -> dict[str, Any]:
    """What the ranges were worked out with."""
    sureness, settings = view.sureness, view.sureness.settings
    return {
        "weights": as_percent(settings.share),
        "draws": settings.draws,
        "seed": settings.seed,
        "first": settings.first,
        "corners": sureness.corners,
        "method": sureness.method,
        "groups": {name: number(weight) for name, weight in sureness.weights.items()},
    }


def _store(place: SurePlace, catalogue: Catalogue) -> dict[str, Any]:
    """The figures of a store; the weights that give each end where its range was to be proved."""
    sure = place.sure
    low, high = sure.answers or (None, None)
    own = {
        "total_low": number(sure.reach.low),
        "total_high": number(sure.reach.high),
        "level_stable": sure.reach.stable,
        "policies": dict(sure.policies),
        "answers_low": low,
        "answers_high": high,
        "sure": [catalogue.render(phrase) for phrase in place.sentences],
    }
    if not sure.told:
        return own
    ends = {"rank_low_weights": sure.low_weights, "rank_high_weights": sure.high_weights}
    return own | {name: {group: str(weight) for group, weight in weights.items()} for name, weights in ends.items()}
