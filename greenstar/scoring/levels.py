"""Which level is reached, and what the others lack."""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction

from greenstar.numbers import ZERO
from greenstar.scheme.document import Group
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import outlook_of
from greenstar.scheme.severities import FINDING_LIMITS
from greenstar.scoring.scorecard import Outcome, Unmet
from greenstar.scoring.standing import Standing, result_of


class LevelCheck:
    """Checks the requirements of levels against a standing; `optimistic`: against the best that is possible.

    `only`: the ids of criteria and groups. Of what speaks of a single criterion or group, only those are then checked.
    """

    def __init__(self, standing: Standing, *, optimistic: bool, only: AbstractSet[str] | None = None) -> None:
        self.standing = standing
        self.scheme = standing.scheme
        self.optimistic = optimistic
        self.only = only
        self.tally = standing.best if optimistic else standing.now
        self.holding: set[str] = set()

    def unmet(self, requires: Requires) -> tuple[Unmet, ...]:
        """Everything that the requirements lack."""
        return tuple(self._unmet(requires))

    def holds(self, requires: Requires) -> bool:
        """Whether they lack nothing."""
        return next(self._unmet(requires), None) is None

    def _tells(self, lacking: bool) -> bool:
        """Whether a requirement is told of: where it is lacking."""
        return lacking

    def _unmet(self, requires: Requires) -> Iterator[Unmet]:
        if requires.level is not None and self._tells(requires.level not in self.holding):
            yield Unmet("level", requires.level)
        if requires.total is not None:
            yield from self._total(requires.total)
        yield from self._each_category(requires)
        for name in self._chosen(requires.categories):
            yield from self._group("categories", name, requires.categories[name])
        yield from self._criteria(requires)
        yield from self._findings(requires)
        yield from self._evidence(requires)
        yield from self._excused(requires)
        if requires.complete and not self.optimistic:
            still_open = tuple(score.id for score in self.standing.scores.values() if score.open)
            if self._tells(bool(still_open)):
                yield Unmet("complete", needed=ZERO, actual=Fraction(len(still_open)), criteria=still_open)
        yield from self._prerequisites(requires)
        yield from self._when(requires)

    def _chosen(self, names: Collection[str]) -> Iterable[str]:
        """Those of these criteria or groups that are to be checked."""
        return names if self.only is None else [name for name in self.only if name in names]

    def _total(self, threshold: Threshold) -> Iterator[Unmet]:
        actual = self.tally.share if threshold.percent else self.tally.total
        if self._tells(actual is None or actual < threshold.value):
            yield Unmet("total", "", threshold.value, actual, threshold.percent, self._closers())

    def _closers(self, group: str | None = None) -> tuple[str, ...]:
        if self.optimistic:
            return ()
        return self.standing.gains(self.scheme.criteria_in[group] if group else None)

    def _each_category(self, requires: Requires) -> Iterator[Unmet]:
        each = requires.each_category
        if each is None:
            return
        wanted = each if isinstance(each, EachCategory) else EachCategory.model_construct(min=each)
        for name in self._chosen(self.scheme.category_by_id):
            group = self.scheme.category_by_id[name]
            if group.bonus or group.category in wanted.except_ or self._hardly_applies(group, wanted.where_applies):
                continue
            yield from self._group("each_category", group.category, wanted.min)

    def _hardly_applies(self, group: Group, least: Fraction | None) -> bool:
        return least is not None and self.standing.applying(group.category, possibly=self.optimistic) < least

    def _group(self, requirement: str, name: str, threshold: Threshold) -> Iterator[Unmet]:
        group = self.tally.groups[name]
        if group.share is None:
            return  # what does not apply is held met
        actual = group.share if threshold.percent else group.points
        if self._tells(actual < threshold.value):
            closers = self._closers(name)
            yield Unmet(requirement, name, threshold.value, actual, threshold.percent, closers)

    def _criteria(self, requires: Requires) -> Iterator[Unmet]:
        for name in self._chosen(requires.criteria):
            score, least = self.standing.scores[name], requires.criteria[name]
            actual = score.best if self.optimistic else score.earned
            if score.applies and self._tells(actual < least):
                yield Unmet("criteria", name, least, actual, criteria=(name,))
        for choice in requires.choices:
            chosen = [self.standing.scores[name] for name in choice.of]
            met = sum(score.outcome is Outcome.MET or (self.optimistic and score.open) for score in chosen)
            if self._tells(met < choice.at_least):
                closers = tuple(score.id for score in chosen if score.applies and score.outcome is not Outcome.MET)
                yield Unmet("any_of", "", Fraction(choice.at_least), Fraction(met), criteria=closers)

    def _findings(self, requires: Requires) -> Iterator[Unmet]:
        """Findings that are open; at best each can still be closed, as evidence can still be verified."""
        if self.optimistic:
            return
        for limit in FINDING_LIMITS:
            most = requires.findings.get(limit)
            if most is None:
                continue
            findings = [finding for finding in self.standing.visit.findings if limit in finding.counts_as]
            if self._tells(len(findings) > most):
                criteria = tuple(dict.fromkeys(finding.criterion for finding in findings))
                yield Unmet("findings", limit, Fraction(most), Fraction(len(findings)), criteria=criteria)

    def _evidence(self, requires: Requires) -> Iterator[Unmet]:
        """Of the criteria that list evidence, answered or still open: the share with a verified file.

        What may turn out not to apply counts only where it lacks one: it may take its file along.
        """
        if requires.evidence is None or self.optimistic:
            return
        kept, scores = self.standing.visit.evidence, self.standing.scores
        listing = [name for name, criterion in self.scheme.criteria.items() if criterion.evidence]
        proved = {name for name in listing if any(file.verified for file in kept.get(name, ()))}
        leaving = {score.id for score in self.standing.droppable()}
        asked = [name for name in listing if scores[name].applies and not (name in proved and name in leaving)]
        lacking = tuple(name for name in asked if name not in proved)
        if asked:
            actual = 1 - Fraction(len(lacking), len(asked))
            if self._tells(actual < requires.evidence):
                yield Unmet("evidence", "", requires.evidence, actual, percent=True, criteria=lacking)

    def _excused(self, requires: Requires) -> Iterator[Unmet]:
        """At most so many points, or such a share of those that apply by rule, taken out by the assessor."""
        most, standing = requires.excused, self.standing
        if most is None:
            return
        if most.percent:
            actual = standing.excused_share(optimistic=self.optimistic)
        else:
            actual = standing.excused_ends[0 if self.optimistic else 1]
        if actual is not None and self._tells(actual > most.value):
            excused = [score for score in standing.scores.values() if score.excused]
            worth = {score.id: points_of(self.scheme.criteria[score.id]) for score in excused}
            criteria = tuple(sorted(worth, key=lambda name: -worth[name]))
            yield Unmet("excused", "", most.value, actual, most.percent, criteria)

    def _prerequisites(self, requires: Requires) -> Iterator[Unmet]:
        wanted = requires.prerequisites
        if wanted == "none":
            return
        for name in self._chosen(self.scheme.prerequisites):
            if wanted != "all" and name not in wanted:
                continue
            score = self.standing.scores[name]
            if self._tells(score.outcome is Outcome.NOT_MET or (score.open and not self.optimistic)):
                yield Unmet("prerequisites", name, criteria=(name,))

    def _when(self, requires: Requires) -> Iterator[Unmet]:
        if requires.when is None:
            return
        result = outlook_of(result_of(requires.when, self.standing))
        if self._tells(not (True in result.truths if self.optimistic else result.surely_true)):
            yield Unmet("when", requires.when.text, because=requires.because)
