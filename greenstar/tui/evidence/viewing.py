"""Looking at a piece of evidence with whatever shows such files."""

from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.evidence.viewer_copy import copy_to_look_at, may_be_shown
from greenstar.storage.protocols.evidence import EvidenceFiles
from greenstar.tui.desktop.desktop import Desktop


def view(entry: EvidenceEntry, files: EvidenceFiles, desktop: Desktop) -> Phrase:
    """Show a copy of an entry's file, if it is of a kind that is only looked at; what came of it. It may take a moment.

    GreenStarError: there is no file, or it cannot be copied.
    """
    copy = copy_to_look_at(files, entry)
    if not may_be_shown(copy.name):
        return Phrase("evidence.not_shown", file=entry.file, path=str(copy))
    if not desktop.show_file(copy):
        return Phrase("evidence.no_viewer", file=entry.file, path=str(copy))
    return Phrase("evidence.opened", file=entry.file)
