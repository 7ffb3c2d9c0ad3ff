"""How far the assessors of a cycle agree, and which places of its league cannot be told apart for that."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from greenstar.i18n.phrase import Phrase
from greenstar.ranking.agreement.minutes import Minutes
from greenstar.ranking.agreement.places import ChanceSpread, ToldApart, told_apart
from greenstar.ranking.agreement.repeatability import LEAST_PAIRS, NO_PAIRS, Repeatability
from greenstar.ranking.league import Ranking
from greenstar.scheme.model import Scheme
from greenstar.services.agreement.assessors import Excuses, excuses, minutes_by_criterion
from greenstar.services.agreement.criteria import CriterionAgreement, agreement_on_criteria, never_varying
from greenstar.services.agreement.double_visits import DoubleVisit, counting_visits, double_visits
from greenstar.services.results.ranking import league
from greenstar.services.schemes import registry
from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class PlacesAlike:
    """The places of each store of a league that cannot be told apart; `limit`: from which distance on totals can.

    `places` by store: the first and the last. Where there are none, `why_none` says why.
    """

    places: Mapping[str, tuple[int, int]]
    limit: float | None = None
    why_none: Phrase | None = None


_NOTHING_KNOWN = PlacesAlike({})


@dataclass(frozen=True)
class Agreement:
    """Everything that double visits, events and excuses say of the assessors in a cycle.

    `scheme` is None where no visit counts. `visits`: how many count; `never_varying`: criteria that came out alike
    everywhere, and at how many stores.
    """

    cycle: str
    region: str | None
    scheme: Scheme | None
    ranking: Ranking
    visits: int = 0
    doubles: tuple[DoubleVisit, ...] = ()
    repeatability: Repeatability = NO_PAIRS
    alike: PlacesAlike = _NOTHING_KNOWN
    criteria: tuple[CriterionAgreement, ...] = ()
    never_varying: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, Minutes] = field(default_factory=dict)
    assessors: tuple[Excuses, ...] = ()
    notes: tuple[Phrase, ...] = ()


def agreement(workspace: Workspace, region: str | None = None) -> Agreement:
    """Of the workspace's cycle, by the rules of its league. BadInput: there is no such region."""
    ranking = league(workspace, region=region)
    cycle = workspace.cycle
    schemes = [row.sha256 for row in registry.wordings_of(workspace.storage, ranking.rules)]
    counting = counting_visits(workspace, cycle, schemes, region)
    if not counting:
        return Agreement(cycle, region, None, ranking)
    storage = workspace.storage
    scheme = registry.stored(storage, schemes[-1])
    doubles = double_visits(workspace, cycle, schemes, region)
    rows = [row.id for row in counting.values()]
    return Agreement(
        cycle=cycle,
        region=region,
        scheme=scheme,
        ranking=ranking,
        visits=len(counting),
        doubles=doubles.stores,
        repeatability=doubles.repeatability,
        alike=places_alike(ranking, doubles.repeatability),
        criteria=agreement_on_criteria(scheme, doubles.stores),
        never_varying=never_varying(scheme, storage.double_visits.earned(rows)),
        minutes=minutes_by_criterion(scheme, storage.double_visits.entered(cycle, schemes)),
        assessors=excuses(workspace, scheme, list(counting.values())),
        notes=doubles.notes,
    )


def places_told_apart(workspace: Workspace, ranking: Ranking, region: str | None = None) -> PlacesAlike:
    """The places of a league that cannot be told apart, from the double visits of its cycle and rules."""
    schemes = [row.sha256 for row in registry.wordings_of(workspace.storage, ranking.rules)]
    return places_alike(ranking, double_visits(workspace, ranking.cycle, schemes, region).repeatability)


def places_alike(ranking: Ranking, repeatability: Repeatability) -> PlacesAlike:
    """The same, where it is known how far totals of one store lie apart."""
    if not repeatability.known or repeatability.deviation is None:
        return PlacesAlike({}, why_none=Phrase("agreement.not_known_yet", count=repeatability.pairs, least=LEAST_PAIRS))
    if next(iter(ranking.keys), None) != "total":
        return PlacesAlike({}, why_none=Phrase("agreement.not_by_total"))
    entries = [(ranked.entry.store, ranked.entry.total) for ranked in ranking.stores]
    totals = {store: float(total) for store, total in entries if total is not None}
    apart: ToldApart = told_apart(list(totals.values()), ChanceSpread(repeatability.deviation, repeatability.pairs))
    return PlacesAlike(dict(zip(totals, apart.places, strict=True)), apart.limit)
