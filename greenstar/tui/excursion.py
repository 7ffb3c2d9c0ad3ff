"""Where a person goes from the screen before coming back to it: another database, opened beside the user's own."""

import shutil
from dataclasses import dataclass
from pathlib import Path

TOUR_FOLDER = "greenstar-tour-"
"""How the names of the folders begin that a tour is made in, among the temporary ones."""


@dataclass(frozen=True)
class Excursion:
    """A database to be opened next, until that screen is left."""

    path: Path
    tour: bool = False
    """Whether it is shown by a tour. What that was typed into is thrown away: the whole folder."""

    def end(self) -> None:
        """Clear away what is not to be kept."""
        if self.tour:
            shutil.rmtree(self.path.parent, ignore_errors=True)
