"""Files that come from elsewhere, opened to be verified: databases, and bundles, of which nothing is taken over."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from greenstar.errors import BadInput
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.progress import Progress, unwatched
from greenstar.services.spread import Spread
from greenstar.services.verification.problem import Verification, Wrong
from greenstar.services.verification.verify import verify
from greenstar.services.workspace import Workspace
from greenstar.storage.bundle.reading import NotReadHere, open_bundle
from greenstar.storage.opening import open_storage, passing_storage
from greenstar.storage.protocols.storage import Storage

_ZIP = b"PK"


class NotWhole(BadInput):
    """A bundle that is damaged, or that no Green Star packed as it is."""


@contextmanager
def opened_to_read(file: Path, progress: Progress = unwatched) -> Iterator[tuple[Storage, str]]:
    """What a file holds, as a storage, and the id of the database that it came from. All of a bundle is read.

    NotWhole: a bundle does not hold together. BadInput, StorageError: it is neither a bundle nor a database.
    """
    if not _is_zip(file):
        with closing(open_storage(file, write=False)) as storage:
            yield storage, storage.events.database_id()
        return
    with passing_storage() as storage, Workspace(storage, assessor="-") as workspace:
        try:
            with open_bundle(file) as bundle:
                database = bundle.database
            unpack(workspace, [file], progress)
        except NotReadHere:
            raise
        except BadInput as error:
            raise NotWhole(error.message.key, **error.message.values) from error
        yield storage, database


def _is_zip(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def verify_file(
    file: Path, *, evidence: bool, receipts: Sequence[Path], step: Progress, spread: Spread
) -> Verification:
    """What does not hold of a database or a bundle; of a bundle all is read. BadInput, StorageError: as `verify`."""
    try:
        with opened_to_read(file, step) as (storage, _):
            return verify(storage, evidence=evidence, receipts=receipts, packed=_is_zip(file), step=step, spread=spread)
    except NotWhole as error:
        result = Verification()
        result.wrong(Wrong.DAMAGED, error.message)
        return result
