"""What comes next at a store: what falls due first, its open findings, and the steps that are possible now."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import STEPS
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.findings.follow_up import open_findings
from greenstar.services.stores.due import DueEntry, due_entries, next_due
from greenstar.services.visit.steps import VisitStep, steps_now
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.common.clicks import leading
from greenstar.tui.common.finding_text import in_full
from greenstar.tui.common.lines import both_ends, packed, wrapped
from greenstar.tui.stores.store_rows import due_subject, due_words

_NOT_TOLD = (
    VisitStep.VISIT,
    VisitStep.EDIT,
    VisitStep.CLOSE,
)  # as good as always possible, so they say nothing of this store


@dataclass(frozen=True)
class WhatIsNext:
    """What comes next; `findings`: those that are open, with the visit that each belongs to."""

    due: DueEntry | None
    findings: tuple[tuple[OpenVisit, FindingEntry], ...]
    steps: tuple[VisitStep, ...]
    today: date

    def lines(self, catalogue: Catalogue, width: int) -> Iterator[Content]:
        """In lines of `width` cells."""
        say = catalogue.say
        label = Content.styled(say("store.due"), "bold $muted")
        yield both_ends(label, due_words(self.due, self.today, short=False), width)
        if self.due is not None:
            yield from wrapped(due_subject(self.due, catalogue), width, 2)[:2]
        label = Content.styled(say("store.findings"), "bold $muted")
        findings = self._counts(catalogue)
        if label.cell_length + findings.cell_length + 1 > width:
            findings = self._counts(catalogue, words=False)
        yield both_ends(label, findings, width)
        label = Content.assemble((say("store.steps"), "bold $muted"), "  ")
        names = [say(f"life.step_{step}") for step in self.steps]
        first, *rest = packed(names, f" {glyphs.DOT.mark} ", label.cell_length, width, 2)
        yield from (leading(line, STEPS) for line in (Content.assemble(label, first), *map(Content, rest)))

    def findings_in_full(self, catalogue: Catalogue) -> Content:
        """Each open finding: what it is, what closes it, by whom and until when."""
        blocks = [
            Content.assemble((entry.finding.criterion, "bold $primary"), "  ", in_full(visit, entry, catalogue))
            for visit, entry in self.findings
        ]
        return Content("\n\n").join(blocks)

    def _counts(self, catalogue: Catalogue, *, words: bool = True) -> Content:
        """The open findings by severity; without `words` the marks tell which."""
        severities: Counter[str] = Counter(entry.finding.severity for _, entry in self.findings)
        parts = [
            Content.assemble(
                glyph.content,
                f" {severities[name]}",
                (f" {catalogue.say(f'tui.severity_{name}')}" if words else "", "$muted"),
            )
            for name, glyph in glyphs.OF_SEVERITY.items()
            if severities[name]
        ]
        return Content("  ").join(parts) if parts else Content.styled(catalogue.say("tui.none"), "$muted")


def what_is_next(workspace: Workspace, code: str) -> WhatIsNext:
    """What comes next at a store."""
    steps = (now.step for now in steps_now(workspace, code) if now.why_not is None)
    return WhatIsNext(
        due=next_due(due_entries(workspace)).get(code),
        findings=tuple(_findings(workspace, code)),
        steps=tuple(step for step in steps if step not in _NOT_TOLD),
        today=workspace.today(),
    )


def _findings(workspace: Workspace, code: str) -> Iterator[tuple[OpenVisit, FindingEntry]]:
    """The open findings of the newest visit, and those of the one that counts which no later visit has taken over."""
    rows = workspace.storage.assessments.of_store(code)  # the latest cycle, and of it the newest revision, comes first
    counting = next((row for row in rows if row.counts), None)
    visits = rows[:1]
    if counting is not None and (counting.cycle, counting.scheme_name) != (rows[0].cycle, rows[0].scheme_name):
        visits.append(counting)
    for row in visits:
        visit = OpenVisit(workspace.in_cycle(row.cycle), row)
        yield from ((visit, entry) for entry in open_findings(visit))
