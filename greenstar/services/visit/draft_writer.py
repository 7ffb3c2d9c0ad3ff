"""Brings the stored content of a draft to what an answers file says of it, and gathers the events."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from greenstar.assessment.model import Store, Visit
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.evidence import MOST_ENTRIES
from greenstar.services.stores import stores
from greenstar.services.visit.merge import StatedRow, merged_entries, merged_texts, place_of, with_known_formulas
from greenstar.services.visit.scheme_of_visit import is_moved, take_words, use
from greenstar.services.visit.store_page import put_on_page
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.contents import SINCE


class DraftWriter:
    """Writes into one draft. `by`: whose answers they are; the events name who does the recording.

    `replaces`: what is not said goes. `on_page`: what is said of the store is so on its page as well. `source`: the
    file that says it, kept as the reason of each event.
    """

    def __init__(
        self,
        workspace: Workspace,
        row: AssessmentRow,
        at: str,
        *,
        by: str,
        replaces: bool,
        on_page: bool = True,
        source: str | None = None,
    ) -> None:
        self.workspace = workspace
        self.storage = workspace.storage
        self.row = row
        self.at = at
        self.by = by
        self.replaces = replaces
        self.on_page = on_page
        self.source = source
        self.changes: list[Change] = []

    def store(self, given: Store) -> None:
        """What the store is called and where it lies, here and, unless a visit to a later cycle began, on its page."""
        row = self.row
        before = Store(row.store, row.store_name, row.city, row.region)
        after = stores.as_elsewhere(self.workspace, stores.filled(given, before))
        if after != before:
            self._note("store", None, canonical(asdict(before)), canonical(asdict(after)))
            values = {"store_name": after.name, "city": after.city, "region": after.region}
            self.storage.assessments.change(row.id, values)
        if self.on_page and self.storage.assessments.is_of_latest_cycle(row.id):
            stores.put_store(self.workspace, given, self.at)

    def facts(self, said: Mapping[str, str | None]) -> None:
        """Facts that the file names, here and on the store's page; others stay in any case."""
        now = self.storage.contents.texts("fact", self.row.id)
        for name, after in said.items():
            if now.get(name) != after:
                self.storage.contents.put("fact", self.row.id, name, after, at=self.at, by=self.by)
                self._note("fact", name, now.get(name), after, whose=self.by)
        if self.on_page:
            self.changes += put_on_page(self.storage, self.row, said, at=self.at, by=self.by)

    def texts(self, table: str, said: Mapping[str, str], removed: Iterable[str] = ()) -> None:
        """Answers, exemptions or notes: what is new or differs is put, what goes is removed."""
        now = self.storage.contents.texts(table, self.row.id)
        told = with_known_formulas(said, now) if table == "answer" else said  # a note is no JSON
        wanted = dict(said) if self.replaces else merged_texts(now, told, removed)
        gone = sorted(now.keys() - wanted.keys())
        for key in gone:
            self.storage.contents.put(table, self.row.id, key, None, at=self.at, by=self.by)
        differing = {key: text for key, text in wanted.items() if now.get(key) != text}
        self.storage.contents.put_all(
            table, [(self.row.id, key, text, self.at, self.by) for key, text in differing.items()]
        )
        for key in (*differing, *gone):
            before, after = now.get(key), wanted.get(key)
            if table != "answer":  # answers are JSON already
                before, after = (None if text is None else canonical(text) for text in (before, after))
            self._note(table, key, before, after, whose=self.by)

    def entries(self, kind: str, said: Sequence[StatedRow]) -> None:
        """Evidence or findings: one event for each criterion where they change."""
        now = self.storage.contents.entries(kind, self.row.id)
        wanted = merged_entries(kind, () if self.replaces else now, said)
        wanted = [self._complete(kind, now, row) for row in wanted]
        if now == wanted:
            return
        fullest, count = Counter(row["criterion"] for row in wanted).most_common(1)[0] if wanted else ("", 0)
        if kind == "evidence" and count > MOST_ENTRIES:
            raise BadInput("evidence.too_many", criterion=fullest, most=str(MOST_ENTRIES))
        wanted = self.storage.contents.put_entries(kind, self.row.id, wanted, at=self.at, by=self.by)
        for criterion in dict.fromkeys(row["criterion"] for row in (*now, *wanted)):
            before, after = ([row for row in rows if row["criterion"] == criterion] for rows in (now, wanted))
            if before != after:
                self._note(kind, criterion, canonical(before) if before else None, canonical(after) if after else None)

    def header(self, scheme: Scheme, visit: Visit) -> None:
        """Who visited when, and under which version of the scheme, in which words."""
        use(self.workspace, scheme, self.at)
        draft = self.storage.assessments.get(self.row.id)
        if draft.scheme != scheme.sha256 and not is_moved(self.workspace, draft, scheme):
            take_words(self.workspace, draft, scheme, self.at)
            draft = self.storage.assessments.get(self.row.id)
        wanted = {"scheme": scheme.sha256}
        if visit.assessor:
            wanted["assessor"] = self.by
        if visit.visited:
            wanted["visited"] = visit.visited.isoformat()
        now = {
            "scheme": draft.scheme,
            "assessor": self.row.assessor,
            "visited": self.row.visited.isoformat() if self.row.visited else None,
        }
        changed = {name: value for name, value in wanted.items() if now[name] != value}
        for name, value in changed.items():
            self._note(name, None, canonical(now[name]), canonical(value))
        if changed:
            self.storage.assessments.change(self.row.id, changed)

    def finish(self) -> None:
        """Note the changes."""
        if self.changes:
            self.storage.assessments.touch(self.row.id, self.at)
            self.storage.events.append(self.changes, self.at, self.workspace.assessor)

    def _note(
        self, kind: str, subject: str | None, before: str | None, after: str | None, *, whose: str | None = None
    ) -> None:
        row, because = self.row, self.source
        change = Change(kind, subject, before, after, because, store=row.store, assessment=row.id, whose=whose)
        self.changes.append(change)

    def _complete(self, kind: str, now: Sequence[Row], row: Row) -> Row:
        """Evidence or a finding with whose it is and since when, as the database keeps it and an undo puts it back."""
        place = place_of(kind, now, row)
        before = {} if place is None else now[place]
        since = SINCE[kind]
        return {since: before.get(since, self.at), "by": before.get("by", self.by), **row}
