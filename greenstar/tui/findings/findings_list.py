"""The list of findings: those of the last visit that are to be settled on top, and the one under the cursor in full."""

from collections import Counter
from collections.abc import Iterable

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget

from greenstar.services.findings.findings import KIND, FindingEntry, findings_of, to_settle, today
from greenstar.services.findings.form import HalfTyped, read_half_typed
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt, one_line
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.stable_order import stable_order
from greenstar.tui.common.text import Words
from greenstar.tui.common.undo import look_again
from greenstar.tui.findings import finding_text

Known = tuple[str, str, str, int]
_LOOK = 1.0  # seconds between two looks at what other windows do


class FindingsList(GreenScreen):
    """Shows the findings of a criterion, or (`whole`) of the visit. What is done with them comes on top."""

    DEFAULT_CSS = """
    FindingsList {
        #scope { padding: 0 1; margin: 1 0; }
        #half { padding: 0 1; color: $warning; margin-bottom: 1; }
        #none { padding: 0 2; }
        #detail { height: auto; max-height: 45%; background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
        #detail:focus { background: $panel; }
    }
    """

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__()
        self.visit, self.criterion = visit, criterion
        self.whole = False
        self.looked_at: FindingEntry | None = None
        self._order: list[Known] = []  # in which they are shown, for as long as this list is

    def body(self) -> Iterable[Widget]:
        """Where, what is half typed, the list, and one of it in full."""
        yield SplitLine(id="scope")
        yield Words(id="half")
        yield Words(id="none")
        yield Rows(self._draw, id="body")
        with VerticalScroll(id="detail"):
            yield Words(id="entry")

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self._read()
        self.query_one(Rows).focus()
        self.set_interval(_LOOK, self._look)

    @on(ScreenResume)
    def _came_back(self) -> None:
        self.show()

    def _look(self) -> None:
        if look_again(self.host, self.visit):
            self.show()

    @property
    def entry(self) -> FindingEntry | None:
        """The finding under the cursor."""
        found: FindingEntry | None = self.query_one(Rows).row
        return found

    # -- showing

    def _read(self, follow: FindingEntry | None = None) -> None:
        """The list; the cursor follows a finding, by default the one that it stands at.

        One that is settled stays where it is, so that the next key meets the finding that the eye rests on.
        """
        criterion = None if self.whole else self.criterion
        entries = [*to_settle(self.visit, criterion), *findings_of(self.visit, criterion)]
        rows, known = self.query_one(Rows), _known(entries)
        here = _known([follow])[0] if follow is not None else next(iter(self._order[rows.cursor :]), None)
        self._order = stable_order(known, self._order)
        shown = dict(zip(known, entries, strict=True))
        rows.show([shown[one] for one in self._order], self._order.index(here) if here in shown else None)

    def show(self, follow: FindingEntry | None = None, *, anew: bool = False) -> None:
        """Show all as it is now, with the cursor at the same finding or at the one to follow; `anew`: sorted again."""
        if anew:
            self._order = []
        self._read(follow)
        self.relabel()

    def relabel(self) -> None:
        """Write every word again."""
        super().relabel()
        say, visit = self.catalogue.say, self.visit.visit
        status = say(f"tui.status_{self.visit.assessment.status}")
        left = Content.assemble((visit.store.code, "bold $primary"), "  ", (visit.store.name, "bold"))
        left = Content.assemble(left, f"  {visit.cycle}  {status}")
        self.query_one("#title", SplitLine).show(left, f"{say('findings.title')}   {say('tui.this_language')}")
        self.query_one("#scope", SplitLine).show(self._scope(), self._counts())
        self.query_one("#none", Words).say("" if self.query_one(Rows).rows else self._nothing())
        self.query_one("#half", Words).say(self._half())
        self.query_one(Rows).refresh()
        self._say_entry()

    def _scope(self) -> Content:
        if self.whole:
            return Content.styled(self.catalogue.say("findings.of_visit"), "bold")
        title = self.visit.scheme.criteria[self.criterion].title.in_(self.catalogue.language)
        return Content.assemble((self.criterion, "bold $primary"), "  ", (title, "bold"))

    def _counts(self) -> str:
        entries: list[FindingEntry] = list(self.query_one(Rows).rows)
        unsettled = sum(entry.cycle is not None for entry in entries)
        still_open = sum(entry.cycle is None and entry.finding.closed is None for entry in entries)
        counts = {"findings.count_open": still_open, "findings.count_to_settle": unsettled}
        return "   ".join(self.catalogue.say(key, count=count) for key, count in counts.items() if count)

    def _nothing(self) -> str:
        if self.visit.read_only:
            return self.catalogue.say("findings.none_sealed")
        key = "findings.none_at_all" if self.whole else "findings.none_here"
        return self.catalogue.say(key, id=self.criterion)

    def _half(self) -> str:
        found = self.half_typed(self.criterion)
        if found is None:
            return ""
        text = excerpt(found.values["text"] or found.values["action"])
        say = self.catalogue.say
        return f"{say('findings.half_typed', id=self.criterion, text=text)}  {say('findings.half_typed_more')}"

    def _draw(self, entry: FindingEntry, width: int) -> Content:
        state = Content(self.catalogue.render(finding_text.state(entry, today(self.visit.workspace))))
        if entry.cycle is not None:
            state = state.stylize("bold $warning")
        elif entry.finding.closed is not None:
            state = state.stylize("$muted")
        text = one_line(entry.finding.text)
        fixed = [15, 8 if self.whole else 0, 0, -20]
        fixed[2] = max(8, width - sum(map(abs, fixed)) - 2 * sum(map(bool, fixed)))
        cells = [finding_text.severity(entry, self.catalogue), Content(entry.finding.criterion), Content(text), state]
        return columns(list(zip(cells, fixed, strict=True)))

    def _say_entry(self) -> None:
        entry = self.looked_at = self.entry
        words = finding_text.in_full(self.visit, entry, self.catalogue) if entry is not None else ""
        self.query_one("#entry", Words).say(words)
        self.query_one("#detail").display = entry is not None

    @on(Rows.Moved)
    def moved(self) -> None:
        """The one under the cursor, from its beginning."""
        self._say_entry()
        self.query_one("#detail").scroll_home(animate=False)

    def half_typed(self, criterion: str) -> HalfTyped | None:
        """What is half typed at a criterion."""
        row = self.visit.assessment
        if self.visit.read_only:
            return None
        kept = drafts.kept(self.visit.workspace, row.store, row.id)
        return read_half_typed(kept.get(drafts.field(KIND, criterion)))


def _known(entries: Iterable[FindingEntry]) -> list[Known]:
    """What findings are known by while they change; two that are alike by their number."""
    alike: Counter[tuple[str, str, str]] = Counter()
    known = []
    for entry in entries:
        name = (entry.finding.criterion, entry.finding.text, entry.found_at)
        alike[name] += 1
        known.append((*name, alike[name]))
    return known
