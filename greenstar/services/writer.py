"""Writes on a thread of its own: whole use cases, in the order in which they were handed in, until the disk takes them.

SQLite's lock may be held by another program for as long as that likes, and a disk may be slow. Whoever hands something
in goes on at once, and is told what came of it. What the storage would not take is tried again, after a short rest; the
next use case waits for it, so that all is stored in the order in which it was done.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from greenstar.assessment.answer_types import Refused
from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.workspace import Workspace

Failure = GreenStarError | Refused
UseCase = Callable[[Workspace], Any]
What = tuple[str, str]
Deliver = Callable[[Callable[[], object]], object]

PATIENCE = 200  # milliseconds that one attempt waits for another program
_FIRST_REST, _LONGEST_REST = 0.05, 0.5  # seconds between two attempts
_LAST_ATTEMPT = 1.0  # seconds that an attempt which is being made at the end may still take


@dataclass(frozen=True, eq=False)
class Job:
    """A use case; `done` is told its result, `failed` why it could not be carried out.

    `what` says what somebody typed or asked for, by its field and in words; None: nothing that anybody would miss.
    `until_stored`: it can be taken back as long as it is not on disk, else between two attempts only.
    """

    use_case: UseCase
    done: Callable[[Any], object]
    failed: Callable[[Failure], object]
    what: What | None
    until_stored: bool = False


class TakenBack(GreenStarError):
    """Whoever handed it in thought better of it before the disk took it; nothing of it is stored."""

    def __init__(self) -> None:
        super().__init__("saving.taken_back")


class Mistake(GreenStarError):
    """The program itself went wrong in a use case; nothing of that is stored."""

    def __init__(self, error: Exception) -> None:
        super().__init__("saving.mistake", technical=f"{type(error).__name__}: {error}")
        self.__cause__ = error


class Writer:
    """One thread with a workspace of its own on the same storage.

    `deliver` has something run where the results are wanted; `troubled` is told there why nothing can be written just
    now, and None once it can be again.
    """

    def __init__(self, workspace: Workspace, deliver: Deliver, troubled: Callable[[Phrase | None], object]) -> None:
        self._like, self._deliver, self._troubled = workspace, deliver, troubled
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._trouble: Phrase | None = None
        self._unwanted: Job | None = None  # the job at work, once it is taken back
        self._ending = self._giving_up = False

    def put(self, job: Job) -> None:
        """Hand in a job; it is carried out after all that were handed in before."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
            self._thread.start()

    def take_back(self, job: Job) -> None:
        """Carry a job out no more: `failed` is told `TakenBack`; or `done`, where the disk has it by now."""
        with self._changed:
            if any(waiting is job for waiting in list(self._jobs)[1:]):
                self._jobs.remove(job)
                self._tell(partial(job.failed, TakenBack()))
            elif self._jobs and self._jobs[0] is job:
                self._unwanted = job
                self._changed.notify_all()

    def close(self, deadline: float) -> dict[str, str]:
        """End, once all is written, or after so many seconds; what was typed and not written, by its fields."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(deadline)
        with self._changed:
            self._giving_up = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_LAST_ATTEMPT)
        return dict(job.what for job in list(self._jobs) if job.what is not None)

    # -- on the thread

    def _work(self) -> None:
        workspace: Workspace | None = None
        while (job := self._next()) is not None:
            rest = _FIRST_REST
            told: Callable[[], object]
            while not self._giving_up:
                try:
                    self._still_wanted(job)
                    workspace = workspace or self._like.again(PATIENCE)
                    result = self._carry_out(job, workspace)
                except StorageError as error:
                    self._say(error.message)
                    with self._changed:
                        self._changed.wait_for(lambda: self._giving_up or self._unwanted is job, rest)
                    rest = min(2 * rest, _LONGEST_REST)
                    continue
                except (GreenStarError, Refused) as error:
                    told = partial(job.failed, error)
                except Exception as error:  # noqa: BLE001 - a mistake of ours, and the next job can do nothing for it
                    told = partial(job.failed, Mistake(error))
                else:
                    told = partial(job.done, result)
                self._jobs.popleft()
                if self._unwanted is not job or not self._jobs:
                    self._say(None)
                self._tell(told)
                break
        if workspace is not None:
            workspace.close()

    def _carry_out(self, job: Job, workspace: Workspace) -> Any:
        if not job.until_stored:
            return job.use_case(workspace)
        with workspace.storage.transaction():
            result = job.use_case(workspace)
            self._still_wanted(job)
            return result

    def _still_wanted(self, job: Job) -> None:
        if self._unwanted is job:
            raise TakenBack

    def _next(self) -> Job | None:
        """The next job, when there is one; None: this is the end."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._jobs) or self._ending)
            return self._jobs[0] if self._jobs and not self._giving_up else None

    def _say(self, trouble: Phrase | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._tell(partial(self._troubled, trouble))

    def _tell(self, told: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # whoever wanted to know is gone
            self._deliver(told)
