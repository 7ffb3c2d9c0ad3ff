"""The findings of a criterion, or of the whole visit: written down, closed, and those of the last visit settled."""

from collections.abc import Callable

from textual import on

from greenstar.i18n.phrase import Phrase
from greenstar.services.findings.findings import FindingEntry, close, close_previous, confirm_previous, remove, reopen
from greenstar.services.visit.history_text import redo_last, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt
from greenstar.tui import routes
from greenstar.tui.commands import (
    ALL_FINDINGS,
    CLOSE_FINDING,
    HISTORY,
    NEW_FINDING,
    REDO,
    REMOVE_FINDING,
    STILL_OPEN,
    UNDO,
    VISIT,
    screen_commands,
)
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.undo import attempt
from greenstar.tui.findings.findings_list import FindingsList
from greenstar.tui.findings.form import FindingForm


class FindingsScreen(FindingsList):
    """One key for each thing to do with the finding under the cursor, and a form for one."""

    commands = screen_commands(
        NEW_FINDING, STILL_OPEN, CLOSE_FINDING, ALL_FINDINGS, REMOVE_FINDING, VISIT, HISTORY, UNDO, REDO
    )

    def on_mount(self) -> None:
        """What is half typed here goes on."""
        if self.half_typed(self.criterion) is not None:
            self.call_after_refresh(self._open_form, self.criterion, None, "findings.goes_on")

    # -- the form

    def _open_form(self, criterion: str, entry: FindingEntry | None, notice: str = "") -> None:
        """The form of a finding, or of a new one; what is half typed at the criterion comes first."""
        half = self.half_typed(criterion)
        if half is not None and entry is not None and entry != half.entry:
            notice = "findings.goes_on_first"
        form = FindingForm(self.visit, criterion, entry, half, notice)
        self.app.push_screen(form, lambda told: self._left_form(form, told))

    def _left_form(self, form: FindingForm, told: Phrase | None) -> None:
        self.show(form.kept)
        if told is not None:
            self.host.notify(told)
        elif self.half_typed(self.criterion) is not None:
            self.host.notify(Phrase("findings.half_kept"))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Enter opens the form; a click on another line shows that one first."""
        entry: FindingEntry = event.row
        if entry != self.looked_at:
            self.moved()
        elif self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        elif entry.cycle is not None:
            self.host.notify(Phrase("findings.settle_first"))
        else:
            self._open_form(entry.finding.criterion, entry)

    def do_new_finding(self) -> None:
        """Write down a new one, or go on with the one that is half typed."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        else:
            self._open_form(self.criterion, None)

    # -- one key each

    def _do(self, does: Callable[[OpenVisit, FindingEntry], None], told: str) -> None:
        entry = self.entry
        if entry is None:
            return

        def with_entry(visit: OpenVisit) -> Phrase:
            does(visit, entry)
            return Phrase(told, text=excerpt(entry.finding.text))

        attempt(self.host, self.visit, with_entry)
        self.show()

    def do_close_finding(self) -> None:
        """Close the finding today, or open it again."""
        entry = self.entry
        if entry is not None and entry.cycle is not None:
            self._do(close_previous, "findings.was_closed")
        elif entry is not None and entry.finding.closed is not None:
            self._do(reopen, "findings.was_reopened")
        else:
            self._do(close, "findings.was_closed")

    def do_still_open(self) -> None:
        """Confirm a finding of the last visit."""
        entry = self.entry
        if entry is not None and entry.cycle is None:
            self.host.notify(Phrase("tui.is_read_only" if self.visit.read_only else "findings.not_of_last"))
        else:
            self._do(confirm_previous, "findings.was_confirmed")

    def do_remove_finding(self) -> None:
        """Take the finding away; one of the last visit stays until it is settled."""
        entry = self.entry
        if entry is not None and entry.cycle is not None:
            self.host.notify(Phrase("findings.settle_first"))
        else:
            self._do(remove, "findings.was_removed")

    def do_undo(self) -> None:
        """Take the last change of the visit back."""
        attempt(self.host, self.visit, undo_last)
        self.show()

    def do_redo(self) -> None:
        """Do again what was taken back last."""
        attempt(self.host, self.visit, redo_last)
        self.show()

    # -- elsewhere

    def do_all_findings(self) -> None:
        """The whole visit, or this criterion only."""
        self.whole = not self.whole
        self.show(self.entry, anew=True)

    def do_visit(self) -> None:
        """To the criterion of the finding under the cursor, in the visit."""
        entry = self.entry
        criterion = entry.finding.criterion if entry is not None else self.criterion
        self.host.show_visit(self.visit.visit.store.code, criterion)

    def do_history(self) -> None:
        """All that was changed in this visit."""
        self.host.show(routes.HISTORY, self.visit)
