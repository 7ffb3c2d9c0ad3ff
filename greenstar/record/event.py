"""An event: one change, noted for ever, known by an identity that no row number decides, and by its hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from greenstar.record.canonical import canonical_of_plain, sha256_of

DOMAIN = "greenstar/event"
VERSION = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One change to be noted: of what kind, of which subject, its content before and after, and why.

    `before` and `after` are JSON texts; None: there was nothing, there is nothing any more. `undoes`: the number of the
    event that this one takes back. `whose`: whose entry it is, where somebody else records it.
    """

    kind: str
    subject: str | None = None
    before: str | None = None
    after: str | None = None
    because: str | None = None
    undoes: int | None = None
    store: str | None = None
    assessment: int | None = None
    whose: str | None = None


class Event(NamedTuple):
    """An event as it stands in its chain, in whichever database.

    `id` is a ULID, `undoes` that of the event which this one takes back. `chain`: `visit:<ulid>`, `store:<code>` or
    `database:<ulid>`. `previous`: the hashes of all events that were the last of their chain where this one was
    written, in order; none for a chain's first, and several where histories of two databases had come together.
    `place`: one more than the highest place of these. `database`: the ULID of the database that it was written in.
    `carried`: what programs up to 0.2 kept of it otherwise, as JSON text (see `old_journal`).
    """

    id: str
    chain: str
    place: int
    database: str
    at: str
    by: str
    kind: str
    subject: str | None
    before: str | None
    after: str | None
    because: str | None
    undoes: str | None
    whose: str | None
    carried: str | None
    previous: tuple[str, ...]
    hash: str = ""

    def document(self) -> dict[str, Any]:
        """What is hashed of it; what holds nothing stays out."""
        values = self._asdict()
        values["was"], values["became"] = values.pop("before"), values.pop("after")
        del values["hash"]
        kept = {name: value for name, value in values.items() if value is not None}
        return {"domain": DOMAIN, "version": VERSION, **kept}

    def worked_out_hash(self) -> str:
        """The hash that its content has, whatever is kept as its hash."""
        return sha256_of(canonical_of_plain(self.document()))

    def hashed(self) -> "Event":
        """The same with its hash."""
        return self._replace(hash=self.worked_out_hash())


_TEXTS = ("subject", "because", "undoes", "whose", "carried")
_NEEDED = ("id", "chain", "database", "at", "by", "kind")
_KEYS = {"domain", "version", "place", "previous", "was", "became", *_NEEDED, *_TEXTS}


def event_from(document: Mapping[str, Any], sha256: str = "") -> Event:
    """The event that `Event.document` wrote. ValueError: it is none, or of another version."""
    if document.get("domain") != DOMAIN or document.get("version") != VERSION:
        raise ValueError("no event, or one of another version")
    texts = {name: document.get(name) for name in _TEXTS}
    texts |= {"before": document.get("was"), "after": document.get("became")}
    needed = {name: document.get(name) for name in _NEEDED}
    previous, place = document.get("previous"), document.get("place")
    if not all(isinstance(text, str) for text in needed.values()) or not isinstance(place, int):
        raise ValueError("an event without all that it needs")
    if not all(text is None or isinstance(text, str) for text in texts.values()):
        raise ValueError("an event that holds something else than texts")
    if not isinstance(previous, list) or not all(isinstance(parent, str) for parent in previous):
        raise ValueError("an event that does not say what it follows")
    if document.keys() - _KEYS:
        raise ValueError("an event that says more than is known")
    values: dict[str, Any] = {**needed, **texts, "place": place, "previous": tuple(previous), "hash": sha256}
    return Event(**values)
