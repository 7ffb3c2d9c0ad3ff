"""Why a store moved: the criteria that earned other points than in the cycle before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from greenstar.numbers import ZERO, exact_figure

_NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Cause:
    """A criterion with its points before and now, as they count in its category; None: it did not apply."""

    criterion: str
    before: Fraction | None
    after: Fraction | None

    @property
    def difference(self) -> Fraction:
        """How many points more it earns now."""
        return (self.after or ZERO) - (self.before or ZERO)


def causes(before: str, after: str) -> tuple[Cause, ...]:
    """The criteria that earn other points, the greatest difference first; of equal ones in the order of the scheme.

    Both are JSON, as `record.sealed` writes criteria.
    """
    earlier, now = _points(before), _points(after)
    changed = [
        Cause(name, earlier.get(name), now.get(name))
        for name in {**now, **earlier}
        if earlier.get(name) != now.get(name)
    ]
    return tuple(sorted(changed, key=lambda cause: -abs(cause.difference)))


def _points(kept: str) -> dict[str, Fraction | None]:
    criteria: Mapping[str, Mapping[str, Any]] = json.loads(kept)
    return {
        name: None if earned["outcome"] == _NOT_APPLICABLE else exact_figure(earned["points"])
        for name, earned in criteria.items()
    }
