"""What the screens have stored: handed to the writer's thread, and shown meanwhile as if it were on disk already.

A visit is worked with in two threads, never one object in both: the screen has its own, and the writer a copy, which it
changes. What the copy knows is taken over once nothing of the visit is on its way any more.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from greenstar.assessment.answer_types import Refused
from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.drafts import fit_draft
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Failure, Job, Mistake, What
from greenstar.storage.protocols.drafts import Place

Result = TypeVar("Result")
Done = Callable[[Any], object]
Failed = Callable[[Failure], object]


class Queue(Protocol):
    """What jobs are handed in to: the writer, or in a test whoever does them at once."""

    def put(self, job: Job) -> None:
        """Hand in a job."""

    def take_back(self, job: Job) -> None:
        """Carry a job out no more, unless it is done already."""

    def close(self, deadline: float) -> dict[str, str]:
        """End, at the latest after so many seconds; what was typed and not written, by its fields."""


@dataclass
class _Twin:
    """The writer's copy of a visit, and how many changes of it are on their way."""

    visit: OpenVisit
    left: int = 0

    def change(self, use_case: Callable[[OpenVisit], Any], workspace: Workspace) -> Any:
        """Have it changed: what is tried again, or was a mistake, leaves nothing behind in it."""
        trial = copy(self.visit)
        trial.workspace = workspace
        try:
            result = use_case(trial)
        except StorageError:
            raise
        except (GreenStarError, Refused):  # it has seen what another window did
            self.visit = trial
            raise
        self.visit = trial
        return result


def nothing(_: object) -> None:
    """Nobody waits to be told."""


class Saving:
    """All writes of the screens. `changed` is told whenever something is handed in, is on disk, or cannot be.

    `trouble` says why nothing can be written just now, `since` when that began; `mistake` is to be told once.
    """

    def __init__(
        self,
        workspace: Workspace,
        queue: Callable[[Callable[[Phrase | None], None]], Queue],
        changed: Callable[[], object],
    ) -> None:
        self.trouble: Phrase | None = None
        self.since: datetime | None = None
        self.mistake: Phrase | None = None
        self.refusals = 0  # so much could not be done, for another reason than the storage
        self._workspace, self._changed = workspace, changed
        self._queue = queue(self._troubled)
        self._left: list[Job] = []  # all that is on its way
        self._waited_for = 0
        self._twins: dict[int, _Twin] = {}
        self._newest: dict[Place, object] = {}
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[bool]]] = []

    # -- handing in

    def put(
        self,
        use_case: Callable[[Workspace], Any],
        done: Done = nothing,
        failed: Failed = nothing,
        *,
        what: What | None = None,
        forgets: Iterable[Place] = (),
        until_stored: bool = False,
    ) -> None:
        """Have something written; `done` or `failed` is told what came of it.

        `forgets`: the half-typed texts that become this. `until_stored`: see `Job`.
        """
        shown = [self._show_draft(place, None) for place in forgets]

        def ended(told: Callable[[Any], object], value: Any) -> None:
            self._left.remove(job)
            self.refusals += isinstance(value, Failure)
            if isinstance(value, Mistake):
                self.mistake = value.message
            for on_disk in shown:
                on_disk()
            told(value)
            self._look()

        job = Job(use_case, partial(ended, done), partial(ended, failed), what, until_stored)
        self._left.append(job)
        self._queue.put(job)
        self._look()

    def take_back(self, what: What) -> None:
        """Think better of it: it fails with `TakenBack`, unless the disk takes it this very moment."""
        for job in [job for job in self._left if job.what == what]:
            self._queue.take_back(job)

    def change(
        self,
        visit: OpenVisit,
        use_case: Callable[[OpenVisit], Any],
        done: Done = nothing,
        failed: Failed = nothing,
        *,
        ahead: Callable[[OpenVisit], object] = nothing,
        what: What | None = None,
        forgets: Iterable[Place] = (),
    ) -> None:
        """Have a visit changed; the rest as `put`.

        `ahead` makes the change in memory, for the screen; what it raises is raised here, and nothing is handed in.
        """
        twin = self._twins.get(id(visit)) or _Twin(copy(visit))
        ahead(visit)
        self._twins[id(visit)] = twin
        twin.left += 1

        def ended(told: Callable[[Any], object], value: Any) -> None:
            twin.left -= 1
            if not twin.left:
                del self._twins[id(visit)]
                _take_over(visit, twin.visit)
            told(value)

        change = partial(twin.change, use_case)
        self.put(change, partial(ended, done), partial(ended, failed), what=what, forgets=forgets)

    def keep_draft(self, store: str, assessment: int | None, field: str, text: str | None) -> None:
        """Have half-typed text kept; None forgets it. It is read from now on as if it were on disk."""
        kept = fit_draft(text)
        on_disk = self._show_draft((store, assessment, field), kept)

        def keep(workspace: Workspace) -> None:
            workspace.storage.drafts.put(store, assessment, field, kept, at=workspace.now())

        self.put(keep, lambda _: on_disk(), lambda _: on_disk(), what=None if kept is None else (field, kept))

    def _show_draft(self, place: Place, text: str | None) -> Callable[[], None]:
        """From now on a draft is read so, until the result is called, or there is a newer one."""
        on_the_way, mine = self._workspace.storage.drafts.on_the_way, object()
        on_the_way[place], self._newest[place] = text, mine

        def on_disk() -> None:
            if self._newest.get(place) is mine:
                del on_the_way[place], self._newest[place]

        return on_disk

    # -- waiting for it

    async def done(self, use_case: Callable[[Workspace], Result], *, what: What | None) -> Result:
        """Have something written, unless it is taken back, and wait for its result.

        GreenStarError: it cannot be done. TakenBack: `take_back` was quicker than the disk.
        """
        result: Result = await self._result(
            lambda done, failed: self.put(use_case, done, failed, what=what, until_stored=True)
        )
        return result

    async def done_at_once(self, use_case: Callable[[Workspace], Result], *, what: What) -> Result:
        """As `done`, for what makes its own transaction, after it has copied files: no other program waits for that."""
        result: Result = await self._result(lambda done, failed: self.put(use_case, done, failed, what=what))
        return result

    async def changed(
        self,
        visit: OpenVisit,
        use_case: Callable[[OpenVisit], Result],
        *,
        what: What,
        forgets: Iterable[Place] = (),
    ) -> Result:
        """Have a visit changed, and wait for the result. GreenStarError: it cannot be done."""
        result: Result = await self._result(
            lambda done, failed: self.change(visit, use_case, done, failed, what=what, forgets=forgets)
        )
        return result

    async def _result(self, hand_in: Callable[[Done, Failed], None]) -> Any:
        result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        with self._somebody_waits():
            hand_in(*(partial(_unless_gone, result, told) for told in (result.set_result, result.set_exception)))
            return await result

    @contextmanager
    def _somebody_waits(self) -> Iterator[None]:
        self._waited_for += 1
        try:
            yield
        finally:
            self._waited_for -= 1
            self._look()

    async def drained(self, seconds: float) -> bool:
        """Wait until everything is on disk; whether all that anybody typed is, after so many seconds at most.

        For anything else (where the cursor stood) a storage that takes nothing is not waited for.
        """

        def nothing_to_wait_for() -> bool:
            return not self._left or (self.trouble is not None and not self.unsaved)

        with self._somebody_waits():
            return await self._until(nothing_to_wait_for, seconds) or not self.unsaved

    async def answered(self, seconds: float) -> None:
        """Wait for whatever somebody waits for, but not for a storage that takes nothing."""
        await self._until(lambda: not self._waited_for or self.trouble is not None, seconds)

    async def _until(self, holds: Callable[[], bool], seconds: float) -> bool:
        if holds():
            return True
        came: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((holds, came))
        try:
            return await asyncio.wait_for(came, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.remove((holds, came))

    # -- how it stands

    @property
    def unsaved(self) -> dict[str, str]:
        """What was typed or asked for and is not on disk yet, by its fields."""
        return dict(job.what for job in self._left if job.what is not None)

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._left

    def pending(self, visit: OpenVisit) -> bool:
        """Whether changes of a visit are on their way: what is on disk is older than what is shown."""
        return id(visit) in self._twins

    def close(self, deadline: float) -> dict[str, str]:
        """End, at the latest after so many seconds; what was typed and is lost."""
        return self._queue.close(deadline)

    def _troubled(self, why: Phrase | None) -> None:
        self.since = None if why is None else self.since or self._workspace.clock()
        self.trouble = why
        self._look()

    def _look(self) -> None:
        for holds, came in self._waiting:
            if holds() and not came.done():
                came.set_result(True)
        self._changed()


def _take_over(visit: OpenVisit, twin: OpenVisit) -> None:
    """Know what the twin knows; what it comes to stays as it was worked out here, where the visit is the same."""
    workspace, worked = visit.workspace, visit.worked
    vars(visit).update(vars(twin))
    visit.workspace = workspace
    if worked.holds(visit.scheme, visit.visit):
        visit.worked = worked


def _unless_gone(result: asyncio.Future[Any], told: Callable[[Any], object], value: Any) -> None:
    """Tell somebody a result, unless he went away meanwhile."""
    if not result.done():
        told(value)
