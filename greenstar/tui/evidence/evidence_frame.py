"""The look of a list of evidence, and how it is filled. What one does there comes on top."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from textual.widgets import Input

from greenstar.errors import StorageError
from greenstar.services.evidence.evidence import EvidenceEntry, caption_in, of_criterion, of_visit
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common import wording
from greenstar.tui.common.lines import fit, wrapped
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.evidence.evidence_rows import EvidenceRows, details, row_line
from greenstar.tui.evidence.path_field import PathField

_COLLECT_LINES = 3  # that say what to collect
_ROOM, _MUCH_ROOM = 22, 30  # lines of a window in which there are as many, or as many as it needs
_LOOK = 1.5  # seconds between two looks at what other windows did


class EvidenceFrame(GreenScreen):
    """Shows the evidence of one criterion, or of the whole visit."""

    DEFAULT_CSS = """
    EvidenceFrame {
        #collect { padding: 0 1; color: $muted; }
        PathField { padding: 0 1; margin: 1 0 0 0; }
        #going { padding: 0 1; color: $accent; }
        #trouble { padding: 0 1; color: $error; max-height: 6; }
        #heading { padding: 0 1; margin-top: 1; text-style: bold; color: $primary; }
        #none { padding: 0 2; color: $muted; }
        #detail { height: auto; background: $surface; padding: 0 1; display: none; }
        #detail.-filled { display: block; }
        #caption-line { height: 1; }
        #caption-word { width: auto; padding-right: 1; color: $muted; }
        #caption {
            width: 1fr; height: 1; padding: 0 1; background: $field;
            border: none; border-left: ascii $faint; border-right: ascii $faint;
            &:focus {
                background: $field-focus; background-tint: transparent;
                border: none; border-left: ascii $primary; border-right: ascii $primary;
            }
        }
        &.-high #collect { max-height: 9; margin-top: 1;  }
        &.-high #detail { padding: 1; }
    }
    """

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__()
        self.visit = visit
        self.criterion = criterion
        self.whole = False
        self.entries: list[EvidenceEntry] = []
        self.entries_read = False
        self.half_typed: dict[str, str] = {}
        self.captioned: EvidenceEntry | None = None

    def body(self) -> Iterable[Widget]:
        """What to collect, the field, the list, and one of it in full."""
        yield Words(id="collect")
        yield PathField(self.host.desktop.complete_path)
        yield Words(id="going")
        yield Words(id="trouble")
        yield SplitLine(id="heading")
        yield Words(id="none")
        yield EvidenceRows(self._draw, id="body")
        with Vertical(id="detail"):
            yield Words(id="details")
            with Horizontal(id="caption-line"):
                yield Line(id="caption-word")
                yield Input(id="caption", select_on_focus=False)

    def on_mount(self) -> None:
        """Read what there is, with what was half typed."""
        row = self.visit.assessment
        self.half_typed = drafts.kept(self.visit.workspace, row.store, row.id)
        self.path_field.fill(self.half_typed.get(self.path_draft, ""), locked=self.visit.read_only)
        self.reload()
        self.relabel()
        if self.visit.read_only:
            self.rows.focus()
        else:
            self.path_field.input.focus()
        self.set_interval(_LOOK, self._look)

    @on(ScreenResume)
    def _look(self) -> None:
        """Take in what another window did."""
        if not self.is_current or not self.entries_read:
            return
        try:
            changed = self.visit.refresh()
        except StorageError:
            return  # the next look, or the next change, says so
        if changed:
            self.reload()
            self.relabel()

    # -- parts

    @property
    def rows(self) -> EvidenceRows:
        """The list."""
        return self.query_one(EvidenceRows)

    @property
    def path_field(self) -> PathField:
        """Where files are named."""
        return self.query_one(PathField)

    @property
    def caption(self) -> Input:
        """Where a caption is typed."""
        return self.query_one("#caption", Input)

    @property
    def path_draft(self) -> str:
        """The field that keeps half-typed paths."""
        return drafts.field("evidence", self.criterion)

    @property
    def entry(self) -> EvidenceEntry | None:
        """The one under the cursor."""
        found: EvidenceEntry | None = self.rows.row
        return found

    # -- showing

    def reload(self, at: EvidenceEntry | None = None) -> None:
        """Read the list again; the cursor stays where it is, or goes to `at`."""
        at = at or self.entry
        self.entries = of_visit(self.visit) if self.whole else of_criterion(self.visit, self.criterion)
        self.entries_read = True
        self.rows.show(self.entries, self._place_of(at))
        self.show_entry()

    def _place_of(self, entry: EvidenceEntry | None) -> int | None:
        """Where an entry stands in the list; without one, where those of this criterion begin."""
        for index, one in enumerate(self.entries):
            if one.is_same(entry) if entry is not None else one.criterion == self.criterion:
                return index
        order = list(self.visit.scheme.criteria)
        before = order[: order.index(self.criterion)]
        return sum(one.criterion in before for one in self.entries) if entry is None else None

    def show_entry(self) -> None:
        """Show the one under the cursor in full, with its caption."""
        entry = self.entry
        self.query_one("#detail").set_class(entry is not None, "-filled")
        self.query_one("#none", Words).say("" if self.entries else self.catalogue.say("evidence.none"))
        if entry is None:
            self.captioned = None
            return
        self.query_one("#details", Words).say(details(entry, self.catalogue))
        text = self.half_typed.get(caption_in(entry), entry.caption)
        if self.captioned is None or not self.captioned.is_same(entry) or not self.caption.has_focus:
            with self.prevent(Input.Changed):
                self.caption.value = text
            self.caption.cursor_position = len(text)
        self.captioned = entry
        self.caption.disabled = self.visit.read_only

    def relabel(self) -> None:
        """Write every word again."""
        super().relabel()
        say, visit, language = self.catalogue.say, self.visit, self.catalogue.language
        criterion = visit.scheme.criteria[self.criterion]
        left = Content.assemble(
            (visit.visit.store.code, "bold $primary"), "  ", (self.criterion, "bold $primary"), "  ",
            (criterion.title.in_(language), "bold"),
        )  # fmt: skip
        saved = Content("")
        if visit.read_only:
            saved = Content(say("tui.read_only"))
        elif visit.saved_at is not None:
            saved = Content.styled(say("tui.saved", time=wording.local_time(visit.saved_at)), "$success")
        self.query_one("#title", SplitLine).show(left, Content.assemble(saved, f"   {say('tui.this_language')}"))
        self.query_one("#collect", Words).say(self._collect())
        self.path_field.input.disabled = visit.read_only
        self.path_field.relabel(say("evidence.add"), say("evidence.add_hint"), self.catalogue)
        self.query_one("#caption-word", Line).update(Content(say("evidence.caption")))
        self.caption.placeholder = say("evidence.caption_hint")
        self._say_heading()
        self.rows.refresh()
        self.show_entry()

    def _collect(self) -> Content:
        """What the criterion asks for."""
        wanted = [text.in_(self.catalogue.language) for text in self.visit.scheme.criteria[self.criterion].evidence]
        if not wanted:
            return Content("")
        heading = (self.catalogue.say("tui.collect"), "bold $primary")
        if self.size.height >= _MUCH_ROOM:
            return Content.assemble(heading, *(f"\n  - {one}" for one in wanted))
        lines = wrapped(
            Content.assemble(heading, " ", self.catalogue.say("tui.then").join(wanted)), self.size.width - 2
        )
        most = _COLLECT_LINES if self.size.height >= _ROOM else 1
        if len(lines) > most:
            lines[most - 1] = Content.assemble(fit(lines[most - 1], self.size.width - 6).rstrip(), " ...")
        return Content("\n").join(lines[:most])

    def _say_heading(self) -> None:
        say = self.catalogue.say
        what = say("evidence.of_visit") if self.whole else say("evidence.of_criterion", id=self.criterion)
        verified = str(sum(one.verified for one in self.entries))
        count = say("tui.files", count=len(self.entries), verified=verified) if self.entries else ""
        self.query_one("#heading", SplitLine).show(f"{what}  {count}")

    def _draw(self, entry: EvidenceEntry, width: int) -> Content:
        return row_line(entry, width, self.catalogue, criterion=self.whole)

    def on_resize(self) -> None:
        """Another height shows more."""
        if self.entries_read:
            self.query_one("#collect", Words).say(self._collect())
