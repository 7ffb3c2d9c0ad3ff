"""The way to a level as a reader sees it: a sentence for each thing to do, in full and in short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.ranking.ways.way import Way, Ways, WayStep
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import ScorecardEdges, of_criterion, of_value
from greenstar.scoring.explain.unmet import unmet_sentence
from greenstar.scoring.scorecard import Scorecard

_TOGETHER = 4  # so many files to verify, and more, share a sentence


@dataclass(frozen=True)
class StepView:
    """One thing to do: `what` in a sentence without the criterion, `line` with it, `short` in a few words."""

    step: WayStep
    what: Phrase
    line: Phrase
    short: Phrase


@dataclass(frozen=True)
class WayView:
    """One way: each thing to do, and the same in lines and in few words, where files to verify share one."""

    way: Way
    steps: tuple[StepView, ...]
    lines: tuple[Phrase, ...]
    short: tuple[Phrase, ...]


@dataclass(frozen=True)
class WaysView:
    """The way to a level and others. `headline` says which of all cases it is, `because` what keeps it out of reach.

    `instead`: a sentence for each other way, with what is left out and what is done in its place. `notes`: what else a
    reader must know.
    """

    ways: Ways
    title: Text
    headline: Phrase
    because: tuple[Phrase, ...]
    way: WayView | None
    others: tuple[WayView, ...]
    instead: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]


def ways_view(scheme: Scheme, card: Scorecard, ways: Ways) -> WaysView:
    """The ways of a visit with that scorecard."""
    title = scheme.level_title(ways.level)
    assert title is not None
    way = None if ways.way is None else _way_view(scheme, card, ways, ways.way)
    others = tuple(_way_view(scheme, card, ways, other) for other in ways.instead)
    edges = ScorecardEdges(scheme, card)
    return WaysView(
        ways=ways,
        title=title,
        headline=_headline(ways, title),
        because=() if _first_to_decide(ways) else tuple(unmet_sentence(edges, lack) for lack in ways.out_of_reach),
        way=way,
        others=others,
        instead=tuple(_instead(way, other) for other in others) if way is not None else (),
        notes=tuple(_notes(ways)),
    )


def _first_to_decide(ways: Ways) -> bool:
    """Whether it may be only for what is not known yet that a level is out of reach."""
    return bool(ways.out_of_reach and ways.undecided)


def _headline(ways: Ways, title: Text) -> Phrase:
    if ways.held:
        return Phrase("ways.held", level=title)
    if ways.way is not None:
        return Phrase("ways.way", level=title, count=len(ways.way.steps), effort=ways.way.effort)
    if _first_to_decide(ways):
        return Phrase("ways.undecided_first", level=title, count=len(ways.undecided), ids=list(ways.undecided))
    if ways.out_of_reach:
        return Phrase("ways.out_of_reach", level=title)
    return Phrase("ways.unplanned", level=title, rules=list(ways.unplanned))


def _notes(ways: Ways) -> Iterator[Phrase]:
    if ways.way is None:
        return
    if ways.unplanned:
        yield Phrase("ways.unproved", rules=list(ways.unplanned))
    if ways.undecided:
        yield Phrase("ways.undecided", count=len(ways.undecided), ids=list(ways.undecided))
    if ways.peers:
        yield Phrase("ways.peers_are", count=ways.peers)


# -- steps


def _way_view(scheme: Scheme, card: Scorecard, ways: Ways, way: Way) -> WayView:
    steps = tuple(_step_view(scheme, card, ways, step) for step in way.steps)
    proving = [view for view in steps if view.step.kind == "evidence"]
    ids = [view.step.criterion for view in proving]
    together = len(proving) >= _TOGETHER
    lines = [view.line for view in steps if not (together and view in proving)]
    short = [view.short for view in steps if view not in proving]
    if together:
        lines.append(Phrase("ways.verify_all", count=len(ids), ids=ids))
    if proving:
        short.append(Phrase("ways.short_verified", count=len(ids), ids=ids))
    return WayView(way, steps, tuple(lines), tuple(short))


def _step_view(scheme: Scheme, card: Scorecard, ways: Ways, step: WayStep) -> StepView:
    name, title = step.criterion, scheme.criteria[step.criterion].title
    what = _step_phrase(scheme, card, step)
    line = Phrase("ways.step", id=name, title=title, what=what)
    if step.peers is not None and ways.peers:
        line = Phrase("ways.peers", step=line, having=str(step.peers), of=str(ways.peers))
    return StepView(step, what, line, _short(scheme, step))


def _step_phrase(scheme: Scheme, card: Scorecard, step: WayStep) -> Phrase:
    if step.kind == "finding":
        return Phrase("ways.close", text=step.finding.text if step.finding is not None else "")
    if step.kind == "evidence" or step.aim is None:
        return Phrase("ways.verify")
    if step.before is None or step.after is None or step.aim.key == "ways.answer":
        return step.aim
    score, criterion = card.criteria[step.criterion], scheme.criteria[step.criterion]
    aim, edges = step.aim, of_criterion(scheme, step.criterion)
    if criterion.score is not None and isinstance(score.value, Fraction):
        from_value = Quantity(score.value, criterion.score.unit, of_value(criterion.score))
        aim = Phrase("ways.from", value=from_value, aim=aim)
    return Phrase("ways.points", aim=aim, before=Quantity(step.before, misses=edges), after=Quantity(step.after))


def _short(scheme: Scheme, step: WayStep) -> Phrase:
    name = step.criterion
    if step.kind == "finding":
        return Phrase("ways.short_closed", id=name)
    if step.kind == "evidence":
        return Phrase("ways.short_verified", count=1, ids=[name])
    if step.aim is not None and step.aim.key == "ways.answer":
        return Phrase("ways.short_answered", id=name)
    if step.before is None or step.after is None:
        return Phrase("ways.short_met", id=name)
    edges = of_criterion(scheme, name)
    return Phrase("ways.short_points", id=name, before=Quantity(step.before, misses=edges), after=Quantity(step.after))


def _instead(best: WayView, other: WayView) -> Phrase:
    """What another way leaves out, and what it does in its place."""
    without, added = _difference(best, other), list(_difference(other, best))
    key = "ways.instead" if added else "ways.instead_fewer"
    return Phrase(key, without=list(without), added=added, effort=other.way.effort)


def _difference(first: WayView, second: WayView) -> Iterable[Phrase]:
    """The few words of what only the first does."""
    done = {(view.step.kind, view.step.criterion, view.step.after) for view in second.steps}
    return [view.short for view in first.steps if (view.step.kind, view.step.criterion, view.step.after) not in done]
