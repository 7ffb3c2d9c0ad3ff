"""The result of one visit on a terminal: total and level, the categories, and what the next level still needs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType

from greenstar.assessment.model import Visit
from greenstar.messages import Catalogue
from greenstar.reports.console import cell, table
from greenstar.reports.figures import Figures
from greenstar.scheme.model import Scheme
from greenstar.scoring.explanation import title_of
from greenstar.scoring.reasons import unmet_message
from greenstar.scoring.scorecard import LevelResult, Scorecard, Unmet

if TYPE_CHECKING:
    from rich.table import Table

_MOST_CLOSERS = 6


def result(scheme: Scheme, visit: Visit, card: Scorecard, catalogue: Catalogue) -> RenderableType:
    """Everything that a person wants to see at first."""
    return _Result(scheme, visit, card, catalogue).whole()


class _Result:
    def __init__(self, scheme: Scheme, visit: Visit, card: Scorecard, catalogue: Catalogue) -> None:
        self.scheme = scheme
        self.visit = visit
        self.card = card
        self.catalogue = catalogue
        self.figures = Figures(scheme, card)

    def whole(self) -> RenderableType:
        return Group(
            *self._head(), cell(""), self._categories(), *self._next_level(), *self._lighthouse(), *self._notices()
        )

    def _head(self) -> Iterator[RenderableType]:
        store, say = self.visit.store, self.catalogue.say
        yield cell("  ".join(part for part in (store.code, store.name, self.visit.cycle) if part), "bold")
        yield cell(f"{self.catalogue.write(self.scheme.title)} {self.card.version}")
        total = self.figures.total(self.card.total)
        if total is None:
            yield cell(say("reports.no_total"))
        else:
            yield cell(say("reports.total", total=total, available=self.catalogue.write(self.card.available)), "bold")
        yield cell(say("reports.level", level=self._level_title(self.card.level)), "bold")
        if not self.card.complete:
            yield cell(say("reports.answered", answered=self.card.answered, asked=self.card.asked))
            best = self.figures.total(self.card.best.total)
            level = self._level_title(self.card.best.level)
            yield cell(say("reports.still_possible", total="-" if best is None else best, level=level))

    def _level_title(self, level: str | None) -> str:
        title = title_of(self.scheme, level) if level is not None else None
        return self.catalogue.say("reports.no_level") if title is None else title.in_(self.catalogue.language)

    def _categories(self) -> "Table":
        say = self.catalogue.say
        heads = ("reports.category", "reports.title", "reports.points", "reports.available", "reports.percent")
        made = table(*(say(head) for head in heads), numbers=(2, 3, 4))
        for group in self.card.groups:
            percent = self.figures.group_percent(group)
            share = say("reports.bonus") if group.bonus else "-" if percent is None else f"{percent} %"
            title = self.catalogue.write(self.scheme.groups[group.id].title)
            points, available = self.figures.group_points(group), self.catalogue.write(group.available)
            made.add_row(cell(group.id), cell(title), cell(points), cell(available), cell(share))
        return made

    def _next_level(self) -> Iterator[RenderableType]:
        """What the lowest level above the one reached still lacks."""
        missed = next_level(self.card)
        if missed is None:
            return
        yield cell("")
        yield cell(self.catalogue.say("reports.needs", level=self._level_title(missed.id)), "bold")
        yield from self._lacking(missed.unmet)

    def _lacking(self, unmet: tuple[Unmet, ...]) -> Iterator[RenderableType]:
        for one in unmet:
            yield cell("  " + self.catalogue.render(unmet_message(one, title_of(self.scheme, one.subject))))
            closers = [name for name in one.criteria if name != one.subject]
            if closers:
                more = "reports.could_close_more" if len(closers) > _MOST_CLOSERS else "reports.could_close"
                found = tuple(closers[:_MOST_CLOSERS])
                yield cell("    " + self.catalogue.say(more, criteria=found, count=len(closers) - len(found)), "dim")

    def _lighthouse(self) -> Iterator[RenderableType]:
        yield cell("")
        if self.card.lighthouse:
            yield cell(self.catalogue.say("reports.candidate"), "bold")
            return
        yield cell(self.catalogue.say("reports.not_a_candidate"))
        yield from self._lacking(self.card.lighthouse_unmet)

    def _notices(self) -> Iterator[RenderableType]:
        if self.card.notices:
            yield cell("")
        for notice in self.card.notices:
            yield cell(self.catalogue.render(notice))


def next_level(card: Scorecard) -> LevelResult | None:
    """The lowest level that stands above the one reached."""
    above = list(card.levels)
    while card.level is not None and above and above.pop(0).id != card.level:
        pass
    return above[0] if above else None
