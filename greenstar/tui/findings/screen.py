"""The findings of a criterion, or of the whole visit: written down, closed, and those of the last visit settled."""

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar import keys
from greenstar.i18n.phrase import Phrase
from greenstar.services.findings.findings import (
    FindingEntry,
    close,
    close_previous,
    confirm_previous,
    remove,
    reopen,
)
from greenstar.services.findings.form import half_typed_at
from greenstar.services.visit.undoing import redo_last, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt
from greenstar.tui import glyphs, routes
from greenstar.tui.common import finding_text
from greenstar.tui.common.finding_text import can_be_followed_up
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.common.undo import A_REDO, AN_UNDO, attempt
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.findings.finding_rows import FindingRows
from greenstar.tui.findings.form import FindingForm, named
from greenstar.tui.steps.store_steps import StoreSteps

_TO_A_FINDING = {command.name for command in (keys.ENTER, keys.STILL_SO, keys.CLOSE, keys.REMOVE)}


class FindingsScreen(VisitScreen):
    """A list and the finding under its cursor in full; one key for each thing to do with it, and a form for one."""

    commands = keys.screen_commands(
        *(
            keys.ENTER.saying("change_finding", writes=True),
            keys.ON.saying("to_criterion"),
            keys.ADD.saying("new_finding"),
        ),
        *(keys.STILL_SO.saying("still_open"), keys.CLOSE, keys.WHOLE.saying("all_findings")),
        *(keys.REMOVE.saying("remove_finding"), keys.HISTORY, keys.UNDO, keys.REDO),
    )
    DEFAULT_CSS = """
    FindingsScreen {
        #half { margin: 0 1; color: $warning; }
        #list { height: 1fr; width: 1fr; }
        #none { padding: 0 1; color: $muted; }
        #findings { height: 1fr; }
        #detail { height: auto; max-height: 50%; }
        &.-high #body { margin-top: 1; }
        &.-wide, &.-widest, &.-vast {
            #body { layout: horizontal; }
            #detail { width: 46; height: 1fr; max-height: 100%; }
        }
        &.-widest #detail { width: 54; }
        &.-vast #detail { width: 72; }
    }
    """

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__(visit)
        self.criterion = criterion
        self._looked_at: FindingEntry | None = None
        self._shown = visit.worked
        rows = FindingRows(visit, criterion, self.catalogue, id="findings")
        self._list = Vertical(Words(id="none"), rows, id="list")
        self._detail = VerticalScroll(Words(id="entry"), id="detail")
        self._list_words, self._detail_words = PanelWords(self._list), PanelWords(self._detail)

    @override
    def body(self) -> Iterable[Widget]:
        yield Words(id="half", classes="callout")
        yield Vertical(self._list, self._detail, id="body")

    @override
    def does(self, command: keys.Command) -> bool:
        if command.name in _TO_A_FINDING and not self.rows.rows:
            return False
        if command is keys.CLOSE and self.read_only:  # it says how
            return any(can_be_followed_up(self.visit, entry) for entry in self.rows.rows)
        return super().does(command)

    @property
    def rows(self) -> FindingRows:
        """The findings, a row each."""
        return self.query_one(FindingRows)

    def on_mount(self) -> None:
        """The cursor stands in the list; what is half typed here goes on."""
        self.rows.reload()
        self.rows.focus()
        self.look_out(self._show)
        if half_typed_at(self.visit, self.criterion) is not None:
            self.call_after_refresh(self._open_form, self.criterion, None, "findings.goes_on")

    @on(ScreenResume)
    def _came_back(self) -> None:
        self._show()

    @override
    def saving_changed(self) -> None:
        if self.query(FindingRows) and self._shown is not self.visit.worked:  # what nobody waited for is on disk
            self._show()

    # -- showing

    def _show(self, follow: FindingEntry | None = None) -> None:
        """Show all as it is now, with the cursor at the same finding or at the one to follow."""
        self._shown = self.visit.worked
        self.rows.reload(follow)
        self.relabel()

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.say_title(say("findings.title"))
        counts = "   ".join(say(key, count=count) for key, count in self.rows.counts().items() if count)
        self._list_words.title(self._scope(), self._list.size.width)
        self._list_words.foot(Content(counts))
        self.query_one("#none", Words).say("" if self.rows.rows else self._nothing())
        self.query_one("#half", Words).say(self._half_typed_words())
        self.rows.relabel(self.catalogue)
        self._show_entry()

    def _scope(self) -> Content:
        if self.rows.whole:
            return Content(self.catalogue.say("findings.of_visit"))
        return self._criterion_words(self.criterion)

    def _criterion_words(self, criterion: str) -> Content:
        title = self.visit.scheme.criteria[criterion].title.in_(self.catalogue.language)
        return Content.assemble((criterion, "bold $primary"), f" {glyphs.DOT.mark} ", (title, "bold"))

    def _nothing(self) -> str:
        if self.visit.read_only:
            return self.catalogue.say("findings.none_sealed")
        key = "findings.none_at_all" if self.rows.whole else "findings.none_here"
        return self.catalogue.say(key, id=self.criterion)

    def _half_typed_words(self) -> str:
        half = half_typed_at(self.visit, self.criterion)
        if half is None:
            return ""
        text = excerpt(half.values["text"] or half.values["action"])
        say = self.catalogue.say
        return f"{say('findings.half_typed', id=self.criterion, text=text)}  {say('findings.half_typed_more')}"

    def _show_entry(self) -> None:
        """The finding under the cursor in full."""
        entry = self._looked_at = self.rows.entry
        words = finding_text.in_full(self.visit, entry, self.catalogue) if entry is not None else ""
        self.query_one("#entry", Words).say(words)
        self._detail.display = entry is not None
        if entry is not None:
            self._detail_words.title(self._criterion_words(entry.finding.criterion), self._detail.outer_size.width)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_entry()
        self._detail.scroll_home(animate=False)

    # -- the form

    def _open_form(self, criterion: str, entry: FindingEntry | None, notice: str = "") -> None:
        """The form of a finding, or of a new one; what is half typed at the criterion comes first."""
        half = half_typed_at(self.visit, criterion)
        if half is not None and entry is not None and entry != half.entry:
            notice = "findings.goes_on_first"
        form = FindingForm(self.visit, criterion, entry, half, notice)
        self.app.push_screen(form, lambda told: self._left_form(form, told))

    def _left_form(self, form: FindingForm, told: Phrase | None) -> None:
        self._show(form.kept)
        if told is not None:
            self.host.notify(told)
        elif half_typed_at(self.visit, self.criterion) is not None:
            self.host.notify(Phrase("findings.half_kept"))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Enter opens the form; a click on another line shows that one first."""
        entry: FindingEntry = event.row
        if entry != self._looked_at:
            self._moved()
        elif self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        elif entry.cycle is not None:
            self.host.notify(Phrase("findings.settle_first"))
        else:
            self._open_form(entry.finding.criterion, entry)

    def do_add(self) -> None:
        """Write down a new one, or go on with the one that is half typed."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        else:
            self._open_form(self.criterion, None)

    # -- one key each

    async def _do(self, change: Callable[[OpenVisit, FindingEntry], None], told: str) -> None:
        """Change the finding under the cursor, and say what was done."""
        entry = self.rows.entry
        if entry is None:
            return

        def change_entry(visit: OpenVisit) -> Phrase:
            change(visit, entry)
            return Phrase(told, text=excerpt(entry.finding.text))

        await attempt(self.host, self.visit, change_entry, what=named(entry.finding))
        self._show()

    async def do_close(self) -> None:
        """Close the finding today, or open it again; one of a sealed visit is closed with proof."""
        entry = self.rows.entry
        if entry is not None and can_be_followed_up(self.visit, entry):
            row = self.visit.assessment
            StoreSteps(self, self.visit.workspace, row.store, self._closed_with_proof).follow_up(row.cycle, [entry])
        elif entry is not None and entry.cycle is not None:
            await self._do(close_previous, "findings.was_closed")
        elif entry is not None and entry.finding.closed is not None:
            await self._do(reopen, "findings.was_reopened")
        else:
            await self._do(close, "findings.was_closed")

    def _closed_with_proof(self) -> None:
        """From now on the visit that is looked at is the revision that was sealed by it."""
        storage, row = self.visit.workspace.storage, self.visit.assessment
        newest = storage.assessments.latest(row.store, row.cycle, row.scheme_name)
        if newest is not None:
            visit = OpenVisit(self.visit.workspace, newest)
            self.host.show(routes.VISIT, visit, self.criterion, None)
            self.host.show(routes.FINDINGS, visit, self.criterion)

    async def do_still_so(self) -> None:
        """Confirm a finding of the last visit."""
        entry = self.rows.entry
        if entry is not None and entry.cycle is None:
            self.host.notify(Phrase("tui.is_read_only" if self.visit.read_only else "findings.not_of_last"))
        else:
            await self._do(confirm_previous, "findings.was_confirmed")

    async def do_remove(self) -> None:
        """Take the finding away; one of the last visit stays until it is settled."""
        entry = self.rows.entry
        if entry is not None and entry.cycle is not None:
            self.host.notify(Phrase("findings.settle_first"))
        else:
            await self._do(remove, "findings.was_removed")

    async def do_undo(self) -> None:
        """Take the last change of the visit back."""
        await attempt(self.host, self.visit, undo_last, what=AN_UNDO)
        self._show()

    async def do_redo(self) -> None:
        """Do again what was taken back last."""
        await attempt(self.host, self.visit, redo_last, what=A_REDO)
        self._show()

    # -- elsewhere

    def do_whole(self) -> None:
        """The whole visit, or this criterion only."""
        self.rows.toggle_whole()
        self.relabel()

    def do_on(self) -> None:
        """To the criterion of the finding under the cursor, in the visit."""
        entry = self.rows.entry
        criterion = entry.finding.criterion if entry is not None else self.criterion
        self.host.when_saved(lambda: self.host.show_visit(self.visit.visit.store.code, criterion))

    def do_history(self) -> None:
        """All that was changed in this visit."""
        self.host.when_saved(lambda: self.host.show(routes.HISTORY, self.visit))
