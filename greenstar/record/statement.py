"""A statement: a small document about a seal, which its maker signs. What was decided of it, and what came after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenstar.hashes import is_sha256
from greenstar.record.canonical import canonical
from greenstar.record.timestamps import is_time

DOMAIN, VERSION = "greenstar/statement", 1
KINDS = ("decided", "withdrawn", "reopened", "settled")
_TEXTS = ("id", "kind", "seal", "at", "by", "database")
_OWN = ("domain", "version", *_TEXTS)


class NoStatement(ValueError):
    """A document that is no statement, or one of a later version."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody states of a seal. `id`: a ULID; `at`: a time as text; `database`: the ULID of where it was made.

    `content` by kind: `decided` has `level`, `certificate` and `last_day` (each may be null), `withdrawn` `because`,
    `reopened` `because` and the `revision` that follows, `settled` the seals that it sets aside.
    """

    id: str
    kind: str
    seal: str
    at: str
    by: str
    database: str
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def set_aside(self) -> list[str]:
        """The seals that are set aside for this one, where the statement settles which is kept."""
        listed = self.content.get("set_aside")
        return [seal for seal in listed if isinstance(seal, str)] if isinstance(listed, list) else []

    @property
    def document(self) -> bytes:
        """The exact bytes that are hashed, signed and kept: RFC 8785's JSON."""
        texts = {name: getattr(self, name) for name in _TEXTS}
        return canonical({**self.content, **texts, "domain": DOMAIN, "version": VERSION}).encode()


def read_statement(document: bytes) -> Statement:
    """The statement of a document, written in the one way that there is. NoStatement: it is none."""
    try:
        held = json.loads(document)
        if not isinstance(held, dict) or (held.get("domain"), held.get("version")) != (DOMAIN, VERSION):
            raise NoStatement("no statement, or of a later version")
        texts = {name: held[name] for name in _TEXTS}
        content = {name: value for name, value in held.items() if name not in _OWN}
        statement = Statement(**texts, content=content)
        written = statement.document
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NoStatement("no statement") from error
    if not all(isinstance(text, str) for text in texts.values()) or statement.kind not in KINDS:
        raise NoStatement("a statement of a kind that is not known")
    if not is_sha256(statement.seal):
        raise NoStatement("a statement about no seal")
    if not is_time(statement.at):
        raise NoStatement("a statement of no time")
    if written != document:
        raise NoStatement("a statement that is written in another way")
    return statement
