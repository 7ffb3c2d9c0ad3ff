"""A filter with a value, as a line of a finder: what was picked comes back as the name and the value."""

from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.finder import FinderItem, Said


def any_item(name: str) -> FinderItem:
    """The filter `name` is to be dropped."""
    of = Phrase(f"tui.filter_{name}")
    return FinderItem(name, "", Phrase("tui.filter_any"), of, of)


def value_item(name: str, value: str, words: Said) -> FinderItem:
    """The filter `name` is to have this value."""
    of = Phrase(f"tui.filter_{name}")
    return FinderItem(f"{name}={value}", "", words, of, of)


def picked(chosen: str) -> tuple[str, str | None]:
    """The name of the filter, and its value; None: any."""
    name, equals, value = chosen.partition("=")
    return name, value if equals else None
