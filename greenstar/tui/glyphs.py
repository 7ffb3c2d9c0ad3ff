"""The marks that stand for a state: each differs in shape, is one cell wide everywhere, and means one thing.

A mark comes with a style, so that a style never stands alone.
"""

from typing import NamedTuple

from textual.content import Content

from greenstar.scoring.scorecard import Outcome


class Glyph(NamedTuple):
    """A mark, its style, and the message that says what it means."""

    mark: str
    style: str
    meaning: str

    @property
    def content(self) -> Content:
        """The mark in its style."""
        return Content.styled(self.mark, self.style)


MET = Glyph("✓", "$success", "tui.glyph_met")
PARTLY = Glyph("◒", "$warning", "tui.glyph_partly_met")
NOT_MET = Glyph("✗", "$error", "tui.glyph_not_met")
OPEN = Glyph("◌", "$muted", "tui.glyph_not_answered")
NOT_APPLICABLE = Glyph("-", "$faint", "tui.glyph_not_applicable")
BLOCKED = Glyph("!", "bold $error", "tui.glyph_blocked")
STAR = Glyph("✦", "$accent", "tui.glyph_star")
NO_STAR = Glyph("✧", "$faint", "tui.glyph_no_star")
FLAG = Glyph("⚑", "$accent", "navigation.glyph_flag")
FINDING = Glyph("❖", "$warning", "navigation.glyph_finding")
LAST = Glyph("|", "bold $accent", "compare.glyph_last")
MARKED = Glyph("✚", "bold $accent", "compare.glyph_marked")
REFUSED = Glyph("⊗", "bold $error", "checklist.glyph_refused")
UNCONFIRMED = Glyph("↺", "$accent", "checklist.glyph_unconfirmed")
UNCLOSED = Glyph("✱", "bold $error", "checklist.glyph_open_finding")
NO_FACT = Glyph("⌂", "$warning", "checklist.glyph_fact")
NO_EVIDENCE = Glyph("∅", "$warning", "checklist.glyph_evidence")
QUESTIONABLE = Glyph("?", "bold $warning", "checklist.glyph_warning")
HALF_TYPED = Glyph("✎", "$accent", "checklist.glyph_half_typed")
_AMONG_THINGS_LEFT = (REFUSED, UNCLOSED, UNCONFIRMED, NO_FACT, NO_EVIDENCE, QUESTIONABLE, HALF_TYPED)
MAJOR = Glyph("◉", "bold $error", "findings.glyph_major")
MINOR = Glyph("◊", "$warning", "findings.glyph_minor")
OBSERVATION = Glyph("◦", "$muted", "findings.glyph_observation")
REPEATED = Glyph("↳", "bold $warning", "findings.glyph_repeated")
UNDONE = Glyph("↶", "$muted", "history.glyph_undone")
MEANINGS = (
    MET,
    PARTLY,
    NOT_MET,
    OPEN,
    NOT_APPLICABLE,
    BLOCKED,
    STAR,
    NO_STAR,
    FLAG,
    FINDING,
    LAST,
    MARKED,
    *_AMONG_THINGS_LEFT,
    MAJOR,
    MINOR,
    OBSERVATION,
    REPEATED,
    UNDONE,
)

HERE = "›"
OPENED, CLOSED = "▾", "▸"
PICKED, NOT_PICKED = "(x)", "( )"
TICKED, NOT_TICKED = "[x]", "[ ]"
_FULL, _EMPTY = "▮", "▯"

_OF_OUTCOME = {
    Outcome.MET: MET,
    Outcome.PARTLY_MET: PARTLY,
    Outcome.NOT_MET: NOT_MET,
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
    Outcome.NOT_ANSWERED: OPEN,
}


OF_SEVERITY = {"major": MAJOR, "minor": MINOR, "observation": OBSERVATION}


def of_outcome(outcome: Outcome, *, prerequisite: bool) -> Glyph:
    """The mark of a criterion's outcome; a prerequisite that fails has one of its own."""
    if prerequisite and outcome is Outcome.NOT_MET:
        return BLOCKED
    return _OF_OUTCOME[outcome]


def stars(reached: int, most: int) -> Content:
    """Stars reached, of the most that the scheme has."""
    return Content.assemble((STAR.mark * reached, STAR.style), (NO_STAR.mark * (most - reached), NO_STAR.style))


def bar(share: float, width: int, style: str = "$primary", *, mark: float | None = None) -> Content:
    """A share of 1 as a bar; full only when it is all, empty only when it is nothing. `mark`: the share last time."""
    full = min(max(int(share * width), 1 if share > 0 else 0), width if share >= 1 else width - 1)
    made = Content.assemble((_FULL * full, style), (_EMPTY * (width - full), "$faint"))
    if mark is None:
        return made
    at = min(int(mark * width), width - 1)
    return Content.assemble(made[:at], LAST.content, made[at + 1 :])
