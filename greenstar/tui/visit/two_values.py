"""One thing, and what two windows made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.visit.conflict import Conflict
from greenstar.tui.common import wording

Value = TypeVar("Value")


@dataclass(frozen=True)
class TwoValues(Generic[Value]):
    """`mine` was given here and is not recorded; `theirs` is recorded."""

    mine: Value
    theirs: Value
    conflict: Conflict
    subject: Callable[[Catalogue], str]
    words: Callable[[Value, Catalogue], str]

    def say_mine(self, catalogue: Catalogue) -> str:
        """What was given here."""
        return catalogue.say("tui.clash_mine", value=self.words(self.mine, catalogue))

    def say_theirs(self, catalogue: Catalogue) -> str:
        """What the other window has, who gave it, and when."""
        time = wording.local_time(self.conflict.at or datetime.now(UTC))
        value = self.words(self.theirs, catalogue)
        return catalogue.say("tui.clash_theirs", by=self.conflict.by, time=time, value=value)
