"""Scores in words: what several screens say in the same way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from textual.content import Content

from greenstar.assessment.number_readings import grouped
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Quantity, Text
from greenstar.reports.views.criteria import CriterionResult, criterion_result, earnings
from greenstar.reports.views.figures import Figure, ScorecardFigures, earned_figure
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scoring.scorecard import CriterionScore, Outcome, Scorecard
from greenstar.tui import glyphs
from greenstar.tui.common.lines import shortened


def local_time(moment: datetime) -> str:
    """A stored time as the clock on the wall shows it."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone().strftime("%H:%M:%S")


# -- levels ------------------------------------------------------------------------------------------------------


def level_words(scheme: Scheme, level: str | None, catalogue: Catalogue) -> str:
    """The title of a level, or that there is none; nothing where the scheme has no levels."""
    if not scheme.levels:
        return ""
    title = scheme.level_title(level)
    return title.in_(catalogue.language) if title is not None else catalogue.say("tui.no_level")


def level_mark(scheme: Scheme, level: str | None, catalogue: Catalogue) -> Content:
    """A level as stars, where the scheme has stars; else its title."""
    most = scheme.most_stars
    if not most:
        return Content(level_words(scheme, level, catalogue))
    return glyphs.stars(scheme.stars_of(level), most)


def now_and_possible(scheme: Scheme, card: Scorecard, catalogue: Catalogue, *, sealed: bool) -> Content:
    """The level now and the one still possible; of a sealed visit nothing is, and some schemes have no levels."""
    if not scheme.levels:
        return Content("")
    now = Content.assemble((f"{catalogue.say('tui.level_now')} ", "$muted"), level_mark(scheme, card.level, catalogue))
    if sealed:
        return now
    best = level_mark(scheme, card.best.level, catalogue)
    return Content.assemble(now, (f"   {catalogue.say('tui.level_possible')} ", "$muted"), best)


# -- points ------------------------------------------------------------------------------------------------------


def total_words(total: Figure, available: Figure, catalogue: Catalogue) -> str:
    """A total, of what there is to earn."""
    return catalogue.say("tui.total_of", total=total.text, available=available.text)


def card_total(scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> str:
    """The total of a scorecard, of what there is to earn."""
    return total_words(ScorecardFigures(scheme, card).total(card.total), Figure(card.available), catalogue)


def points_left(result: CriterionResult, catalogue: Catalogue) -> str:
    """What a criterion has, in the least room: `2/3`, `n/a`, or nothing for a prerequisite."""
    if result.outcome is Outcome.NOT_APPLICABLE:
        return catalogue.say("tui.na_short")
    return f"{result.earned.text}/{result.worth.text}" if result.worth.value else ""


def of_points(scheme: Scheme, score: CriterionScore, catalogue: Catalogue) -> str:
    """What a criterion has, as its heading says it: `2 of 3`."""
    criterion = scheme.criteria[score.id]
    if not score.applies:
        return catalogue.render(score.outcome_words)
    if criterion.prerequisite:
        return catalogue.say("tui.prerequisite")
    points = earned_figure(scheme, score).text
    return catalogue.say("tui.of_points", points=points, available=points_of(criterion))


def progress(scores: Iterator[CriterionScore]) -> tuple[int, int]:
    """How many of the criteria that apply are answered, and how many apply."""
    applying = [score for score in scores if score.applies]
    return sum(not score.open for score in applying), len(applying)


def value_shown(value: Any, unit: Text | None, catalogue: Catalogue) -> str:
    """A named quantity as a reader sees it, in groups of three; nothing where it is unknown."""
    if value is None or isinstance(value, Unknown):
        return ""
    if isinstance(value, Fraction):
        figure, blank, behind = Quantity(value, unit).in_(catalogue.language).partition(" ")
        return f"{grouped(figure)}{blank}{behind}"
    return catalogue.write(value)


def left_with(scheme: Scheme, score: CriterionScore, catalogue: Catalogue) -> Content:
    """What a criterion has as one leaves it: `WAT-07 ✗ 0/3 · 98.8 L`, `MGT-P1 ✓ prerequisite`."""
    glyph = glyphs.of_outcome(score.outcome, prerequisite=scheme.criteria[score.id].prerequisite)
    points = points_left(criterion_result(scheme, score), catalogue) or catalogue.say("tui.prerequisite")
    figure = earnings(scheme, score).figure
    told = "" if figure is None else f" · {catalogue.write(figure)}"
    return Content.assemble((score.id, "bold $primary"), " ", glyph.content, f" {points}{told}")


def result(scheme: Scheme, score: CriterionScore, catalogue: Catalogue, width: int) -> Content:
    """What the answers of a criterion come to: its figure, what that earns, and what would earn more.

    Where they would not fit in `width` cells, they stand closer together.
    """
    glyph = glyphs.of_outcome(score.outcome, prerequisite=scheme.criteria[score.id].prerequisite)
    earned = earnings(scheme, score)
    remark = earned.more or earned.reason
    if earned.earns is None:
        return shortened(Content.assemble(glyph.content, " ", catalogue.write(remark)), width)
    parts = [] if earned.figure is None else [Content.styled(f"= {catalogue.write(earned.figure)}", "bold")]
    parts.append(Content.styled(catalogue.render(earned.earns), glyph.style))
    parts += [] if remark is None else [Content.styled(catalogue.render(remark), "$muted")]
    wide, close = (Content.assemble(glyph.content, " ", Content(" " * gap).join(parts)) for gap in (3, 2))
    return shortened(wide if wide.cell_length <= width else close, width)
