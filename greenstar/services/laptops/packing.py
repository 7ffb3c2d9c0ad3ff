"""Packing visits into one file: all that is known of stores, so that it can be checked and gone on with elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from greenstar.errors import BadInput
from greenstar.record.canonical import sha256_of
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_store, chain_of_visit
from greenstar.record.merge import left_over, sealings
from greenstar.record.signing import read_signature
from greenstar.services.laptops.documents import (
    document_name,
    journal_lines,
    journal_name,
    scheme_name,
    signature_name,
)
from greenstar.services.progress import Progress
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace
from greenstar.storage.bundle.writing import BundleWriter
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import Keeping
from greenstar.storage.user_file import user_file

_EVIDENCE_HASH = re.compile(r'"sha256":"([0-9a-f]{64})"')
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]")


@dataclass
class Packed:
    """What was packed. `lost`: how many files of evidence are not here, or are damaged, and so are not in it."""

    stores: tuple[str, ...]
    sealed: int = 0
    drafts: int = 0
    files: int = 0
    bytes: int = 0
    lost: int = 0


@dataclass
class _Chosen:
    """What belongs to the stores that were asked for."""

    seals: dict[str, str] = field(default_factory=dict)
    schemes: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)


def pack_into(workspace: Workspace, codes: Sequence[str], path: Path, progress: Progress) -> Packed:
    """As `pack`, into the file of that name, which is replaced only once all is written."""
    with user_file(path) as file:
        return pack(workspace, codes, file, progress)


def pack(workspace: Workspace, codes: Sequence[str], file: IO[bytes], progress: Progress) -> Packed:
    """Write all that is known of these stores into a file: the same bytes as long as nothing of it changes.

    BadInput: there is no such store, a visit of it has no journal, or it is more than a file can hold.
    """
    storage = workspace.storage
    stores = sorted({find_store(workspace, code).code for code in codes})
    packed = Packed(tuple(stores))
    with storage.reading():
        writer, chosen = BundleWriter(file, storage.events.database_id()), _Chosen()
        for code in stores:
            _add_chain(writer, storage.events.of_chain(chain_of_store(code)))
            for row in storage.assessments.every_of_store(code):
                _add_visit(workspace, writer, row, chosen, packed)
        for seal, document in sorted(chosen.seals.items()):
            writer.add(document_name("seals", seal), document.encode())
        _add_statements(workspace, writer, sorted(chosen.seals))
        for scheme in sorted(chosen.schemes):
            kept, text = storage.schemes.get(scheme), storage.schemes.canonical_of(scheme)
            assert kept is not None
            assert text is not None
            writer.add(scheme_name(scheme, kept.edition), text.encode())
    _add_evidence(workspace, writer, sorted(chosen.evidence), packed, progress)
    writer.close()
    packed.bytes = file.tell()
    return packed


def _add_chain(writer: BundleWriter, events: Sequence[Event]) -> None:
    if events:
        writer.add_pieces(journal_name(events[0].chain), journal_lines(events))


def _add_visit(workspace: Workspace, writer: BundleWriter, row: AssessmentRow, chosen: _Chosen, packed: Packed) -> None:
    storage = workspace.storage
    events = storage.events.of_chain(chain_of_visit(row.journal))
    document = storage.assessments.sealed(row.id)
    if not events:
        raise BadInput("laptops.no_journal", store=row.store, cycle=row.cycle)
    _add_chain(writer, events)
    texts = [entry["sha256"] for entry in storage.contents.entries("evidence", row.id)]
    chosen.evidence |= {sha256 for sha256 in texts if sha256}
    chosen.schemes.add(row.scheme)
    if row.seal is None or document is None:
        packed.drafts += 1
        return
    packed.sealed += 1
    chosen.seals[row.seal] = document
    for event in left_over(events, sealings(events)):
        chosen.evidence.update(_EVIDENCE_HASH.findall(event.after or ""))


def _add_statements(workspace: Workspace, writer: BundleWriter, seals: Sequence[str]) -> None:
    """What was stated of seals, and the signatures of both."""
    storage = workspace.storage
    statements = {row.sha256: row.document for row in storage.statements.of_seals(seals)}
    for sha256, document in sorted(statements.items()):
        writer.add(document_name("statements", sha256), document.encode())
    signatures = storage.signatures.of([*seals, *statements])
    for signed, armours in sorted(signatures.items()):
        for key, armour in sorted((read_signature(armour).key.digits, armour) for armour in armours):
            writer.add(signature_name(signed, key), armour.encode())


def _add_evidence(
    workspace: Workspace, writer: BundleWriter, hashes: Sequence[str], packed: Packed, progress: Progress
) -> None:
    files = workspace.storage.evidence
    for number, sha256 in enumerate(hashes):
        progress(number, len(hashes))
        here = files.keeping(sha256, strict=True) is Keeping.KEPT
        if here and writer.add_pieces(document_name("evidence", sha256), files.pieces(sha256), sha256):
            packed.files += 1
        else:
            packed.lost += 1


def file_in(folder: Path, workspace: Workspace, codes: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """For each of these stores the file in a shared folder that this database writes it into, and nobody else."""
    own = workspace.storage.events.database_id()
    for code in sorted({find_store(workspace, code).code for code in codes}):
        name = f"{SHARED}{_UNSAFE.sub('_', code)}-{sha256_of(code)[:6]}-{own[-10:]}.zip"  # codes may look alike so
        yield folder / name, code


SHARED = "greenstar-"
"""How the names of files in a shared folder begin."""
