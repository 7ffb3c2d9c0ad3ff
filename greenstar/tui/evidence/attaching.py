"""When files can be attached, which of the watched folders they are, and where they are seen then."""

from collections.abc import Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import Attached
from greenstar.services.evidence.watched_folder import WatchedFile
from greenstar.tui.evidence.attach_panel import AttachPanel
from greenstar.tui.evidence.changes import EvidenceChanges
from greenstar.tui.evidence.evidence_list import EvidenceList
from greenstar.tui.evidence.photo_list import PhotoList
from greenstar.tui.host import Host


class Attaching:
    """Has the panel attach, and the list show it."""

    def __init__(self, panel: AttachPanel, evidence_list: EvidenceList, changes: EvidenceChanges, host: Host) -> None:
        self._panel, self._list, self._changes, self._host = panel, evidence_list, changes, host

    def possible(self) -> bool:
        """Whether files can be attached now; says why not."""
        if self._changes.refused():
            return False
        if self._panel.busy:
            self._host.notify(Phrase("evidence.busy"))
        return not self._panel.busy

    def photos(self, files: Sequence[WatchedFile]) -> None:
        """Attach files of the watched folders; none of them while one is still being written."""
        if not self.possible():
            return
        growing = next((file for file in files if not file.whole), None)
        if growing is not None:
            self._host.notify(Phrase("evidence.still_grows", file=growing.name), wrong=True)
        else:
            self._panel.start_with([file.path for file in files])

    def newest(self) -> None:
        """Attach the newest file of the watched folders that is not attached yet."""
        photos = self._list.photos
        newest = photos.newest
        if newest is not None:
            photos.post_message(PhotoList.Attach([newest]))
        elif not photos.display:
            self._host.notify(Phrase("evidence.no_folder"))
        else:
            self._host.notify(Phrase("evidence.nothing_new" if photos.is_known else "evidence.looking"))

    def show(self, attached: Attached) -> None:
        """The list with what was attached; the cursor at the last of it."""
        self._list.photos.add_attached((file.name, file.bytes) for file, _ in attached.already)
        self._list.reload()
        if attached.added and not self._list.whole:
            self._list.go_to_last()
