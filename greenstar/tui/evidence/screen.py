"""The evidence of a criterion: files are attached, looked at, verified, captioned, moved and removed here."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence import evidence
from greenstar.services.evidence.evidence import EvidenceEntry, Keeping
from greenstar.services.evidence.viewer_copy import copy_to_look_at, is_program
from greenstar.tui.commands import (
    ADD_FILE,
    BACK,
    CAPTION,
    KEYS,
    LANGUAGE,
    LIGHT,
    MOVE_FILE,
    OPEN_FILE,
    PALETTE,
    QUIT,
    REMOVE_FILE,
    UNDO_EVIDENCE,
    VERIFIED,
    WHOLE_VISIT,
)
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.evidence.evidence_rows import EvidenceRows
from greenstar.tui.evidence.evidence_taking import EvidenceTaking
from greenstar.tui.evidence.path_field import PathField


class EvidenceScreen(EvidenceTaking):
    """The field has the cursor; the list is below it, and the keys work from both."""

    commands = (
        KEYS,
        BACK,
        ADD_FILE,
        OPEN_FILE,
        VERIFIED,
        CAPTION,
        WHOLE_VISIT,
        MOVE_FILE,
        REMOVE_FILE,
        UNDO_EVIDENCE,
        LANGUAGE,
        PALETTE,
        LIGHT,
        QUIT,
    )

    @dataclass
    class Opened(Message):
        """What became of opening a file."""

        told: Phrase
        wrong: bool = False

    # -- from part to part

    @on(PathField.Left)
    def _down(self) -> None:
        if self.entries:
            self.rows.focus()

    @on(EvidenceRows.Left)
    def _up(self) -> None:
        if not self.visit.read_only:
            self.path_field.input.focus()

    @on(EvidenceRows.Asked)
    def _asked(self, event: EvidenceRows.Asked) -> None:
        self.action_command(event.command)

    @on(EvidenceRows.Chosen, "#body")
    def _chosen(self) -> None:
        self.do_open_file()

    def do_back(self) -> None:
        """Stop what is being copied, else back."""
        if self.stop():
            self.host.notify(Phrase("evidence.stopping"))
        else:
            super().do_back()

    def do_add_file(self) -> None:
        """The cursor into the field."""
        if not self._refused():
            self.path_field.input.focus()

    def do_caption(self) -> None:
        """The cursor into the caption."""
        if self._wanted() is not None and not self._refused():
            self.caption.focus()

    def do_whole_visit(self) -> None:
        """The evidence of the whole visit, or of this criterion only."""
        self.settle_caption()
        self.whole = not self.whole
        self.reload()
        self.relabel()

    # -- changes

    def do_verified(self) -> None:
        """Verified, or not."""
        self._change(lambda entry: evidence.set_verified(self.visit, entry, on=not entry.verified))

    def do_remove_file(self) -> None:
        """Take it away."""
        entry = self.entry
        if self._change(lambda one: evidence.remove(self.visit, one)) and entry is not None:
            self.host.notify(Phrase("evidence.removed", file=entry.file, criterion=entry.criterion))

    def do_move_file(self) -> None:
        """Ask which criterion it supports instead."""
        entry = self._wanted()
        if entry is None or self._refused():
            return
        self.settle_caption()
        criteria = self.visit.scheme.criteria.values()
        found = [FinderItem(one.id, one.id, one.title) for one in criteria if one.id != entry.criterion]

        def chosen(criterion: str | None) -> None:
            if criterion is not None and self._change(lambda one: evidence.move(self.visit, one, criterion)):
                self.host.notify(Phrase("evidence.moved", file=entry.file, criterion=criterion))

        self.app.push_screen(Finder("evidence.move_to", found), chosen)

    def do_undo_evidence(self) -> None:
        """Take the last change of evidence back."""
        if self._refused():
            return
        self.settle_caption()
        try:
            criterion = evidence.undo(self.visit)
        except GreenStarError as error:
            self.say_unsaved(error)
            return
        key = "evidence.nothing_to_undo" if criterion is None else "evidence.undone"
        self.host.notify(Phrase(key, criterion=criterion or ""))
        self.reload()
        self.relabel()

    def _change(self, change: Callable[[EvidenceEntry], None]) -> bool:
        """Change the one under the cursor; whether it was."""
        entry = self._wanted()
        if entry is None or self._refused() or not self.settle_caption():
            return False
        entry = self.entry or entry
        try:
            change(entry)
        except GreenStarError as error:
            self.say_unsaved(error)
            done = False
        else:
            done = True
        self.reload()
        self.relabel()
        return done

    def _wanted(self) -> EvidenceEntry | None:
        if self.entry is None:
            self.host.notify(Phrase("evidence.none_yet"))
        return self.entry

    def _refused(self) -> bool:
        """Whether nothing can be changed here; says why."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        return self.visit.read_only

    # -- looking at it

    def do_open_file(self) -> None:
        """Show it in the system's viewer."""
        entry = self._wanted()
        if entry is None:
            return
        if entry.keeping is Keeping.KEPT:
            self.host.notify(Phrase("evidence.opening", file=entry.file))
        self.run_worker(lambda: self.post_message(self._open(entry)), group="opening", thread=True)

    def _open(self, entry: EvidenceEntry) -> Opened:
        """On another thread: copying takes a while, and so may the viewer."""
        try:
            copy = copy_to_look_at(evidence.files_of(self.visit), entry)
        except GreenStarError as error:
            return self.Opened(error.message, wrong=True)
        values = {"file": entry.file, "path": str(copy)}
        if is_program(copy.name):
            return self.Opened(Phrase("evidence.is_program", **values))
        if not self.host.desktop.show_file(copy):
            return self.Opened(Phrase("evidence.no_viewer", **values))
        return self.Opened(Phrase("evidence.opened", file=entry.file))

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        self.host.notify(event.told, wrong=event.wrong)
