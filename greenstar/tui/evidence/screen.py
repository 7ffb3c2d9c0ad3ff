"""The evidence of a criterion: files are attached, looked at, verified, captioned, moved and removed here."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar import keys
from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.conflict import Conflict, Sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols.evidence import Keeping
from greenstar.tui import glyphs
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.path_field import PathField
from greenstar.tui.common.screen import ARRIVED, LOOK_SECONDS
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.common.visit_title import saved_words
from greenstar.tui.evidence import evidence_text
from greenstar.tui.evidence.attach_panel import AttachPanel
from greenstar.tui.evidence.attaching import Attaching
from greenstar.tui.evidence.captions import Captions, HalfTypedTexts
from greenstar.tui.evidence.changes import EvidenceChanges
from greenstar.tui.evidence.entry_panel import EntryPanel
from greenstar.tui.evidence.evidence_list import EvidenceList
from greenstar.tui.evidence.evidence_rows import EvidenceRows
from greenstar.tui.evidence.photo_list import PhotoList
from greenstar.tui.evidence.photo_source import sources_of

_TO_A_FILE = {command.name for command in (keys.OPEN_FILE, keys.VERIFIED, keys.NOTE, keys.MOVE_FILE, keys.REMOVE)}


class EvidenceScreen(VisitScreen):
    """The field has the cursor; the list is below it, and the keys work from both."""

    commands = (
        *(keys.KEYS, keys.BACK, keys.ENTER.saying("attach"), keys.ADD.saying("add_file"), keys.NEWEST),
        *(keys.OPEN_FILE, keys.VERIFIED, keys.NOTE.saying("caption"), keys.WHOLE.saying("whole_visit"), keys.MOVE_FILE),
        *(keys.REMOVE.saying("remove_file"), keys.UNDO.saying("undo_evidence"), keys.LANGUAGE, keys.PALETTE),
        *(keys.LIGHT, keys.SETTINGS, keys.QUIT),
    )
    DEFAULT_CSS = """
    EvidenceScreen {
        #collect { margin: 0 1; }
        &.-high #collect { max-height: 9; margin: 1 1 0 1; }
        &.-high AttachPanel { margin: 1 0; }
        &.-high #caption-line { margin: 1 0; }
        &.-low PicturePreview { min-height: 3; }
        &.-roomy EntryPanel { width: 46; }
        &.-wide EntryPanel, &.-widest EntryPanel { width: 64; }
        &.-vast EntryPanel { width: 100; }
    }
    """

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__(visit)
        self.criterion = criterion
        self._filled = False
        self._half_typed = HalfTypedTexts(visit, self.host.saving)
        self._captions = Captions(visit, self._half_typed, self.host.saving)
        self._keep_soon = DelayedCall(self, self._keep_now)
        sources = () if visit.read_only else sources_of(self.host)
        self.evidence_list = EvidenceList(visit, criterion, self._captions, self.catalogue, sources, id="body")
        self._changes = EvidenceChanges(visit, self.evidence_list, self.host, self._show)
        self._attach_panel = AttachPanel(visit, criterion, self._half_typed, self.host)
        self._attaching = Attaching(self._attach_panel, self.evidence_list, self._changes, self.host)

    @override
    def body(self) -> Iterable[Widget]:
        yield Words(id="collect", classes="callout")
        yield self._attach_panel
        yield self.evidence_list

    def on_mount(self) -> None:
        """Read what there is, with what was half typed."""
        self._half_typed.read()
        self._attach_panel.fill()
        self.evidence_list.reload()
        self._filled = True
        if self.visit.read_only:
            self.evidence_list.rows.focus()
        else:
            self.path_field.input.focus()
            self.take_arrived()
        self.set_interval(LOOK_SECONDS, self._look)

    @on(ScreenResume)
    def _look(self) -> None:
        """Take in what another window did."""
        if not self.on_top or not self._filled or self.host.saving.pending(self.visit):
            return
        try:
            changed = self.visit.refresh()
        except StorageError:
            return  # the next look, or the next change, says so
        if changed:
            self._show()

    @override
    def does(self, command: keys.Command) -> bool:
        if command.name in _TO_A_FILE and not self.evidence_list.entries:
            return False
        return super().does(command)

    # -- parts

    @property
    def path_field(self) -> PathField:
        """Where files are named."""
        return self._attach_panel.field

    # -- showing

    def _show(self) -> None:
        """Show all as it is now."""
        self.evidence_list.reload()
        self.relabel()

    @override
    def relabel(self) -> None:
        super().relabel()
        self._show_title()
        self._show_collect()
        self._attach_panel.relabel(self.catalogue)
        self.evidence_list.relabel(self.catalogue)

    def _show_title(self) -> None:
        visit, catalogue = self.visit, self.catalogue
        title = visit.scheme.criteria[self.criterion].title.in_(catalogue.language)
        store = Content.assemble(glyphs.STAR.content, " ", (visit.visit.store.code, "bold $primary"))
        criterion = Content.assemble((f"   {self.criterion} {glyphs.DOT.mark} ", "$muted"), (title, "bold"))
        right = Content.assemble(saved_words(visit, self.host.saving, catalogue), f"   {catalogue.sign}")
        self.query_one("#title", SplitLine).show(Content.assemble(store, criterion), right)

    def _show_collect(self) -> None:
        words = evidence_text.collect(self.visit.scheme.criteria[self.criterion], self.size, self.catalogue)
        self.query_one("#collect", Words).say(words)

    @override
    def saving_changed(self) -> None:
        if self._filled:
            self._show_title()

    def on_resize(self) -> None:
        """Another height shows more."""
        if self._filled:
            self._show_collect()

    # -- from part to part

    @on(PathField.WentDown)
    def _to_list(self) -> None:
        self.evidence_list.enter()

    @on(EvidenceRows.WentUp)
    @on(PhotoList.WentUp)
    def _to_field(self) -> None:
        if not self.visit.read_only:
            self.path_field.input.focus()

    @on(EvidenceRows.Asked)
    def _asked(self, event: EvidenceRows.Asked) -> None:
        self.action_command(event.command)

    @on(EvidenceRows.Chosen)
    def _chosen(self) -> None:
        self.do_open_file()

    @override
    def do_back(self) -> None:
        if self._attach_panel.stop():
            self.host.notify(Phrase("evidence.stopping"))
        elif self.evidence_list.panel.caption.has_focus:
            self.evidence_list.rows.focus()
        else:
            super().do_back()

    def do_add(self) -> None:
        """The cursor into the field."""
        if not self._changes.refused():
            self.path_field.input.focus()

    def do_note(self) -> None:
        """The cursor into the caption."""
        if self._changes.wanted() is not None and not self._changes.refused():
            self.evidence_list.enter_caption()

    async def do_whole(self) -> None:
        """The evidence of the whole visit, or of this criterion only."""
        await self.evidence_list.record_caption()
        self.evidence_list.whole = not self.evidence_list.whole
        self._show()

    # -- what is typed

    @on(AttachPanel.Done)
    def _attached(self, event: AttachPanel.Done) -> None:
        self._keep_now()
        self._attaching.show(event.attached)
        self.relabel()
        if event.outcome is not None:
            self.host.notify(event.outcome)

    @on(PathField.Entered)
    def _path_entered(self, event: PathField.Entered) -> None:
        if self._attaching.possible():
            self._keep_now()
            self._attach_panel.start(event.text)

    @on(PhotoList.Attach)
    def _photos_chosen(self, event: PhotoList.Attach) -> None:
        self._attaching.photos(event.files)

    def do_newest(self) -> None:
        """Attach the newest file of the watched folders that is not attached yet."""
        self._attaching.newest()

    @on(EvidenceList.Recorded)
    def _recorded(self) -> None:
        self.relabel()

    @on(EvidenceList.NotRecorded)
    def _not_recorded(self, event: EvidenceList.NotRecorded) -> None:
        error = event.error
        if isinstance(error, Conflict):
            self.host.notify(Phrase("evidence.caption_clash", file=event.entry.file, by=error.by), wrong=True)
        elif isinstance(error, Sealed):
            self.host.tell_unrecorded(error.message, self._captions.give_up(event.entry))
            self._show()
        else:
            self._changes.say_unrecorded(error)

    @on(PathField.Changed)
    @on(EntryPanel.CaptionTyped)
    def _typed(self) -> None:
        self._keep_soon.ask()

    def _keep_now(self) -> None:
        """Put what is half typed on disk."""
        self._keep_soon.cancel()
        self._half_typed.keep()

    @override
    def take_arrived(self) -> bool:
        if self.visit.read_only or not self._filled:
            return False
        for path in self.host.places.pop(ARRIVED, ()):
            self.path_field.add(path)
        return True

    @override
    def settle(self) -> None:
        if self._filled:
            self._keep_now()
            self.evidence_list.leave_caption()

    @override
    def leave(self) -> None:
        self._attach_panel.stop()
        super().leave()

    # -- changes

    async def do_verified(self) -> None:
        """Verified, or not."""
        await self._changes.verify()

    async def do_remove(self) -> None:
        """Take it away."""
        await self._changes.remove()

    async def do_move_file(self) -> None:
        """Ask which criterion it supports instead."""
        await self._changes.ask_where_to()

    async def do_undo(self) -> None:
        """Take the last change of evidence back."""
        await self._changes.undo()

    # -- looking at it

    def do_open_file(self) -> None:
        """Show it in the system's viewer."""
        entry = self._changes.wanted()
        if entry is None:
            return
        if entry.keeping is Keeping.KEPT:
            self.host.notify(Phrase("evidence.opening", file=entry.file))
        self.evidence_list.view(entry, self.host.desktop)

    @on(EvidenceList.Viewed)
    def _viewed(self, event: EvidenceList.Viewed) -> None:
        self.host.notify(event.told, wrong=event.wrong)
