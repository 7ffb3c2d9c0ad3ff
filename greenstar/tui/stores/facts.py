"""The facts that a form shows and changes: those of a store's page, or those that a visit has of its own."""

from collections.abc import Mapping
from typing import Protocol

from greenstar.assessment.model import Answer, Status, Store, Visit
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.services.stores.stores import find_store, set_fact, store_facts
from greenstar.services.visit import drafts
from greenstar.services.visit.opening import current
from greenstar.services.visit.questions import facts_put
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.visit.entries import Entry


class Facts(Protocol):
    """What the form of facts works on."""

    scheme: Scheme
    store: Store

    @property
    def locked(self) -> bool:
        """Whether they are only looked at."""

    @property
    def intro(self) -> Phrase:
        """Whose facts these are, as a sentence."""

    @property
    def values(self) -> Mapping[str, Answer]:
        """The facts that are known."""

    @property
    def names(self) -> list[str]:
        """The facts that are asked of this store."""

    @property
    def half_typed(self) -> Mapping[str, str]:
        """What is half typed, by fact."""

    def draft(self, name: str, text: str | None) -> None:
        """Keep what is half typed. StorageError: the disk would not."""

    def record(self, entry: Entry) -> None:
        """Keep a fact. Conflict: another window changed it. GreenStarError: it is not kept."""

    def read(self) -> None:
        """Take in what others changed."""


def facts_of(workspace: Workspace, code: str, visit: OpenVisit | None) -> Facts:
    """The facts of a visit: of the one that is open, or of the store's draft in this cycle; else those of its page."""
    if visit is not None:
        return FactsOfVisit(again(visit))
    row = current(workspace, code)
    if row is not None and row.status is Status.DRAFT:
        return FactsOfVisit(OpenVisit(workspace, row))
    return FactsOfPage(workspace, code)


class FactsOfVisit:
    """The facts that a visit has of its own; of the latest cycle they are those of the page as well."""

    def __init__(self, visit: OpenVisit) -> None:
        self._visit = visit
        self.scheme = visit.scheme
        self.store = visit.visit.store

    @property
    def locked(self) -> bool:
        """Whether the visit is sealed."""
        return self._visit.read_only

    @property
    def intro(self) -> Phrase:
        """Whose facts these are."""
        key = "tui.facts_of_sealed" if self.locked else "tui.facts_of_visit"
        return Phrase(key, cycle=self._visit.assessment.cycle)

    @property
    def values(self) -> Mapping[str, Answer]:
        """The facts that are known."""
        return self._visit.visit.facts

    @property
    def names(self) -> list[str]:
        """The facts that are asked of this store."""
        return facts_put(self.scheme, self._visit.visit)

    @property
    def half_typed(self) -> Mapping[str, str]:
        """What is half typed, by fact."""
        row = self._visit.assessment
        return {} if self.locked else drafts.kept(self._visit.workspace, row.store, row.id)

    def draft(self, name: str, text: str | None) -> None:
        """Keep what is half typed."""
        row = self._visit.assessment
        if not self.locked:
            drafts.keep(self._visit.workspace, row.store, row.id, name, text)

    def record(self, entry: Entry) -> None:
        """Keep a fact."""
        self._visit.set_fact(entry.name, entry.value, seen=entry.seen)

    def read(self) -> None:
        """Take in what others changed."""
        self._visit.refresh()


class FactsOfPage:
    """The facts of a store's page, which its next visit starts with."""

    locked = False
    intro = Phrase("tui.facts_intro")

    def __init__(self, workspace: Workspace, code: str) -> None:
        self._workspace = workspace
        self.scheme = workspace.scheme
        self.store = find_store(workspace, code)
        self.values: Mapping[str, Answer] = {}
        self.read()

    @property
    def names(self) -> list[str]:
        """The facts that are asked of this store."""
        return facts_put(self.scheme, Visit(self.store, facts=self.values))

    @property
    def half_typed(self) -> Mapping[str, str]:
        """What is half typed, by fact."""
        return drafts.kept(self._workspace, self.store.code, None)

    def draft(self, name: str, text: str | None) -> None:
        """Keep what is half typed."""
        drafts.keep(self._workspace, self.store.code, None, name, text)

    def record(self, entry: Entry) -> None:
        """Keep a fact."""
        set_fact(self._workspace, self.store.code, entry.name, entry.value, seen=entry.seen)
        self.read()

    def read(self) -> None:
        """Take in what others changed."""
        self.values = store_facts(self._workspace, self.store.code)
