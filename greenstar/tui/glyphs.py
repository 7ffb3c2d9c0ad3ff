"""The signs of the screen, in two sets: *rich*, and *plain* for terminals that cannot draw those one cell wide.

Each mark differs in shape from the others and means one thing. It comes with a style, so that a style never stands
alone. The set in use is one for the whole program, as the terminal is.
"""

from dataclasses import dataclass

from textual.content import Content

from greenstar.scoring.scorecard import Outcome

SETS = ("rich", "plain")


@dataclass
class _Use:
    plain: bool = False


_use = _Use()


def use(name: str) -> None:
    """From now on the signs of this set are drawn."""
    _use.plain = name == "plain"


def in_use() -> str:
    """The name of the set that is drawn."""
    return SETS[_use.plain]


@dataclass(frozen=True)
class Sign:
    """A sign in both sets."""

    rich: str
    plain: str

    @property
    def mark(self) -> str:
        """The sign of the set in use."""
        return self.plain if _use.plain else self.rich


@dataclass(frozen=True)
class Glyph(Sign):
    """A mark, its style, and the message that says what it means."""

    style: str
    meaning: str

    @property
    def content(self) -> Content:
        """The mark in its style."""
        return Content.styled(self.mark, self.style)


MET = Glyph("✓", "v", "$success", "tui.glyph_met")
PARTLY = Glyph("◐", "~", "$warning", "tui.glyph_partly_met")
NOT_MET = Glyph("✗", "x", "$error", "tui.glyph_not_met")
OPEN = Glyph("○", ".", "$faint", "tui.glyph_not_answered")
BEGUN = Glyph("◔", ":", "$primary", "tui.glyph_begun")
NOT_APPLICABLE = Glyph("–", "-", "$faint", "tui.glyph_not_applicable")
BLOCKED = Glyph("!", "!", "bold $error", "tui.glyph_blocked")
STAR = Glyph("✦", "*", "$accent", "tui.glyph_star")
NO_STAR = Glyph("✧", "_", "$faint", "tui.glyph_no_star")
FLAG = Glyph("⚑", "F", "$primary", "navigation.glyph_flag")
FINDING = Glyph("❖", "#", "$warning", "navigation.glyph_finding")
LAST = Glyph("╎", ";", "bold $foreground", "compare.glyph_last")
GATE = Glyph("┿", "|", "$foreground", "tui.glyph_gate")
MARKED = Glyph("✚", "=", "bold $primary", "compare.glyph_marked")
REFUSED = Glyph("⊗", "X", "bold $error", "checklist.glyph_refused")
UNCONFIRMED = Glyph("↺", "<", "$primary", "checklist.glyph_unconfirmed")
UNCLOSED = Glyph("✱", "%", "bold $error", "checklist.glyph_open_finding")
NO_FACT = Glyph("⌂", "H", "$warning", "checklist.glyph_fact")
NO_EVIDENCE = Glyph("∅", "0", "$warning", "checklist.glyph_evidence")
QUESTIONABLE = Glyph("?", "?", "bold $warning", "checklist.glyph_warning")
ADDED_UP = Glyph("Σ", "S", "$faint", "checklist.glyph_added_up")
HALF_TYPED = Glyph("✎", "&", "$primary", "checklist.glyph_half_typed")
CLASHING = Glyph("≠", "/", "bold $warning", "checklist.glyph_clash")
_AMONG_THINGS_LEFT = (
    REFUSED, UNCLOSED, CLASHING, UNCONFIRMED, NO_FACT, NO_EVIDENCE, QUESTIONABLE, ADDED_UP, HALF_TYPED,
)  # fmt: skip
MAJOR = Glyph("◉", "M", "bold $error", "findings.glyph_major")
MINOR = Glyph("◊", "m", "$warning", "findings.glyph_minor")
OBSERVATION = Glyph("◦", "i", "$muted", "findings.glyph_observation")
REPEATED = Glyph("↳", "R", "bold $warning", "findings.glyph_repeated")
UNDONE = Glyph("↶", "u", "$muted", "history.glyph_undone")
MEANINGS = (
    MET,
    PARTLY,
    NOT_MET,
    OPEN,
    BEGUN,
    NOT_APPLICABLE,
    BLOCKED,
    STAR,
    NO_STAR,
    FLAG,
    FINDING,
    LAST,
    GATE,
    MARKED,
    *_AMONG_THINGS_LEFT,
    MAJOR,
    MINOR,
    OBSERVATION,
    REPEATED,
    UNDONE,
)
"""All marks that help explains."""

HERE = Sign("›", ">")
OPENED, CLOSED = Sign("▾", "-"), Sign("▸", "+")
PICKED, NOT_PICKED = Sign("●", "(x)"), Sign("○", "( )")
TICKED, NOT_TICKED = Sign("▣", "[x]"), Sign("□", "[ ]")
ELLIPSIS = Sign("…", "..")
DOT = Sign("·", "-")
SAVED, NOT_SAVED = Sign("●", "*"), Sign("◌", "!")

_PLAIN = str.maketrans(
    "→←↑↓×÷±−–—…·•‘’“”²³°℃§≈√✓✗✦✧⚑●○",
    "><^v" "x/~---..*" "''\"\"23 CS~Vvx*_Fo.",
)  # fmt: skip
"""Signs in sentences, people's text among them, and what stands for each, as wide, where signs are plain."""

_OF_OUTCOME = {
    Outcome.MET: MET,
    Outcome.PARTLY_MET: PARTLY,
    Outcome.NOT_MET: NOT_MET,
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
    Outcome.NOT_ANSWERED: OPEN,
}


OF_SEVERITY = {"major": MAJOR, "minor": MINOR, "observation": OBSERVATION}


def with_plain_signs(text: str) -> str:
    """The text as it is drawn where signs are plain: as wide as it is, without signs that not every terminal has."""
    return text.translate(_PLAIN)


def of_outcome(outcome: Outcome, *, prerequisite: bool) -> Glyph:
    """The mark of a criterion's outcome; a prerequisite that fails has one of its own."""
    if prerequisite and outcome is Outcome.NOT_MET:
        return BLOCKED
    return _OF_OUTCOME[outcome]


def stars(reached: int, most: int) -> Content:
    """Stars reached, of the most that the scheme has."""
    return Content.assemble((STAR.mark * reached, STAR.style), (NO_STAR.mark * (most - reached), NO_STAR.style))
