"""The last changes of a store's latest visit, for windows that have room for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.visit.history import HistoryEntry, history
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.text import one_line
from greenstar.tui.common.lines import columns

_WHEN, _WHO, _GAP = 11, 16, 2  # cells
_MOST = 100
_ROOMY = 90  # cells from which it is said who made a change


@dataclass(frozen=True)
class RecentChanges:
    """The changes of a visit, the newest first; none where the store was never visited."""

    visit: OpenVisit | None
    entries: Sequence[HistoryEntry] = ()

    def lines(self, catalogue: Catalogue, width: int) -> Iterator[Content]:
        """A line each: when, who, what; as many as the highest window has."""
        if self.visit is None:
            yield Content.styled(catalogue.say("tui.none"), "$muted")
            return
        by_number = {entry.number: entry for entry in self.entries}
        who = _WHO if width >= _ROOMY else 0
        room = width - _WHEN - who - (_GAP * 2 if who else _GAP)
        for entry in self.entries[:_MOST]:
            when = Content.styled(entry.at.astimezone().strftime("%m-%d %H:%M"), "$muted")
            words = one_line(catalogue.render(entry_phrase(self.visit.scheme, entry, by_number, None)))
            yield columns([(when, _WHEN), (Content.styled(entry.by, "$muted"), who), (words, room)], _GAP)


def recent_changes(workspace: Workspace, code: str) -> RecentChanges:
    """What was changed last in the latest visit of a store. StorageError: it cannot be read."""
    rows = workspace.storage.assessments.of_store(code)
    if not rows:
        return RecentChanges(None)
    visit = OpenVisit(workspace.in_cycle(rows[0].cycle), rows[0])
    return RecentChanges(visit, history(visit))
