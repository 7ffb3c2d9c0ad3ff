"""Green Star's own screen on a database, gone at its first paint."""

import sys
from pathlib import Path

from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp

SIZE = (120, 36)


class Timed(GreenStarApp):
    """The app itself, which leaves when it is painted."""

    def on_ready(self) -> None:
        """Painted: done."""
        self.call_after_refresh(self.exit)


if __name__ == "__main__":
    with Workspace.open(Path(sys.argv[1])) as workspace:
        Timed(workspace, "en").run(headless=True, size=SIZE)
