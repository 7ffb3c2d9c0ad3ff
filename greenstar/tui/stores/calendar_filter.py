"""Which entries the calendar shows: of one region, findings or certificates, what is overdue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.i18n.places import place_words
from greenstar.services.stores.due import DueEntry
from greenstar.text import folded
from greenstar.tui.common.filter_item import any_item, picked, value_item
from greenstar.tui.common.finder import FinderItem

_FINDINGS, _CERTIFICATES, _OVERDUE = "findings", "certificates", "overdue"


@dataclass(frozen=True)
class CalendarFilter:
    """What the entries shown have in common; None where it does not matter."""

    due: str | None = None
    kind: str | None = None
    region: str | None = None

    @property
    def on(self) -> bool:
        """Whether anything may be left out."""
        return self != CalendarFilter()

    def passes(self, entry: DueEntry) -> bool:
        """Whether an entry is shown."""
        kind = _CERTIFICATES if entry.row.certificate else _FINDINGS
        return (
            (self.due is None or entry.overdue)
            and self.kind in (None, kind)
            and (self.region is None or folded(self.region) == folded(entry.row.region))
        )

    def with_picked(self, chosen: str) -> "CalendarFilter":
        """The filter after something was picked from the list."""
        name, value = picked(chosen)
        return replace(self, **{name: value})

    def items(self, entries: Sequence[DueEntry]) -> Iterator[FinderItem]:
        """First the filters in use, to drop them; then all that there is to pick."""
        chosen = vars(self)
        yield from (any_item(name) for name, value in chosen.items() if value is not None)
        values = {"due": [_OVERDUE], "kind": [_FINDINGS, _CERTIFICATES], "region": _regions(entries)}
        for name, offered in values.items():
            yield from (value_item(name, value, _words(name, value)) for value in offered if value != chosen[name])

    def words(self, catalogue: Catalogue) -> Content:
        """The filter as the border says it; nothing, where all is shown."""
        values = [catalogue.write(_words(name, value)) for name, value in vars(self).items() if value is not None]
        if not values:
            return Content("")
        return Content.assemble((f"{catalogue.say('navigation.only')}  ", "$muted"), ("  ".join(values), "bold"))


def _regions(entries: Sequence[DueEntry]) -> list[str]:
    """Each region once, however it is spelled."""
    return sorted({folded(entry.row.region): entry.row.region for entry in entries if entry.row.region}.values())


def _words(name: str, value: str) -> Phrase | Text:
    return place_words(value) if name == "region" else Phrase(f"due.only_{value}")
