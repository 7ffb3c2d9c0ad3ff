"""The filters of the stores as a list to pick from."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.phrase import Phrase, Text
from greenstar.services.stores.stores import StoreOverview
from greenstar.services.workspace import Workspace
from greenstar.tui.common.filter_item import any_item, value_item
from greenstar.tui.common.finder import FinderItem
from greenstar.tui.stores.store_filter import StoreFilter, value_in_words


def filter_items(chosen: StoreFilter, stores: Sequence[StoreOverview], workspace: Workspace) -> Iterator[FinderItem]:
    """First the filters in use, to drop them; then all that there is to pick, among stores that pass the others."""
    for name, value in vars(chosen).items():
        if value is not None:
            yield any_item(name)
    for name in vars(chosen):
        for value in chosen.values(name, stores):
            yield value_item(name, value, _words(name, value, workspace))


def _words(name: str, value: str, workspace: Workspace) -> str | Phrase | Text:
    if name != "level":
        return value_in_words(name, value)
    title = workspace.scheme.level_title(value or None)
    return title if title is not None else Phrase("tui.no_level")
