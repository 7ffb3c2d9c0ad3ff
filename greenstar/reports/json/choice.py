"""The choice of lighthouse stores for programs: what `rank --choose K --json` adds to the ranking."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.choice import Chosen
from greenstar.reports.views.choice import ChoiceRow, ChoiceView
from greenstar.reports.views.figures import Figure


def choice_json(view: ChoiceView | None, wanted: int, catalogue: Catalogue) -> dict[str, Any]:
    """Who is chosen beside the plain first, what both cover, and what is given up; None: there is no candidate."""
    if view is None:
        nobody = {"stores": [], "regions": 0, "kinds": 0, "points": 0}
        figures = {"candidates": 0, "regions": 0, "kinds": 0, "given_up": 0, "kinds_by": [], "stores": []}
        return {"wanted": wanted, **figures, "chosen": nobody, "plain": nobody, "sentences": []}
    choice = view.choice
    return {
        "wanted": wanted,
        "candidates": view.candidates,
        "regions": choice.regions,
        "kinds": choice.kinds,
        "given_up": Figure(choice.given_up).number,
        "kinds_by": [{"fact": name, "title": catalogue.write(words)} for name, words in view.told_by],
        "stores": [_row(row) for row in view.rows],
        "chosen": _chosen(choice.chosen),
        "plain": _chosen(choice.plain),
        "sentences": [catalogue.render(sentence) for sentence in view.sentences],
    }


def _chosen(chosen: Chosen) -> dict[str, Any]:
    return {
        "stores": list(chosen.stores),
        "regions": chosen.regions,
        "kinds": chosen.kinds,
        "points": Figure(chosen.points).number,
    }


def _row(row: ChoiceRow) -> dict[str, Any]:
    entry = row.ranked.entry
    return {
        "store": entry.store,
        "rank": row.ranked.rank,
        "region": entry.region,
        "kind": {trait.id: trait.value for trait in row.kind},
        "chosen": row.chosen,
        "plain": row.plain,
    }
