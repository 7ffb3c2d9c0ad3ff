"""The title of a store's page: its code and name, where it is, and since when it is closed."""

from datetime import date

from textual.content import Content

from greenstar.assessment.model import Store
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in


def store_title(store: Store, closed: date | None, catalogue: Catalogue) -> Content:
    """The title in the catalogue's language; `closed`: the day on which the store was closed."""
    language = catalogue.language
    name = Content.assemble((store.code, "bold $primary"), "  ", (in_language(store.name, language), "bold"))
    state = catalogue.say("closing.closed_on", day=closed) if closed is not None else ""
    places = (place_in(place, language) for place in (store.city, store.region))
    where = "  ".join(part for part in (*places, state) if part)
    return Content.assemble(name, f"  {where}")
