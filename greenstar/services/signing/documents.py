"""Signing a sealed document or a statement, and keeping the signature; and stating something of a seal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.public_key import PublicKey
from greenstar.record.signing import Signature
from greenstar.record.statement import Statement
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import ulid_of
from greenstar.services.demo.sample import needs_no_signature
from greenstar.services.signing.key_file import CannotSign, key_file
from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class SigningOutcome:
    """What came of signing a document: by which key, or else why it is unsigned, where that is worth saying.

    `made`: the file of the key, where that was made just now.
    """

    key: PublicKey | None = None
    why_not: Phrase | None = None
    made: Path | None = None


UNSIGNED = SigningOutcome()


def sign(workspace: Workspace, document: str) -> SigningOutcome:
    """Sign a document, inside a transaction. Whatever keeps it from being signed, it is said and nothing else."""
    if needs_no_signature(workspace.storage):  # what is invented is not signed, and nobody misses it
        return UNSIGNED
    try:
        signature = _signature(workspace, document)
    except GreenStarError as error:
        return SigningOutcome(why_not=error.message)
    workspace.storage.signatures.keep(sha256_of(document), signature.key.digits, signature.armour)
    return SigningOutcome(signature.key, made=key_file() if workspace.signing.newly_made() else None)


def _signature(workspace: Workspace, document: str) -> Signature:
    """CannotSign, StorageError: why there is none."""
    try:
        return workspace.signing.sign(document.encode(), workspace.assessor)
    except GreenStarError:
        raise
    except Exception as error:  # a damaged library fails in any way, and no visit may be lost by it
        raise CannotSign("signing.no_library", technical=f"{type(error).__name__}: {error}") from error


def signer_of(workspace: Workspace) -> str | None:
    """The fingerprint of the key that `sign` would sign with; None: it would sign nothing."""
    if needs_no_signature(workspace.storage):
        return None
    try:
        return workspace.signing.key(workspace.assessor).public.fingerprint
    except Exception:  # noqa: BLE001 - whatever keeps it from signing, `sign` says
        return None


def state(workspace: Workspace, kind: str, seal: str | None, at: str, **content: Any) -> SigningOutcome:
    """State something of a seal, inside a transaction: the statement is kept, and signed where that is possible.

    None: nothing was ever sealed (the invented visits of a large sample), so that nothing can be stated of it.
    """
    if seal is None:
        return UNSIGNED
    by = workspace.assessor
    identity = ulid_of(read_time(at), canonical([kind, seal, by]))
    statement = Statement(identity, kind, seal, at, by, workspace.storage.events.database_id(), content)
    workspace.storage.statements.keep(statement)
    return sign(workspace, statement.document.decode())


def with_signature(told: Phrase, signed: SigningOutcome) -> Phrase:
    """What was done, and that it is unsigned, where it should not be; or that the key was made for it."""
    if signed.made is not None:
        return Phrase("signing.done_made", done=told, file=str(signed.made))
    return told if signed.why_not is None else Phrase("signing.done_unsigned", done=told, why=signed.why_not)
