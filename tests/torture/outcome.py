"""What comes of a torture: how many runs, what came how often, and what was lost."""

import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_FAULTS = 5  # told of one torture; nobody reads more, and each may take long


class SkippedError(Exception):
    """A torture cannot run here; the text says why."""


class MissingError(SkippedError):
    """A program that a torture needs is not installed: in continuous integration that is a failure."""


@dataclass
class Outcome:
    """What came of a torture."""

    runs: int = 0
    faults: list[str] = field(default_factory=list)  # what was lost, or not noticed, each with the run that shows it
    ways: Counter[str] = field(default_factory=Counter)  # how the runs ended, and how often

    @contextmanager
    def run(self, name: str) -> Iterator[None]:
        """One run: whatever is raised in it is a fault, and the next one can follow."""
        self.runs += 1
        try:
            yield
        except SkippedError:
            raise
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            text = str(error) or where.line
            self.faults.append(f"{name}: {type(error).__name__}: {text} ({where.filename}:{where.lineno})")
            if len(self.faults) >= MOST_FAULTS:
                raise TooManyError from error

    def ended(self, way: str) -> None:
        """Count how a run ended."""
        self.ways[way] += 1


class TooManyError(Exception):
    """So much is wrong that a torture need not go on."""
