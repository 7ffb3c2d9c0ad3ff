"""One visit that was begun on several laptops: one draft or seal goes on, and the other drafts are taken into it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from greenstar.assessment.model import AssessmentKind
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.journal import chain_of_visit
from greenstar.record.replay import LISTS, HeldContent, identity_of
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.unsettled import TAKEN_OVER, begun_apart
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

JOINED = "joined"
"""The kind of the event by which a draft says that it took another one in; its subject is that one's ULID."""


@dataclass(frozen=True)
class Differing:
    """What two who began a visit apart said of one thing; the later counts. `here`: in the draft that took it in."""

    kind: str
    subject: str
    here: HeldContent
    there: HeldContent

    @property
    def there_counts(self) -> bool:
        """Whether what was said in the other draft is the later."""
        return self.there.at > self.here.at


def take_in(draft: OpenVisit, other: AssessmentRow) -> tuple[int, list[Differing]]:
    """Bring what another draft of the visit holds into this one, inside a transaction, and set that one aside.

    How many things came, and what both had said otherwise.
    """
    storage, row = draft.workspace.storage, draft.assessment
    here, there = storage.contents.state(row.id).held, storage.contents.state(other.id).held
    put: dict[str, list[tuple[str, str, str | None]]] = {}  # by whose entries they are, which they stay
    differing = []
    for (kind, subject), entry in there.items():
        now = here.get((kind, subject))
        if not _is_asked(draft.scheme, kind, subject) or (now is not None and now.text == entry.text):
            continue
        text = entry.text
        if now is not None and kind in LISTS:
            text = _union(kind, now.text, entry.text)
        elif now is not None:
            differing.append(Differing(kind, subject, now, entry))
            text = entry.text if differing[-1].there_counts else now.text
        if now is None or text != now.text:
            put.setdefault(entry.by, []).append((kind, subject, text))
    for whose, entries in put.items():
        draft.put_together(entries, because=f"{TAKEN_OVER}{other.ulid}", whose=whose or None)
    heads = [head.hash for head in storage.events.heads(chain_of_visit(other.journal))]
    change = Change(JOINED, other.ulid, after=canonical({"heads": heads}), store=row.store, assessment=row.id)
    storage.events.append([change], draft.workspace.now(), draft.workspace.assessor)
    set_joined_aside(storage, row.store)
    return sum(map(len, put.values())), differing


def _is_asked(scheme: Scheme, kind: str, subject: str) -> bool:
    """Whether the rules of the draft know it: the other one may go by another version."""
    known: Mapping[str, object] = {"answer": scheme.criterion_of, "fact": scheme.facts}.get(kind, scheme.criteria)
    return subject in known


def _union(kind: str, here: str, there: str) -> str:
    entries = json.loads(here)
    known = {identity_of(kind, entry) for entry in entries}
    return canonical([*entries, *(entry for entry in json.loads(there) if identity_of(kind, entry) not in known)])


def set_joined_aside(storage: Storage, store: str) -> list[AssessmentRow]:
    """Set aside drafts that another draft of the visit took in just as they stand; no longer one that went on since.

    The drafts that are set aside only now.
    """
    rows = [row for row in storage.assessments.every_of_store(store) if row.kind is AssessmentKind.VISIT]
    if not (begun_apart(rows) or any(row.set_aside for row in rows)):
        return []
    newly: list[AssessmentRow] = []
    joins: dict[str, list[tuple[str, set[str]]]] = {}
    for row in rows:
        for event in storage.events.of_chain(chain_of_visit(row.journal)):
            if event.kind == JOINED and event.subject is not None:
                known = set(json.loads(event.after or "{}").get("heads", ()))
                joins.setdefault(event.subject, []).append((event.hash, known))
    for row in rows:
        of_row = joins.get(row.ulid, ())
        ends = {head.hash for head in storage.events.heads(chain_of_visit(row.journal))}
        # Of several drafts that took it in any will do, if it is the same on all laptops.
        aside = min((sha256 for sha256, known in of_row if row.seal is None and ends <= known), default=None)
        was_taken_in = row.seal is None or row.set_aside in {sha256 for sha256, _ in of_row}
        if row.set_aside != aside and was_taken_in:
            storage.assessments.change(row.id, {"set_aside": aside})
            newly += [row] if aside is not None and row.set_aside is None else []
    return newly
