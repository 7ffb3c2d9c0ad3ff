"""A receipt: what somebody signs who was handed a database, so that it cannot be another one later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenstar.hashes import is_sha256
from greenstar.record.canonical import canonical
from greenstar.record.journal import Head

DOMAIN, VERSION = "greenstar/receipt", 1
_KEYS = {"domain", "version", "database", "received", "by", "heads"}


class NoReceipt(ValueError):
    """A document that is no receipt, or one of a later version."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far each chain went when it was received: its last events, by hash and place.

    `database`: the ULID of the database that was received, or that a bundle came from; `received`: a time as text.
    """

    database: str
    received: str
    by: str
    heads: Mapping[str, Sequence[Head]]

    @property
    def document(self) -> bytes:
        """The exact bytes that are signed: RFC 8785's JSON."""
        content = {
            "domain": DOMAIN,
            "version": VERSION,
            "database": self.database,
            "received": self.received,
            "by": self.by,
            "heads": {chain: [list(head) for head in sorted(heads)] for chain, heads in self.heads.items()},
        }
        return canonical(content).encode()


def read_receipt(document: bytes) -> Receipt:
    """The receipt of a document, written in the one way that there is. NoReceipt: it is none."""
    try:
        held = json.loads(document)
        if not isinstance(held, dict) or (held.get("domain"), held.get("version")) != (DOMAIN, VERSION):
            raise NoReceipt("no receipt, or of a later version")
        heads = {chain: [_head(head) for head in every] for chain, every in held["heads"].items()}
        texts = {name: held[name] for name in ("database", "received", "by")}
        receipt = Receipt(**texts, heads=heads)
        written = receipt.document
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise NoReceipt("no receipt") from error
    if held.keys() != _KEYS or not all(isinstance(text, str) for text in texts.values()):
        raise NoReceipt("a receipt that says something else")
    if written != document:
        raise NoReceipt("a receipt that is written in another way")
    return receipt


def _head(values: Sequence[object]) -> Head:
    sha256, place = values
    if not is_sha256(sha256) or not isinstance(place, int) or place < 1:
        raise NoReceipt("no event")
    return Head(sha256, place)
