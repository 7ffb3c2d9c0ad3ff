"""The result of one visit: total and level, the categories, and what the next level still lacks."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.requirements import WITH_ROOM, RequirementView, requirement_lines
from greenstar.reports.views.scorecard import GroupView, ScorecardView, away_sentence

_MOST_CLOSERS = 6


def scorecard_page(card: ScorecardView, catalogue: Catalogue) -> Iterator[Block]:
    """Everything that a person wants to see at first."""
    yield from _head(card, catalogue)
    yield TextLine()
    yield _categories(card.summary.groups, catalogue)
    yield from _next_level(card, catalogue)
    if card.has_candidates:
        yield from _lighthouse(card, catalogue)
    if card.notices:
        yield TextLine()
    yield from (TextLine(catalogue.render(notice)) for notice in card.notices)


def _head(card: ScorecardView, catalogue: Catalogue) -> Iterator[Block]:
    say, summary = catalogue.say, card.summary
    yield TextLine("  ".join(part for part in (card.store, card.name, card.cycle) if part), strong=True)
    yield TextLine(f"{catalogue.write(card.title)} {card.version}")
    if summary.total.value is None:
        yield TextLine(say("reports.no_total"))
    else:
        yield TextLine(say("reports.total", total=summary.total.text, available=summary.available.text), strong=True)
    if summary.has_levels:
        yield TextLine(say("reports.level", level=_level(summary.now.title, catalogue)), strong=True)
    away = away_sentence(summary)
    if away is not None:
        yield TextLine(catalogue.render(away))
    if not summary.complete:
        yield TextLine(say("reports.answered", answered=summary.answered, asked=summary.asked))
        possible, level = summary.best.total.text, _level(summary.best.title, catalogue)
        key = "reports.still_possible" if summary.has_levels else "reports.total_possible"
        yield TextLine(say(key, total=possible, level=level))


def _level(title: Text | None, catalogue: Catalogue) -> str:
    return catalogue.say("reports.no_level") if title is None else catalogue.write(title)


def _categories(groups: Sequence[GroupView], catalogue: Catalogue) -> Table:
    heads = ("category", "title", "points", "available", "percent")
    table = Table([catalogue.say(f"reports.{head}") for head in heads], numbers=(2, 3, 4))
    for group in groups:
        share = catalogue.say("reports.bonus") if group.bonus else group.percent.text
        table.rows.append((group.id, catalogue.write(group.title), group.points.text, group.available.text, share))
    return table


def _next_level(card: ScorecardView, catalogue: Catalogue) -> Iterator[Block]:
    level = card.summary.next_level
    if level is not None:
        yield TextLine()
        yield TextLine(catalogue.say("reports.needs", level=level.title), strong=True)
        yield from _lacks(level.lacks, catalogue)


def _lacks(requirements: Sequence[RequirementView], catalogue: Catalogue) -> Iterator[Block]:
    for line in requirement_lines(requirements, WITH_ROOM):
        yield TextLine("  " + catalogue.render(line.sentence))
        if line.closers:
            shown, more = line.closers[:_MOST_CLOSERS], len(line.closers[_MOST_CLOSERS:])
            key = "reports.could_close_more" if more else "reports.could_close"
            yield TextLine("    " + catalogue.say(key, criteria=shown, count=more), faint=True)


def _lighthouse(card: ScorecardView, catalogue: Catalogue) -> Iterator[Block]:
    yield TextLine()
    if card.candidate:
        yield TextLine(catalogue.say("reports.candidate"), strong=True)
        return
    yield TextLine(catalogue.say("reports.not_a_candidate"))
    yield from _lacks(card.candidate_lacks, catalogue)
