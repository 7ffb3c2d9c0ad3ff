"""Stores taken over from a table: all of them, or none; or only looked at, to see what would change."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenstar.services.progress import Progress
from greenstar.services.stores.store_table import StoreLine, StoreTable, read_store_table
from greenstar.services.stores.stores import put_facts, put_store, wanted_store
from greenstar.services.visit.codec import encode_fact
from greenstar.services.workspace import Workspace

StoreChange = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class ImportedStores:
    """A table, and what it changes: each store's code with whether it is new, changed, or as it was.

    `with_drafts`: those that change and have a draft, which keeps what it copied from their pages.
    """

    table: StoreTable
    changes: dict[str, StoreChange]
    with_drafts: tuple[str, ...] = ()

    def count(self, change: StoreChange) -> int:
        """How many stores are of that kind."""
        return sum(kind == change for kind in self.changes.values())


def import_stores(
    workspace: Workspace, path: Path, progress: Progress | None = None, *, ignore_unknown: bool = False
) -> ImportedStores:
    """Add or change all stores of a CSV file. BadFile: something in it is wrong, and none is kept."""
    table = read_store_table(path, workspace.scheme, ignore_unknown=ignore_unknown)
    at = workspace.now()
    changes = {}
    with workspace.storage.transaction():
        for number, line in enumerate(table.lines, 1):
            code, change = _change(workspace, line)
            changes[code] = change
            put_store(workspace, line.store, at)
            put_facts(workspace, code, _facts(workspace, line), at)
            if progress is not None:
                progress(number, len(table.lines))
    return _imported(workspace, table, changes)


def preview_import(workspace: Workspace, path: Path, *, ignore_unknown: bool = False) -> ImportedStores:
    """What `import_stores` would do; nothing is changed. BadInput, BadFile: it would be refused."""
    table = read_store_table(path, workspace.scheme, ignore_unknown=ignore_unknown)
    return _imported(workspace, table, dict(_change(workspace, line) for line in table.lines))


def _imported(workspace: Workspace, table: StoreTable, changes: dict[str, StoreChange]) -> ImportedStores:
    drafts = workspace.storage.assessments.stores_with_drafts()
    keeping = (code for code, change in changes.items() if change == "changed" and code in drafts)
    return ImportedStores(table, changes, tuple(keeping))


def _change(workspace: Workspace, line: StoreLine) -> tuple[str, StoreChange]:
    """The code of the store that a line speaks of, and what it does to it."""
    before, after = wanted_store(workspace, line.store)
    if before is None:
        return after.code, "new"
    facts = workspace.storage.stores.facts(before.code)
    same = before == after and all(facts.get(name) == value for name, value in _facts(workspace, line).items())
    return after.code, "same" if same else "changed"


def _facts(workspace: Workspace, line: StoreLine) -> dict[str, str | None]:
    scheme = workspace.scheme
    return {name: encode_fact(scheme, scheme.facts[name], value) for name, value in line.facts.items()}
