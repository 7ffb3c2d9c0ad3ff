"""A finding in words, as the list, the form and the page say it."""

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs


def severity(entry: FindingEntry, catalogue: Catalogue) -> Content:
    """How serious it is: mark and word."""
    glyph = glyphs.OF_SEVERITY[entry.finding.severity]
    return Content.assemble(glyph.content, " ", catalogue.say(f"tui.severity_{entry.finding.severity}"))


def state(entry: FindingEntry, today: date) -> Phrase:
    """Where it stands, in a few words."""
    finding = entry.finding
    if entry.cycle is not None:
        return Phrase("findings.state_last", cycle=entry.cycle)
    if finding.closed is not None:
        return Phrase("findings.state_closed", day=finding.closed)
    if finding.due is None:
        return Phrase("findings.state_open")
    return Phrase("findings.state_overdue" if finding.due < today else "findings.state_due", day=finding.due)


def state_words(entry: FindingEntry, today: date, catalogue: Catalogue) -> Content:
    """Where it stands, in the style of what it means."""
    phrase = state(entry, today)
    style = {"findings.state_last": "bold $warning", "findings.state_overdue": "bold $error"}.get(phrase.key, "$muted")
    return Content.styled(catalogue.render(phrase), style)


def in_full(visit: OpenVisit, entry: FindingEntry, catalogue: Catalogue) -> Content:
    """All of it, as many lines as it needs."""
    finding, say = entry.finding, catalogue.say
    lines: list[Content | str] = [
        Content.assemble(severity(entry, catalogue), "   ", state_words(entry, visit.workspace.today(), catalogue)),
        finding.text,
    ]
    if finding.action:
        lines.append(Content.assemble((say("findings.closes_it"), "bold $primary"), " ", finding.action))
    days = [say("findings.found", day=entry.found_on, by=entry.by)]
    if finding.owner:
        days.append(say("findings.owned_by", owner=finding.owner))
    if finding.due is not None:
        days.append(say("findings.due_on", day=finding.due))
    if finding.closed is not None:
        days.append(say("findings.closed_on", day=finding.closed))
    lines.append(Content.styled(" ".join(days), "$muted"))
    lines += [Content.styled(catalogue.render(phrase), "$warning") for phrase in _remarks(visit, entry)]
    return Content("\n").join(Content(line) if isinstance(line, str) else line for line in lines)


def can_be_followed_up(visit: OpenVisit, entry: FindingEntry) -> bool:
    """Whether it is an open finding of a sealed visit."""
    return visit.assessment.counts and entry.cycle is None and entry.finding.closed is None


def _remarks(visit: OpenVisit, entry: FindingEntry) -> Iterator[Phrase]:
    """Where it comes from, and what is to be done with it next."""
    finding, previous = entry.finding, visit.previous
    if entry.cycle is not None:
        yield Phrase("findings.was_open_in", cycle=entry.cycle)
        if not visit.scorecard.criteria[finding.criterion].applies:
            yield Phrase("findings.na_now", id=finding.criterion)
        return
    if finding.follows and previous is not None:
        yield Phrase("findings.carried_over", cycle=previous.cycle)
    if can_be_followed_up(visit, entry):
        yield Phrase("findings.follow_up")
