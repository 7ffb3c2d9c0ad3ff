"""Which stores the list shows: besides the search, those alike in region, cycle, status or level."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from textual.content import Content

from greenstar.assessment.model import Status
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.i18n.places import place_words
from greenstar.services.stores.stores import StoreOverview
from greenstar.services.workspace import Workspace
from greenstar.text import folded

NO_VISIT = ""  # a store that was never visited has no cycle and no status; one without a level has no level
_STATUSES = [*map(str, Status), NO_VISIT]


@dataclass(frozen=True)
class StoreFilter:
    """What the stores shown have in common; None where it does not matter."""

    region: str | None = None
    cycle: str | None = None
    status: str | None = None
    level: str | None = None

    @property
    def on(self) -> bool:
        """Whether anything may be left out."""
        return self != StoreFilter()

    def passes(self, overview: StoreOverview) -> bool:
        """Whether a store is shown."""
        return all(
            wanted is None or _is_same(name, wanted, _has(overview, name)) for name, wanted in vars(self).items()
        )

    def only(self, name: str, value: str | None) -> "StoreFilter":
        """With another value of the filter `name`; None: any."""
        return replace(self, **{name: value})

    def values(self, name: str, stores: Iterable[StoreOverview]) -> list[str]:
        """What the filter `name` can ask for, among stores that pass the other filters."""
        others: StoreFilter = replace(self, **{name: None})
        places = {_has(overview, name): _place(overview, name) for overview in stores if others.passes(overview)}
        spellings = {folded(value) if name == "region" else value: value for value in reversed(places)}
        return sorted(spellings.values(), key=lambda value: places[value])


def _is_same(name: str, wanted: str, value: str) -> bool:
    """Whether two values are the same; a region is in whatever spelling."""
    return wanted == value or (name == "region" and folded(wanted) == folded(value))


def _has(overview: StoreOverview, name: str) -> str:
    match name:
        case "region":
            return overview.store.region
        case "cycle":
            return overview.cycle or NO_VISIT
        case "status":
            return str(overview.status) if overview.status is not None else NO_VISIT
        case _:
            return overview.level or NO_VISIT


def _place(overview: StoreOverview, name: str) -> tuple[bool, int, str]:
    """Where its value stands in the order: statuses as they follow, the most stars first, what is missing last."""
    value = _has(overview, name)
    rank = {"status": _STATUSES.index(value) if name == "status" else 0, "level": -overview.stars}.get(name, 0)
    return value == NO_VISIT, rank, value


def value_in_words(name: str, value: str) -> str | Phrase | Text:
    """A region, cycle or status as it is shown; what is missing in its own words."""
    if not value:
        return Phrase("navigation.no_region" if name == "region" else "navigation.no_visit")
    if name == "region":
        return place_words(value)
    return Phrase(f"tui.status_{value}") if name == "status" else value


def in_words(chosen: StoreFilter, workspace: Workspace, catalogue: Catalogue) -> Content:
    """The filter as the head line shows it; nothing, where all stores are shown."""
    say = catalogue.say
    parts: list[Content | str] = []
    for name in ("region", "cycle", "status"):
        value = getattr(chosen, name)
        if value is not None:
            parts.append(catalogue.write(value_in_words(name, value)))
    if chosen.level is not None:
        from greenstar.tui.common import wording  # noqa: PLC0415 - neither it nor the scheme is needed to paint the list

        parts.append(wording.level_mark(workspace.scheme, chosen.level or None, catalogue))
    if not parts:
        return Content("")
    values = Content("  ").join(Content.styled(part, "bold") if isinstance(part, str) else part for part in parts)
    return Content.assemble((f"{say('navigation.only')}  ", "$muted"), values)
