"""What becomes of a visit elsewhere: in another window, by a command, or on a screen above its own."""

from typing import Protocol

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.scheme_of_visit import present_name
from greenstar.tui.visit.entry_taker import EntryTaker, Front
from greenstar.tui.visit.open_dialog import OpenDialog


class _Window(Front, Protocol):
    @property
    def on_top(self) -> bool:
        """Whether no other screen stands over it; dialogs may."""

    @property
    def is_active(self) -> bool:
        """Whether it is on the screen, whatever stands over it."""


class OutsideChanges:
    """Has the page show it; what is being typed there stays."""

    def __init__(self, entry_taker: EntryTaker, window: _Window, open_dialog: OpenDialog) -> None:
        """`open_dialog`: what asks for something to record, which a visit that was handed in takes no more."""
        self._entry_taker, self._window, self._open_dialog = entry_taker, window, open_dialog
        self._session, self._recorder, self._view = entry_taker.session, entry_taker.recorder, entry_taker.view
        self._sealed = entry_taker.session.visit.read_only  # and what was typed before is shown

    def look(self) -> None:
        """Look whether another window did something; the screen above looks at the same visit."""
        if self._window.on_top and self._recorder.look():
            self._take_in()

    def saving_changed(self) -> None:
        """Something is on its way to the disk, or there; another window may have been seen at that."""
        if self._window.on_top and self._session.outdated:
            self._session.as_recorded()
            self._take_in()
        else:
            self._window.show_title()

    def come_back(self) -> None:
        """Facts, evidence, findings may have changed meanwhile."""
        self._recorder.look()
        self._session.as_recorded()
        self._take_in()

    def _take_in(self) -> None:
        if self._session.visit.read_only and not self._sealed:
            self._sealed = True
            self._open_dialog.stop()
            self._entry_taker.show_left(Phrase("tui.is_read_only"))
        self.show()

    def show(self) -> None:
        """Show the visit as it is recorded, on a screen of its own where it goes by other criteria or words by now."""
        if self._session.visit.moved or self._session.scheme is not self._view.outline.scheme:
            self._open_anew()
        else:
            self._view.show_recorded()
            self._window.show_title()

    def _open_anew(self) -> None:
        if self._window.is_active:  # else when it comes up
            host, app, visit = self._window.host, self._view.page.app, self._session.visit
            criterion = present_name(host.workspace, visit.assessment, self._view.criterion)
            host.show_stores()
            host.show_visit(visit.visit.store.code, criterion)
            app.call_after_refresh(host.notify, Phrase("tui.opened_anew"))
