"""What a scheme's indicators come to in a visit: figures that a network adds up. No points are worked out for them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from greenstar.assessment.model import Visit
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.environment import Environment
from greenstar.scoring.score import carry_out


class IndicatorValue(NamedTuple):
    """An indicator in a visit, and what it is held against; None: unknown, or (`per`) it is held against nothing."""

    value: Fraction | None
    per: Fraction | None = None


class Indicators:
    """The indicators of a scheme, ready to be worked out for many visits."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._steps = _needed(scheme)

    def of(self, visit: Visit) -> Mapping[str, IndicatorValue]:
        """Each indicator by its name, exactly."""
        environment = Environment(self.scheme, visit)
        carry_out(environment, {}, self._steps)
        return {
            name: IndicatorValue(
                _known(environment, indicator.of),
                None if indicator.per is None else _known(environment, indicator.per.of),
            )
            for name, indicator in self.scheme.indicators.items()
        }


def questions_added_up(scheme: Scheme) -> frozenset[str]:
    """The questions that indicators stand on, directly or through named quantities."""
    return frozenset(step.id for step in _needed(scheme) if step.kind == "question")


def _known(environment: Environment, rule: Rule) -> Fraction | None:
    value = environment.rule(rule)
    return value if isinstance(value, Fraction) else None


def _needed(scheme: Scheme) -> tuple[Step, ...]:
    """The steps behind the indicators, in the scheme's order of working out: of a scheme's rules they are few."""
    rules = [indicator.of for indicator in scheme.indicators.values()]
    rules += [indicator.per.of for indicator in scheme.indicators.values() if indicator.per is not None]
    needed = scheme.needed_by(_read(scheme, rules))
    return tuple(step for step in scheme.order if step in needed)


def _read(scheme: Scheme, rules: Iterable[Rule]) -> Iterable[Step]:
    for rule in rules:
        for name in rule.names:
            if name in scheme.facts:
                yield Step("fact", name)
            elif name in scheme.values:
                yield Step("value", name)
            elif name in scheme.questions:  # else it is the day of the visit
                yield Step("question", name)
        yield from (Step("chosen", " ".join(ids)) for _, *ids in rule.chosen)
