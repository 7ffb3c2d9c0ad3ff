"""The findings to close and the evidence to verify so that a level's limits hold: as few of them as can be."""

from collections import Counter
from collections.abc import Iterable
from math import floor

from greenstar.assessment.model import Visit
from greenstar.ranking.ways.demands import with_lower
from greenstar.scheme.levels import Level
from greenstar.scheme.model import Scheme
from greenstar.scheme.severities import FINDING_LIMITS, FindingLimit
from greenstar.scoring.scorecard import Unmet


def to_close(scheme: Scheme, visit: Visit, level: Level) -> tuple[int, ...]:
    """The places of the findings to close. Those taken over from the last visit come first: they count twice."""
    most: dict[FindingLimit, int] = {}
    for part in with_lower(scheme, level):
        for limit, number in part.requires.findings.items():
            most[limit] = min(number, most.get(limit, number))
    still_open = {place: finding for place, finding in enumerate(visit.findings) if finding.counts_as}
    counted = Counter(limit for finding in still_open.values() for limit in finding.counts_as)
    closing: set[int] = set()
    for limit in FINDING_LIMITS:  # `repeated` is the last of them
        of_limit = [place for place, finding in still_open.items() if limit in finding.counts_as]
        for place in sorted(of_limit, key=lambda place: (not still_open[place].follows, place)):
            if counted[limit] > most.get(limit, counted[limit]) and place not in closing:
                closing.add(place)
                counted.subtract(still_open[place].counts_as)
    return tuple(sorted(closing))


def to_verify(visit: Visit, lacks: Iterable[Unmet]) -> tuple[str, ...]:
    """The criteria whose evidence to verify, of those that lack it: where a file is at hand already come first."""
    verifying: tuple[str, ...] = ()
    for lack in lacks:
        if lack.requirement == "evidence" and lack.needed is not None and lack.actual is not None:
            asked = len(lack.criteria) / (1 - lack.actual)
            number = len(lack.criteria) - floor((1 - lack.needed) * asked)
            at_hand_first = sorted(lack.criteria, key=lambda name: not visit.evidence.get(name))
            verifying = max(verifying, tuple(at_hand_first[:number]), key=len)
    return verifying
