"""The workspace of one sitting: one storage, one scheme, one cycle, one assessor, one clock."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from greenstar.i18n.phrase import Phrase
from greenstar.record.timestamps import written_time
from greenstar.services.settings import settings
from greenstar.services.spelling import as_known
from greenstar.storage.opening import open_storage, was_interrupted
from greenstar.text import clean_line, clean_name, printable_line, tidied

if TYPE_CHECKING:
    from greenstar.scheme.model import Scheme
    from greenstar.services.signing.signing import Signing
    from greenstar.storage.protocols.storage import Storage

MOST_CYCLE = 60


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def _kept_cycle(cycle: str) -> str:
    """A cycle as it is kept, where no visit spells it otherwise."""
    return printable_line(tidied(cycle))[:MOST_CYCLE]


class Workspace:
    """What every use case works in."""

    def __init__(
        self,
        storage: "Storage",
        *,
        scheme: str | None = None,
        cycle: str | None = None,
        assessor: str | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.storage = storage
        self.clock = clock
        self.named_scheme = scheme
        self.named_cycle = cycle if _kept_cycle(cycle or "") else None
        self._named_assessor = assessor

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        scheme: str | None = None,
        cycle: str | None = None,
        assessor: str | None = None,
        write: bool = True,
        clock: Callable[[], datetime] = utc_now,
    ) -> "Workspace":
        """The workspace on the database at `path`, by default the user's own. `scheme`: a name or a path.

        With `write` the database is made where there is none; without, nothing is made or changed.
        """
        path = path or settings.default_database()
        if write:
            settings.make_home(path)
        return cls(open_storage(path, write=write), scheme=scheme, cycle=cycle, assessor=assessor, clock=clock)

    def again(self, patience: int | None = None) -> Self:
        """The same workspace on a storage opened anew, for another thread.

        `patience`: milliseconds that its writes wait for another program.
        """
        self.signing  # noqa: B018 - one for both: what is unlocked here is unlocked there
        other = copy(self)
        other.storage = self.storage.again(patience)
        return other

    def close(self) -> None:
        """Close the storage."""
        self.storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def restore_was_interrupted(self) -> bool:
        """Whether somebody began to restore a backup here and was stopped before anything changed."""
        return was_interrupted(Path(self.storage.where))

    @property
    def told_at_opening(self) -> Phrase | None:
        """What is to be said of the database before anything is done in it; None: nothing."""
        if self.restore_was_interrupted:
            return Phrase("backup.interrupted", file=self.storage.where)
        return Phrase("storage.copy_in_use", file=self.storage.where) if self.storage.is_copy_in_use else None

    def now(self) -> str:
        """The time by this workspace's clock, as the database keeps it."""
        return written_time(self.clock())

    def today(self) -> date:
        """The day by this workspace's clock, where the computer stands."""
        return self.clock().astimezone().date()

    @property
    def cycle(self) -> str:
        """The cycle asked for, else the latest one there is, else the year."""
        if self.named_cycle:
            return self.known_cycle(self.named_cycle)
        return self.storage.cycles.latest() or f"{self.today():%Y}"

    def known_cycle(self, cycle: str) -> str:
        """A cycle as its visits spell it, else in a spelling to be kept."""
        kept = _kept_cycle(cycle)
        return self.storage.cycles.called(kept, spelt=clean_line(cycle)) or kept

    @cached_property
    def assessor(self) -> str:
        """The assessor named, else the configured one, else the login name."""
        return self.person(settings.name_at_work(self._named_assessor))

    def person(self, name: str) -> str:
        """A name of somebody who assesses, as visits spell it already, else in a spelling to be kept."""
        return as_known(clean_name(name), self.storage.assessments.assessors())

    def as_person(self, name: str) -> Self:
        """The same workspace with somebody else at work, for one use case; nothing of that is kept."""
        other = copy(self)
        other.__dict__.pop("assessor", None)
        vars(other)["_named_assessor"] = name
        return other

    def in_cycle(self, cycle: str) -> Self:
        """The same workspace in another cycle, for one use case."""
        other = copy(self)
        other.named_cycle = cycle
        return other

    def go_on_in(self, cycle: str) -> None:
        """From now on work in a cycle that has begun: where one was asked for, in this one in its place."""
        if self.named_cycle is not None:
            self.named_cycle = cycle

    @property
    def unnamed(self) -> bool:
        """Whether nobody has said who the assessor is, so that the login name stands in."""
        return not self._named_assessor and settings.configured("assessor") is None

    @cached_property
    def signing(self) -> "Signing":
        """The user's own key in this sitting. Nothing of it is read before something is to be signed."""
        from greenstar.services.signing.signing import Signing  # noqa: PLC0415 - most commands sign nothing

        return Signing()

    def take_name(self, name: str) -> None:
        """Who the assessor is in this sitting; an empty name changes nothing."""
        self._named_assessor = name.strip() or self._named_assessor
        self.__dict__.pop("assessor", None)

    def name_assessor(self, name: str) -> None:
        """Keep who the assessor is, for this sitting and all later ones; an empty name keeps nothing."""
        self.take_name(name)
        if name.strip():
            settings.configure("assessor", self.assessor)

    @cached_property
    def scheme(self) -> "Scheme":
        """The scheme asked for, else the only one in the storage, else the shipped one."""
        from greenstar.services.schemes.registry import scheme_of  # noqa: PLC0415 - reading schemes is slow to import

        return scheme_of(self.storage, self.named_scheme)

    def use_scheme_of(self, store: str) -> None:
        """From now on work with the scheme of a store's latest visit, where it has one and no other was asked for."""
        visits = [] if self.named_scheme is not None else self.storage.assessments.of_store(store)
        if visits:
            from greenstar.services.schemes.registry import stored  # noqa: PLC0415 - as above

            self.__dict__["scheme"] = stored(self.storage, visits[0].scheme)
