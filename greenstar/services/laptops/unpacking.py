"""Unpacking: what came from other laptops and what is here become one, all of it or nothing, however often.

Everything is looked at before anything is written. Photos are put beside the others under passing names, and get their
own right before the one transaction that writes all else is put on disk: whoever is stopped in the middle finds what
there was.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import new_ulid
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.arriving import Arriving
from greenstar.services.laptops.begun_apart import set_joined_aside
from greenstar.services.laptops.documents import STORE, VISIT
from greenstar.services.laptops.joining import JoinedVisit, join_store, join_visit
from greenstar.services.laptops.packing import SHARED
from greenstar.services.laptops.settling import set_aside
from greenstar.services.laptops.unsettled import UnsettledPage, begun_apart, unsettled_page
from greenstar.services.progress import Progress
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import keep
from greenstar.services.workspace import Workspace
from greenstar.storage.bundle.reading import open_bundle
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import Keeping, Receiving

NEW_IDENTITY = "identity_renewed"


@dataclass
class Unpacked:
    """What came, and what was here already.

    `visits`: those of which something came, or that clash; `stores`: whose pages became others; `same`: how many visits
    had nothing new; `photos`: how many came. `taken_in`: drafts here that another one took in elsewhere.
    `twin`: this database and another had one identity, and it has a new one. `schemes`: those of the visits, by hash.
    `pages`: what clashes on the pages that became others, by store. `begun_apart`: as `Unsettled` has it.
    """

    visits: list[JoinedVisit] = field(default_factory=list)
    stores: list[str] = field(default_factory=list)
    same: int = 0
    statements: int = 0
    signatures: int = 0
    photos: int = 0
    twin: bool = False
    taken_in: list[AssessmentRow] = field(default_factory=list)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    pages: dict[str, UnsettledPage] = field(default_factory=dict)
    begun_apart: list[list[AssessmentRow]] = field(default_factory=list)


def unpack(workspace: Workspace, paths: Sequence[Path], progress: Progress) -> Unpacked:
    """Take over all that lies in these files. BadInput: one of them is no bundle, or not a right one; nothing came."""
    storage, unpacked = workspace.storage, Unpacked()
    with ExitStack() as stack:
        arriving = [Arriving(stack.enter_context(open_bundle(path))) for path in paths]
        written = [bundle.look_at_all(storage) for bundle in arriving]
        receiving = stack.enter_context(storage.evidence.receiving())
        unpacked.photos = _receive(workspace, arriving, receiving, progress)
        stack.enter_context(storage.transaction())
        unpacked.twin = _renew_identity(workspace, written)
        storage.events.begin(workspace.now(), workspace.assessor)
        for bundle in arriving:
            _take_in(workspace, bundle, unpacked)
        receiving.settle()
    _look_what_waits(workspace, unpacked)
    return unpacked


def _receive(workspace: Workspace, arriving: Sequence[Arriving], receiving: Receiving, progress: Progress) -> int:
    """Take the photos that are not here; how many. All are read, so that none of a file is taken if one is wrong."""
    files = workspace.storage.evidence
    listed = [(bundle, sha256, size) for bundle in arriving for sha256, size in bundle.evidence()]
    missing = {sha256: size for _, sha256, size in listed if files.keeping(sha256, size) is not Keeping.KEPT}
    if missing:
        files.check_room(sum(missing.values()))
    wanted, total, done = set(missing), sum(size for _, _, size in listed), 0
    for bundle, sha256, size in listed:
        progress(done, total)
        if sha256 in wanted:
            receiving.take(sha256, bundle.photo(sha256))
            wanted.discard(sha256)
        else:
            for _ in bundle.photo(sha256):
                pass
        done += size
    return len(missing)


def _renew_identity(workspace: Workspace, written: Sequence[Mapping[str, set[str]]]) -> bool:
    """Give this database a new identity where another one goes by the same: it wrote what this one never knew."""
    events = workspace.storage.events
    before = events.database_id()
    theirs = set().union(*(by_database.get(before, set()) for by_database in written))
    if not theirs - events.has(list(theirs)):
        return False
    at = workspace.now()
    after = new_ulid(read_time(at))
    events.put_database_id(after)
    change = Change(NEW_IDENTITY, None, canonical(before), canonical(after))
    events.append([change], at, workspace.assessor)
    return True


def _take_in(workspace: Workspace, bundle: Arriving, unpacked: Unpacked) -> None:
    storage, at = workspace.storage, workspace.now()
    for scheme in bundle.schemes():
        keep(storage, scheme, at)
    for events in bundle.journals(STORE):
        if join_store(storage, events):
            unpacked.stores.append(events[0].chain.partition(":")[2])
    stores: set[str] = set()
    for events in bundle.journals(VISIT):
        joined = join_visit(workspace, events, bundle.seal)
        stores.add(joined.row.store)
        if joined.is_told:
            unpacked.visits.append(joined)
        else:
            unpacked.same += 1
    known = {row.sha256 for row in storage.statements.all()}
    for statement in bundle.statements():
        unpacked.statements += storage.statements.keep(statement) not in known
        bundle.refuse_unless_held(statement, storage)
    for signed in bundle.signatures():
        armours = storage.signatures.of([signed.document]).get(signed.document, ())
        unpacked.signatures += signed.signature.armour not in armours
        storage.signatures.keep(signed.document, signed.signature.key.digits, signed.signature.armour)
    for store in sorted(stores):
        set_aside(storage, store)
    for store in sorted({visit.row.store for visit in unpacked.visits}):
        unpacked.taken_in += set_joined_aside(storage, store)


def _look_what_waits(workspace: Workspace, unpacked: Unpacked) -> None:
    """What waits for a person of what came, and the schemes by which it is told."""
    storage = workspace.storage
    unpacked.schemes = registry.stored_by_hash(storage, (visit.row.scheme for visit in unpacked.visits))
    for store in unpacked.stores:
        page = unsettled_page(workspace, store)
        if page is not None:
            unpacked.pages[store] = page
    for store in dict.fromkeys(visit.row.store for visit in unpacked.visits):
        unpacked.begun_apart += begun_apart(storage.assessments.every_of_store(store))


def bundles_in(folder: Path) -> Iterator[Path]:
    """The files that laptops have put into a shared folder, by name."""
    yield from sorted(path for path in folder.glob(f"{SHARED}*.zip") if path.is_file())
