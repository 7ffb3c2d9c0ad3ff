"""Whether a database is a sample network, and whether what is sealed in it need not be signed."""

from greenstar.record.journal import chain_of_database
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.storage import Storage

MADE = "demo"
"""The kind of the first event: what tells a sample network from a user's own database."""


def is_sample(workspace: Workspace) -> bool:
    """Whether a database was made as a sample network: what is printed of it says so."""
    first = workspace.storage.events.first()
    return first is not None and first.kind == MADE


def was_made_as_sample(storage: Storage) -> bool:
    """The same, by an event that stands where a sample's does: at the start of a database's chain, with its hash."""
    first = storage.events.first()
    if first is None or first.kind != MADE or first.previous or not first.chain.startswith(chain_of_database("")):
        return False
    return first.hash == first.worked_out_hash()


def needs_no_signature(storage: Storage) -> bool:
    """Whether everything here is invented, and nobody signs it: it was made as a sample, and nothing was ever signed.

    Whoever puts a sample's event into somebody's database switches no signature off by it.
    """
    return was_made_as_sample(storage) and not storage.signatures.is_any()
