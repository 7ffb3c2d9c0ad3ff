"""Signing later what could not be signed at the time: seals that one submitted, and what one stated of them."""

from collections.abc import Iterable, Iterator

from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.public_key import PublicKey
from greenstar.record.signing import NoSignature, read_signature
from greenstar.record.statement import read_statement
from greenstar.services.demo.sample import needs_no_signature
from greenstar.services.signing.documents import sign
from greenstar.services.signing.key_file import CannotSign
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace
from greenstar.text import folded


def sign_later(workspace: Workspace, code: str) -> tuple[PublicKey, int]:
    """Sign all that the assessor at work submitted or stated of a store's visits in the cycle, and has not signed.

    The key, and how many documents it signed. BadInput: nothing can be signed, or nothing is sealed.
    """
    storage = workspace.storage
    with storage.transaction():
        store = find_store(workspace, code).code
        cycle = workspace.cycle
        seals = {
            row.seal: row.id
            for row in storage.assessments.of_store(store)
            if row.cycle == cycle and row.seal is not None
        }
        if not seals:
            raise BadInput("signing.nothing_sealed", store=store, cycle=cycle)
        own = _own_key(workspace)
        documents = dict(_own_documents(workspace, seals))
        signed = storage.signatures.of(list(documents))
        left = [text for sha256, text in documents.items() if own not in _keys(signed.get(sha256, ()))]
        for text in left:
            sign(workspace, text)
        return own, len(left)


def _own_key(workspace: Workspace) -> PublicKey:
    if needs_no_signature(workspace.storage):
        raise BadInput("signing.cannot_sign", why=Phrase("signing.sample"))
    try:
        return workspace.signing.key(workspace.assessor).public
    except CannotSign as error:
        raise BadInput("signing.cannot_sign", why=error.message) from error


def _own_documents(workspace: Workspace, seals: dict[str, int]) -> Iterator[tuple[str, str]]:
    """What the assessor at work submitted, or stated, by its SHA-256."""
    storage, own = workspace.storage, folded(workspace.assessor)
    for seal, assessment in seals.items():
        text = storage.assessments.sealed(assessment)
        if text is not None and own in map(folded, storage.events.who_made(assessment, ("submitted",))):
            yield seal, text
    for row in storage.statements.of_seals(list(seals)):
        if folded(read_statement(row.document.encode()).by) == own:
            yield row.sha256, row.document


def _keys(armours: Iterable[str]) -> Iterator[PublicKey]:
    """The keys of signatures; which of them hold, `verify` says."""
    for armour in armours:
        try:
            yield read_signature(armour).key
        except NoSignature:
            continue
