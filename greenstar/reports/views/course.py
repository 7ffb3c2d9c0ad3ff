"""How a store's categories went from cycle to cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.scheme.model import Scheme
from greenstar.services.stores.past_visits import PastVisit

LEAST_CYCLES = 3  # of a course: two points are a step, which is told in figures


@dataclass(frozen=True)
class Course:
    """The shares of each category in these cycles, the oldest first; None where nothing in it applied.

    Empty where there are fewer cycles than it takes to see a course.
    """

    cycles: tuple[str, ...] = ()
    shares: Mapping[str, tuple[Fraction | None, ...]] | None = None

    def of(self, category: str) -> tuple[Fraction, ...]:
        """The shares of a category, where enough of them are known to see a course; else none."""
        known = tuple(share for share in (self.shares or {}).get(category, ()) if share is not None)
        return known if len(known) >= LEAST_CYCLES else ()


def course_of(scheme: Scheme, visits: Sequence[PastVisit], cycle: str, shares: Mapping[str, Fraction | None]) -> Course:
    """The course up to a visit that has these shares. `visits` of the store, the newest first, under any schemes."""
    cycles = [visit.cycle for visit in visits]
    earlier = visits[cycles.index(cycle) + 1 :] if cycle in cycles else ()
    before = [visit for visit in reversed(earlier) if visit.scheme.name == scheme.name and visit.cycle != cycle]
    if len(before) + 1 < LEAST_CYCLES:
        return Course()
    return Course(
        cycles=(*(visit.cycle for visit in before), cycle),
        shares={
            name: (*(visit.shares.get(visit.category(scheme, name)) for visit in before), share)
            for name, share in shares.items()
        },
    )
