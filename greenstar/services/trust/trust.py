"""Whose signatures count: who is allowed, from when and until when, and which keys were revoked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from greenstar.i18n.phrase import Phrase
from greenstar.record.allowed_signers import AllowedSigner, BadLine, read_allowed_signers, read_revoked
from greenstar.record.public_key import PublicKey
from greenstar.services.trust.signer_files import read_list, revoked_file, signers_file


class KeyStanding(StrEnum):
    """How a key stands to what it signed."""

    COUNTS = "counts"
    UNKNOWN = "unknown"  # nobody listed it
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    REVOKED = "revoked"  # nothing of it counts, whenever it was signed


@dataclass(frozen=True)
class Trust:
    """The two lists as they were read. `revoked`: keys with their lines; `problems`: sentences, each with its place."""

    signers: tuple[AllowedSigner, ...] = ()
    revoked: Mapping[PublicKey, int] = field(default_factory=dict)
    problems: tuple[Phrase, ...] = ()

    def standing(self, key: PublicKey, at: datetime) -> KeyStanding:
        """How a key stands to what it says that it signed at that time. The time is the signer's own word."""
        if key in self.revoked:
            return KeyStanding.REVOKED
        listed = self.listed(key)
        if not listed:
            return KeyStanding.UNKNOWN
        if self.counting(key, at):
            return KeyStanding.COUNTS
        return (
            KeyStanding.NOT_YET
            if all(signer.after and at < signer.after for signer in listed)
            else KeyStanding.NO_LONGER
        )

    def listed(self, key: PublicKey) -> list[AllowedSigner]:
        """The lines that list a key; most often one."""
        return [signer for signer in self.signers if signer.key == key]

    def counting(self, key: PublicKey, at: datetime) -> list[AllowedSigner]:
        """The lines by which a key counts at a time, unless it is revoked: who else had it before is somebody else."""
        return [signer for signer in self.listed(key) if signer.counts_at(at)]

    def name_of(self, key: PublicKey) -> str:
        """Whose a key is, as the list says; empty: it does not."""
        return next((signer.name for signer in self.listed(key)), "")

    def keys_of(self, names: Iterable[str]) -> set[PublicKey]:
        """All keys that are listed under any of these names, revoked ones as well."""
        wanted = set(names)
        return {signer.key for signer in self.signers if any(signer.is_named(name) for name in wanted)}


def load_trust() -> Trust:
    """The lists as they are now. Lines that are wrong count for nothing, and `problems` says so.

    StorageError: one of the lists cannot be read, so that nobody knows who counts.
    """
    problems: list[Phrase] = []
    signers: dict[int, AllowedSigner] = {}
    for signer in read_allowed_signers(read_list(signers_file())):
        if isinstance(signer, BadLine):
            problems.append(_wrong(str(signers_file()), signer))
        else:
            signers[signer.line] = signer
    problems += _twice(signers.values())
    revoked: dict[PublicKey, int] = {}
    for entry in read_revoked(read_list(revoked_file())):
        if isinstance(entry, BadLine):
            problems.append(_wrong(str(revoked_file()), entry))
        else:
            revoked.setdefault(entry[1], entry[0])
    return Trust(tuple(signers.values()), revoked, tuple(problems))


def _wrong(file: str, line: BadLine) -> Phrase:
    return Phrase(f"trust.line_{line.why}", place=f"{file}:{line.line}", what=line.what)


def _twice(signers: Iterable[AllowedSigner]) -> Iterator[Phrase]:
    first: dict[PublicKey, AllowedSigner] = {}
    for signer in signers:
        before = first.setdefault(signer.key, signer)
        if before is not signer:
            place = f"{signers_file()}:{signer.line}"
            yield Phrase("trust.line_twice", place=place, name=before.name, line=before.line, own=signer.name)
