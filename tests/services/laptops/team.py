"""Several laptops in tests: a workspace each, which send one another what they know."""

from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from greenstar.assessment.model import Store
from greenstar.record.replay import State
from greenstar.services.laptops.packing import Packed, pack
from greenstar.services.laptops.unpacking import Unpacked, unpack
from greenstar.services.stores.stores import add_store
from greenstar.services.verification.problem import VerificationProblem, Wrong
from greenstar.services.verification.verify import verify
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import Clock


def silent(_: int, __: int) -> None:
    """Tell nobody how far a piece of work is."""


class Team:
    """Laptops in one folder."""

    def __init__(self, folder: Path, scheme: Path, stack: ExitStack) -> None:
        self.folder, self.scheme, self._stack = folder, scheme, stack
        self._numbers = count(1)

    def laptop(self, name: str, hours: int = 0) -> Workspace:
        """A laptop of that person, whose clock is off by so many hours."""
        clock = Clock()
        clock.at += timedelta(hours=hours)
        path = self.folder / f"{name}.db"
        workspace = Workspace.open(path, scheme=str(self.scheme), cycle="2026", assessor=name, clock=clock)
        return self._stack.enter_context(workspace)

    def packed(self, workspace: Workspace, *codes: str) -> tuple[Path, Packed]:
        """A file of these stores (or of S-1), and what went into it."""
        file = BytesIO()
        done = pack(workspace, codes or ["S-1"], file, silent)
        path = self.folder / f"{next(self._numbers)}.zip"
        path.write_bytes(file.getvalue())
        return path, done

    def send(self, source: Workspace, target: Workspace, *codes: str) -> Unpacked:
        """Let one laptop take over what another one knows of these stores (or of S-1)."""
        return unpack(target, [self.packed(source, *codes)[0]], silent)


def begin(workspace: Workspace, code: str = "S-1") -> OpenVisit:
    """The visit to a store, which is added where there is none."""
    if workspace.storage.stores.get(code) is None:
        add_store(workspace, Store(code, f"Store {code}", "Wuxi", "East"))
    return open_visit(workspace, code)


def known(workspace: Workspace) -> dict[str, Any]:
    """All that is known of stores and visits, whatever numbers rows have."""
    storage = workspace.storage
    rows = [row for code in storage.stores.codes() for row in storage.assessments.every_of_store(code)]
    visits: dict[Any, State] = {row.seal or row.ulid: storage.contents.state(row.id) for row in rows}
    chains = [chain for chain in storage.events.chains() if not chain.startswith("database:")]
    return {
        "visits": visits,
        "counts": {row.seal or row.ulid: (row.counts, row.set_aside) for row in rows},
        "stores": {code: storage.stores.state(code) for code in storage.stores.codes()},
        "events": {chain: {event.hash for event in storage.events.of_chain(chain)} for chain in chains},
        "statements": {row.sha256 for row in storage.statements.all()},
        "signatures": set(storage.signatures.all()),
    }


def damage(workspace: Workspace, *, evidence: bool = False) -> list[VerificationProblem]:
    """What does not hold of what is known; the laptops of a test have one key, so whose it is says nothing."""
    problems = verify(workspace.storage, evidence=evidence).problems
    return [problem for problem in problems if problem.kind not in (Wrong.UNKNOWN_SIGNER, Wrong.OTHER_SIGNER)]
