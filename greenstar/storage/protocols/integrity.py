"""Whether a storage is whole as a file, and is built as this program builds it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Integrity(Protocol):
    """Looks at the file itself, whatever it says."""

    def damage_sought(self) -> AbstractContextManager[Callable[[], Sequence[str]]]:
        """Look for damage while other things are done inside; then it is waited for and told.

        In the database's own words; nothing where it is whole.
        """

    def strangers(self) -> Iterator[str]:
        """The tables, indexes, triggers (which guard records) and views that are missing, changed or added."""

    def loose_ends(self) -> Iterator[str]:
        """The tables whose rows name a row elsewhere that is not there."""

    def without_events(self) -> Iterator[str]:
        """The tables that say of times, numbers and keys, which replaying does not give, other than the events do."""
