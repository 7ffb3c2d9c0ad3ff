"""The facts that a form shows and changes: those of a store's page, or those that a visit has of its own."""

from collections.abc import Mapping
from typing import Protocol

from greenstar.assessment.model import Answer, Status, Store, Visit
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.services.stores.stores import find_store, set_fact, store_facts
from greenstar.services.visit import drafts, optimistic
from greenstar.services.visit.opening import current
from greenstar.services.visit.questions import facts_put
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.visit.worked_visit import with_entry
from greenstar.services.workspace import Workspace
from greenstar.tui.saving import Failed, Saving
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.question_view import QuestionView


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
        """Have kept what is half typed."""

    def record(self, entry: AnswerEntry, typed: str, failed: Failed) -> None:
        """Have a fact kept; it counts at once. Conflict, which `failed` is told: another window changed it."""

    def read(self) -> None:
        """Take in what others changed, unless what was changed here is still on its way to the disk."""


def facts_of(workspace: Workspace, code: str, visit: OpenVisit | None, saving: Saving) -> Facts:
    """The facts of a visit: of the one that is open, or of the store's draft in this cycle; else those of its page."""
    if visit is not None:
        return FactsOfVisit(again(visit), saving)
    row = current(workspace, code)
    if row is not None and row.status is Status.DRAFT:
        return FactsOfVisit(OpenVisit(workspace, row), saving)
    return FactsOfPage(workspace, code, saving)


def fact_view(facts: Facts, name: str) -> QuestionView:
    """A fact as a question that is asked on its own."""
    question = facts.scheme.facts[name]
    options, half_typed = dict(facts.scheme.options(question)), facts.half_typed.get(name)
    return QuestionView(name, question, options, facts.values.get(name), half_typed, facts.locked)


class FactsOfVisit:
    """The facts that a visit has of its own; of the latest cycle they are those of the page as well."""

    def __init__(self, visit: OpenVisit, saving: Saving) -> None:
        self._visit, self._saving = visit, saving
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
        """Have kept what is half typed."""
        row = self._visit.assessment
        if not self.locked:
            self._saving.keep_draft(row.store, row.id, name, text)

    def record(self, entry: AnswerEntry, typed: str, failed: Failed) -> None:
        """Have a fact kept."""
        row, name = self._visit.assessment, entry.name
        self._saving.change(
            self._visit,
            lambda visit: visit.set_fact(name, entry.value, seen=entry.seen),
            failed=failed,
            ahead=lambda visit: optimistic.fact(visit, name, entry.value),
            what=(name, typed),
            forgets=[(row.store, row.id, name)],
        )

    def read(self) -> None:
        """Take in what others changed."""
        if not self._saving.pending(self._visit):
            self._visit.refresh()


class FactsOfPage:
    """The facts of a store's page, which its next visit starts with."""

    locked = False
    intro = Phrase("tui.facts_intro")

    def __init__(self, workspace: Workspace, code: str, saving: Saving) -> None:
        self._workspace, self._saving = workspace, saving
        self.scheme = workspace.scheme
        self.store = find_store(workspace, code)
        self.values: Mapping[str, Answer] = store_facts(workspace, code)

    @property
    def names(self) -> list[str]:
        """The facts that are asked of this store."""
        return facts_put(self.scheme, Visit(self.store, facts=self.values))

    @property
    def half_typed(self) -> Mapping[str, str]:
        """What is half typed, by fact."""
        return drafts.kept(self._workspace, self.store.code, None)

    def draft(self, name: str, text: str | None) -> None:
        """Have kept what is half typed."""
        self._saving.keep_draft(self.store.code, None, name, text)

    def record(self, entry: AnswerEntry, typed: str, failed: Failed) -> None:
        """Have a fact kept."""
        code, name = self.store.code, entry.name
        self.values = with_entry(self.values, name, entry.value)
        self._saving.put(
            lambda workspace: set_fact(workspace, code, name, entry.value, seen=entry.seen),
            failed=failed,
            what=(name, typed),
            forgets=[(code, None, name)],
        )

    def read(self) -> None:
        """Take in what others changed."""
        if self._saving.idle:
            self.values = store_facts(self._workspace, self.store.code)
