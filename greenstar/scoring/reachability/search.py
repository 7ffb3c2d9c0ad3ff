"""Looking for visits that reach each level. Nothing here is random: the same scheme always gives the same visits.

answers ─▶ each criterion as good as it gets (settle) ─▶ facts, exemptions (climb) ─▶ fewer answers, for lower levels
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from greenstar.assessment.model import Answer, Visit
from greenstar.numbers import ONE
from greenstar.scheme.document import Criterion
from greenstar.scheme.levels import Level
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import complaints
from greenstar.scoring.graph import Graph
from greenstar.scoring.reachability.candidates import Candidates
from greenstar.scoring.reachability.trial import FREE, Trial
from greenstar.scoring.score import score, work_out
from greenstar.scoring.scorecard import LevelResult, Scorecard, Unmet

_MOST_TRIES = 12_000  # answers tried in all: what a scheme of a hundred criteria needs in one or two seconds
_MOST_SCORED = 30_000  # criteria scored in whole visits, over all of them
_JUMPS = 60
_FEW = 6  # candidates of a fact that are tried while climbing
_AWAY = "Left out in the search for a visit that reaches the level"


def sample_visits(scheme: Scheme) -> dict[str, Visit | None]:
    """For each level a visit that reaches it, as far as was found."""
    search = _Search(scheme)
    search.run()
    return {level.id: search.exact.get(level.id) or search.holding.get(level.id) for level in scheme.levels}


class _Search:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.graph = Graph(scheme)
        self.candidates = Candidates(scheme)
        self.tries_left = max(_MOST_TRIES, 3 * len(scheme.questions))
        self.scored_left = max(3, _MOST_SCORED // max(1, len(scheme.criteria)))
        self.exact: dict[str, Visit] = {}  # visits that reach a level and no higher one
        self.holding: dict[str, Visit] = {}  # visits for which a level holds

    def run(self) -> None:
        """Fill `exact` and `holding`."""
        facts, answers = self._first(self.scheme.facts), self._first(self.scheme.questions)
        best = Trial(self.scheme, self.graph, facts, answers, {})
        self._settle(best, self.scheme.criteria.values())
        self._look(best)
        for level in reversed(self.scheme.levels):
            if level.id not in self.holding:
                best = self._climb(best, level)
        for level in self.scheme.levels:
            if level.id not in self.exact and level.id in self.holding:
                self._thin_out(self.holding[level.id], level)
            if level.id not in self.exact and level.id in self.holding:
                self._worsen(self.holding[level.id], level)

    def _first(self, names: Iterable[str]) -> dict[str, Answer]:
        answers = {name: next(self.candidates.one_by_one(name), None) for name in names}
        return {name: answer for name, answer in answers.items() if answer is not None}

    # -- one criterion after the other ---------------------------------------------------------------------------

    def _settle(self, trial: Trial, criteria: Iterable[Criterion]) -> None:
        """Better each criterion by its own questions, and those that its rules read, until nothing gets better."""
        wanting = list(criteria)
        while wanting:
            better = [criterion for criterion in wanting if self._better(trial, criterion)]
            wanting = [criterion for criterion in better if trial.costs[criterion.id] != FREE]

    def _better(self, trial: Trial, criterion: Criterion) -> bool:
        if trial.costs[criterion.id] == FREE:
            return False
        names = self.scheme.questions_behind(criterion.id)
        better = False
        for name in names:
            for answer in self.candidates.one_by_one(name):
                if answer != trial.answers[name]:
                    better = self._try(trial, {name: answer}) or better
                if trial.costs[criterion.id] == FREE:
                    return better
        return self._jump(trial, criterion, names) or better

    def _jump(self, trial: Trial, criterion: Criterion, names: list[str]) -> bool:
        """Change several answers at once: where one alone is refused, or does nothing."""
        better = False
        chance = Random(criterion.id)  # noqa: S311  (no secret: the same criterion is to give the same)
        for _ in range(_JUMPS if len(names) > 1 else 0):
            chosen = chance.sample(names, chance.randint(2, min(4, len(names))))
            better = self._try(trial, {name: chance.choice(self.candidates.of(name)) for name in chosen}) or better
            if trial.costs[criterion.id] == FREE:
                break
        return better

    def _try(self, trial: Trial, changes: Mapping[str, Answer]) -> bool:
        if self.tries_left <= 0:
            return False
        self.tries_left -= 1
        return trial.improve(changes)

    # -- whole visits --------------------------------------------------------------------------------------------

    def _look(self, trial: Trial) -> tuple[Scorecard, int]:
        """Score the visit, and keep it for the levels it reaches if no check refuses anything in it."""
        self.scored_left -= 1
        visit = trial.recorded()
        worked = work_out(self.scheme, trial.visit)
        card = score(self.scheme, visit, worked)
        refused = sum(complaint.refuse for complaint in complaints(self.scheme, visit, worked))
        if not refused:
            self._keep(visit, card)
        return card, refused

    def _keep(self, visit: Visit, card: Scorecard) -> None:
        for level in card.levels:
            if level.holds:
                self.holding.setdefault(level.id, visit)
        if card.level is not None:
            self.exact.setdefault(card.level, visit)

    def _climb(self, best: Trial, level: Level) -> Trial:
        """Change facts and exemptions, one at a time, while that brings the visit nearer to the level."""
        nearest = self._distance(best, level)
        better = True
        while better and level.id not in self.holding and self.scored_left > 0:
            better = False
            for other in self._neighbours(best):
                if self.scored_left <= 0:
                    break
                distance = self._distance(other, level)
                if distance < nearest:
                    best, nearest, better = other, distance, True
        return best

    def _neighbours(self, trial: Trial) -> Iterator[Trial]:
        """The visit with one fact changed, or one criterion that is not met in full marked as not applicable."""
        scheme = self.scheme
        for name in scheme.facts:
            for fact in self.candidates.of(name)[:_FEW]:
                if fact != trial.facts[name]:
                    yield self._settled(trial, {**trial.facts, name: fact}, trial.visit.not_applicable)
        for name, cost in trial.costs.items():
            criterion, away = scheme.criteria[name], trial.visit.not_applicable
            if cost != FREE and name not in away and scheme.policy(criterion) != "forbid":
                yield self._settled(trial, trial.facts, {**away, name: _AWAY})

    def _settled(self, trial: Trial, facts: Mapping[str, Answer], away: Mapping[str, str]) -> Trial:
        made = Trial(self.scheme, self.graph, facts, trial.answers, away)
        changed = [
            criterion for name, criterion in self.scheme.criteria.items() if made.costs[name] != trial.costs[name]
        ]
        self._settle(made, changed)
        return made

    def _distance(self, trial: Trial, level: Level) -> tuple[int, Fraction, Fraction]:
        """How far a visit is from a level: refused answers, what is unmet, and the points of the total."""
        card, refused = self._look(trial)
        result = next(held for held in card.levels if held.id == level.id)
        total = card.total if card.total is not None else -ONE
        return refused, _lacking(result), -total

    # -- lower levels --------------------------------------------------------------------------------------------

    def _thin_out(self, visit: Visit, level: Level) -> None:
        """Leave more and more criteria unanswered, those that the level names last, until it is the highest."""
        places = {known.id: place for place, known in enumerate(self.scheme.levels)}
        order = self._least_needed(level)
        low, high = 0, len(order)
        while low < high and self.scored_left > 0:
            middle = (low + high) // 2
            card = self._without(visit, order[: middle + 1])
            if card.level is not None and places[card.level] > places[level.id]:
                low = middle + 1
            else:
                high = middle
            if card.level == level.id:
                return

    def _without(self, visit: Visit, criteria: Iterable[str]) -> Scorecard:
        left_out = {name for criterion in criteria for name in self.scheme.questions_of[criterion]}
        answers = {name: answer for name, answer in visit.answers.items() if name not in left_out}
        return self._kept_if_good(replace(visit, answers=answers))

    def _kept_if_good(self, visit: Visit) -> Scorecard:
        self.scored_left -= 1
        worked = work_out(self.scheme, visit)
        card = score(self.scheme, visit, worked)
        if not any(complaint.refuse for complaint in complaints(self.scheme, visit, worked)):
            self._keep(visit, card)
        return card

    def _worsen(self, visit: Visit, level: Level) -> None:
        """Give one worse answer after the other, as long as a higher level still holds, until this is the highest."""
        height = {known.id: place for place, known in enumerate(self.scheme.levels)}
        gates = [criterion.id for criterion in self.scheme.criteria.values() if criterion.prerequisite]
        card = score(self.scheme, visit)
        for name in (
            name for criterion in (*gates, *self._least_needed(level)) for name in self._asked(criterion, visit)
        ):
            for answer in reversed(self.candidates.of(name)):
                worse = replace(visit, answers={**visit.answers, name: answer})
                worse_card = self._kept_if_good(worse)
                if level.id in self.exact or self.scored_left <= 0:
                    return
                still_higher = worse_card.level is not None and height[worse_card.level] > height[level.id]
                if still_higher and _below(worse_card, card):
                    visit, card = worse, worse_card

    def _asked(self, criterion: str, visit: Visit) -> list[str]:
        return [name for name in self.scheme.questions_of[criterion] if name in visit.answers]

    def _least_needed(self, level: Level) -> list[str]:
        """Scored criteria, evenly over the categories; at the end those that the level names."""
        named = set(level.requires.criteria) | {name for choice in level.requires.choices for name in choice.of}
        ranked = []
        for category in self.scheme.categories:
            inside = self.scheme.criteria_in[category.category]
            for place, criterion in enumerate(inside):
                if not criterion.prerequisite:
                    ranked.append((criterion.id in named, Fraction(place, len(inside)), criterion.id))
        return [identifier for _, _, identifier in sorted(ranked)]


def _below(worse: Scorecard, card: Scorecard) -> bool:
    """Whether a visit comes to less than another: in points, or in its level."""
    if worse.level != card.level:
        return True
    return worse.total is not None and card.total is not None and worse.total < card.total


def _lacking(result: LevelResult) -> Fraction:
    """How much a level lacks: one for each requirement, and how far its figure is off."""
    return sum((ONE + _gap(unmet) for unmet in result.unmet), Fraction(0))


def _gap(unmet: Unmet) -> Fraction:
    if unmet.needed is None or unmet.actual is None or not unmet.needed:
        return ONE
    return abs(unmet.needed - unmet.actual) / unmet.needed
