"""The list of findings: those of the last visit that are to be settled on top."""

from textual.content import Content

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.findings.findings import FindingEntry, by_urgency, findings_of, to_settle
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import one_line
from greenstar.tui import glyphs
from greenstar.tui.common import finding_text
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows
from greenstar.tui.findings.stable_order import stable_order


class FindingRows(Rows):
    """A line a finding of a criterion, or (`whole`) of the visit. The order stays while the list is looked at."""

    def __init__(self, visit: OpenVisit, criterion: str, catalogue: Catalogue, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(self._line, id=id)
        self.visit, self.criterion = visit, criterion
        self.whole = False
        self._catalogue = catalogue
        self._order: list[str] = []

    @property
    def entry(self) -> FindingEntry | None:
        """The finding under the cursor."""
        entry: FindingEntry | None = self.row
        return entry

    def reload(self, follow: FindingEntry | None = None) -> None:
        """Read the list; the cursor follows a finding, by default the one that it stands at.

        One that is settled stays where it is, so that the next key meets the finding that the eye rests on.
        StorageError: it cannot be read.
        """
        criterion = None if self.whole else self.criterion
        entries = by_urgency([*to_settle(self.visit, criterion), *findings_of(self.visit, criterion)])
        by_identity = {_identity(entry): entry for entry in entries}
        here = _identity(follow) if follow is not None else next(iter(self._order[self.cursor :]), None)
        self._order = stable_order(list(by_identity), self._order)
        cursor = self._order.index(here) if here in by_identity else None
        self.show([by_identity[identity] for identity in self._order], cursor)

    def toggle_whole(self) -> None:
        """The whole visit, or the criterion only; sorted anew, with the cursor at the same finding."""
        entry = self.entry
        self.whole = not self.whole
        self._order = []
        self.reload(entry)

    def relabel(self, catalogue: Catalogue) -> None:
        """Draw the findings again with these sentences."""
        self._catalogue = catalogue
        self.refresh()

    def counts(self) -> dict[str, int]:
        """How many are open and how many are to be settled, by the sentences that say so."""
        entries: list[FindingEntry] = list(self.rows)
        unsettled = sum(entry.cycle is not None for entry in entries)
        still_open = sum(entry.cycle is None and entry.finding.closed is None for entry in entries)
        return {"findings.count_open": still_open, "findings.count_to_settle": unsettled}

    def _line(self, entry: FindingEntry, width: int) -> Content:
        state = finding_text.state_words(entry, self.visit.workspace.today(), self._catalogue)
        text = Content(in_language(one_line(entry.finding.text), self._catalogue.language))
        if entry.finding.closed is not None:
            text = text.stylize("$muted")
        if "repeated" in entry.finding.counts_as:
            text = Content.assemble(glyphs.REPEATED.content, " ", text)
        widths = [15, 8 if self.whole else 0, 0, -20]
        widths[2] = max(8, width - sum(map(abs, widths)) - 2 * sum(map(bool, widths)))
        cells = [finding_text.severity(entry, self._catalogue), Content(entry.finding.criterion), text, state]
        return columns(list(zip(cells, widths, strict=True)))


def _identity(entry: FindingEntry) -> str:
    """What a finding is known by while it changes, and when one of the last visit becomes one of this."""
    finding = entry.finding
    return finding.id if entry.cycle is not None else finding.follows or finding.id
