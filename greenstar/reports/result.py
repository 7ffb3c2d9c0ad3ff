"""The result of one visit on a terminal: total and level, the categories, and what the next level still needs."""

from collections.abc import Iterator

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.figures import Figures
from greenstar.reports.page import Line, Part, Table
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.tree import title_of
from greenstar.scoring.explain.unmet import unmet_message
from greenstar.scoring.scorecard import LevelResult, Scorecard, Unmet

_MOST_CLOSERS = 6
_MOST_GATES = 3  # more of them share a line


def result(scheme: Scheme, visit: Visit, card: Scorecard, catalogue: Catalogue) -> Iterator[Part]:
    """Everything that a person wants to see at first."""
    return _Result(scheme, visit, card, catalogue).whole()


class _Result:
    def __init__(self, scheme: Scheme, visit: Visit, card: Scorecard, catalogue: Catalogue) -> None:
        self.scheme = scheme
        self.visit = visit
        self.card = card
        self.catalogue = catalogue
        self.figures = Figures(scheme, card)

    def whole(self) -> Iterator[Part]:
        yield from self._head()
        yield Line()
        yield self._categories()
        yield from self._next_level()
        yield from self._lighthouse()
        yield from self._notices()

    def _head(self) -> Iterator[Part]:
        store, say = self.visit.store, self.catalogue.say
        yield Line("  ".join(part for part in (store.code, store.name, self.visit.cycle) if part), strong=True)
        yield Line(f"{self.catalogue.write(self.scheme.title)} {self.card.version}")
        total = self.figures.total(self.card.total)
        if total is None:
            yield Line(say("reports.no_total"))
        else:
            yield Line(
                say("reports.total", total=total, available=self.catalogue.write(self.card.available)), strong=True
            )
        yield Line(say("reports.level", level=self._level_title(self.card.level)), strong=True)
        if not self.card.complete:
            yield Line(say("reports.answered", answered=self.card.answered, asked=self.card.asked))
            best = self.figures.total(self.card.best.total)
            level = self._level_title(self.card.best.level)
            yield Line(say("reports.still_possible", total="-" if best is None else best, level=level))

    def _level_title(self, level: str | None) -> str:
        title = title_of(self.scheme, level) if level is not None else None
        return self.catalogue.say("reports.no_level") if title is None else title.in_(self.catalogue.language)

    def _categories(self) -> Table:
        say = self.catalogue.say
        heads = ("reports.category", "reports.title", "reports.points", "reports.available", "reports.percent")
        made = Table([say(head) for head in heads], numbers=(2, 3, 4))
        for group in self.card.groups:
            percent = self.figures.group_percent(group)
            share = say("reports.bonus") if group.bonus else "-" if percent is None else f"{percent} %"
            title = self.catalogue.write(self.scheme.groups[group.id].title)
            points, available = self.figures.group_points(group), self.catalogue.write(group.available)
            made.rows.append((group.id, title, points, available, share))
        return made

    def _next_level(self) -> Iterator[Part]:
        """What the lowest level above the one reached still lacks."""
        missed = next_level(self.card)
        if missed is None:
            return
        yield Line()
        yield Line(self.catalogue.say("reports.needs", level=self._level_title(missed.id)), strong=True)
        yield from self._lacking(missed.unmet)

    def _lacking(self, unmet: tuple[Unmet, ...]) -> Iterator[Part]:
        gates = tuple(one.subject for one in unmet if one.requirement == "prerequisites")
        together = len(gates) > _MOST_GATES
        for one in unmet:
            if one.requirement == "prerequisites" and together:
                continue
            yield Line("  " + self.catalogue.render(unmet_message(one, title_of(self.scheme, one.subject))))
            closers = [name for name in one.criteria if name != one.subject]
            if closers:
                more = "reports.could_close_more" if len(closers) > _MOST_CLOSERS else "reports.could_close"
                found = tuple(closers[:_MOST_CLOSERS])
                yield Line(
                    "    " + self.catalogue.say(more, criteria=found, count=len(closers) - len(found)), faint=True
                )
        if together:
            yield Line("  " + self.catalogue.say("reports.gates", count=len(gates), criteria=gates))

    def _lighthouse(self) -> Iterator[Part]:
        yield Line()
        if self.card.lighthouse:
            yield Line(self.catalogue.say("reports.candidate"), strong=True)
            return
        yield Line(self.catalogue.say("reports.not_a_candidate"))
        yield from self._lacking(self.card.lighthouse_unmet)

    def _notices(self) -> Iterator[Part]:
        if self.card.notices:
            yield Line()
        for notice in self.card.notices:
            yield Line(self.catalogue.render(notice))


def next_level(card: Scorecard) -> LevelResult | None:
    """The lowest level that stands above the one reached."""
    above = list(card.levels)
    while card.level is not None and above and above.pop(0).id != card.level:
        pass
    return above[0] if above else None
