"""What is stated of seals, and the signatures of both: kept by hashes, so that keeping one twice changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from greenstar.record.statement import Statement


@dataclass(frozen=True)
class StatementRow:
    """A statement as it is kept: `document` is the exact text that was hashed and signed."""

    sha256: str
    seal: str
    kind: str
    at: str
    document: str


class Statements(Protocol):
    """Statements about seals; the seal itself need not be here yet."""

    def keep(self, statement: Statement) -> str:
        """Keep a statement; its SHA-256."""

    def of_seals(self, seals: Sequence[str]) -> list[StatementRow]:
        """The statements about these seals, in the order of their times."""

    def all(self) -> Iterator[StatementRow]:
        """All statements, those as well that wait for a seal, in the order of their times."""


class Signatures(Protocol):
    """Signatures, by the SHA-256 of the document that they are over. Whether one holds is not looked at here."""

    def keep(self, document: str, key: str, armour: str) -> None:
        """Keep a signature. `key`: the SHA-256 of the public key, as `PublicKey.digits`."""

    def of(self, documents: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The signatures (armour) of documents; nothing of those that have none."""

    def is_any(self) -> bool:
        """Whether there is any signature at all."""

    def all(self) -> Iterator[tuple[str, str, str]]:
        """All signatures: document, key, armour, in this order."""
