"""An event: one change, noted for ever, known by an identity that no row number decides, and by its hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from greenstar.record.canonical import quoted, sha256_of

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

    @property
    def entered_by(self) -> str:
        """Whose entry it is, whoever recorded it."""
        return self.whose or self.by

    def document(self) -> dict[str, Any]:
        """What is hashed of it; what holds nothing stays out."""
        needed = {
            "domain": DOMAIN,
            "version": VERSION,
            "id": self.id,
            "chain": self.chain,
            "place": self.place,
            "database": self.database,
            "at": self.at,
            "by": self.by,
            "kind": self.kind,
            "previous": self.previous,
        }
        return needed | {
            name: text for name, text in zip(_OPTIONAL, self[_FIRST:_LAST], strict=True) if text is not None
        }

    def text(self) -> str:
        """The canonical text of its document, put together in the order of the keys: many are hashed at once.

        What holds nothing stays out.
        """
        (
            id_,
            chain,
            place,
            database,
            at,
            by,
            kind,
            subject,
            before,
            after,
            because,
            undoes,
            whose,
            carried,
            previous,
            _,
        ) = self
        return (
            f'{{"at":{quoted(at)}{"" if after is None else _BECAME + quoted(after)}'
            f'{"" if because is None else _pair("because", because)},"by":{quoted(by)}'
            f'{"" if carried is None else _pair("carried", carried)},"chain":{quoted(chain)}'
            f',"database":{quoted(database)},"domain":"{DOMAIN}","id":{quoted(id_)},"kind":{quoted(kind)}'
            f',"place":{place},"previous":[{",".join([quoted(parent) for parent in previous])}]'
            f"{'' if subject is None else _SUBJECT + quoted(subject)}"
            f'{"" if undoes is None else _pair("undoes", undoes)},"version":{VERSION}'
            f"{'' if before is None else _pair('was', before)}{'' if whose is None else _pair('whose', whose)}}}"
        )

    def worked_out_hash(self) -> str:
        """The hash that its content has, whatever is kept as its hash."""
        return sha256_of(self.text())

    def hashed(self) -> "Event":
        """The same with its hash."""
        return Event(*self[:-1], self.worked_out_hash())


_BECAME, _SUBJECT = ',"became":', ',"subject":'  # of nearly every event


def _pair(name: str, text: str) -> str:
    """A key and its text behind others, in canonical JSON."""
    return f',"{name}":{quoted(text)}'


_OPTIONAL = ("subject", "was", "became", "because", "undoes", "whose", "carried")
_FIRST, _LAST = Event._fields.index("subject"), Event._fields.index("carried") + 1  # these, as they stand in an event
_NEEDED = ("id", "chain", "place", "database", "at", "by", "kind")
_KEYS = {"domain", "version", "previous", *_NEEDED, *_OPTIONAL}
_KINDS = (str, str, int, str, str, str, str)
_TEXT, _TEXT_OR_NONE = {str}, {str, type(None)}


def event_from(document: Mapping[str, Any], sha256: str = "") -> Event:
    """The event that `Event.document` wrote. ValueError: it is none, or of another version."""
    get = document.get
    if get("domain") != DOMAIN or get("version") != VERSION:
        raise ValueError("no event, or one of another version")
    needed: tuple[Any, ...] = tuple(map(get, _NEEDED))
    optional: tuple[Any, ...] = tuple(map(get, _OPTIONAL))
    previous = get("previous")
    if tuple(map(type, needed)) != _KINDS:
        raise ValueError("an event without all that it needs")
    if not {*map(type, optional)} <= _TEXT_OR_NONE:
        raise ValueError("an event that holds something else than texts")
    if not isinstance(previous, list) or not {*map(type, previous)} <= _TEXT:
        raise ValueError("an event that does not say what it follows")
    if not document.keys() <= _KEYS:
        raise ValueError("an event that says more than is known")
    return Event._make([*needed, *optional, tuple(previous), sha256])
