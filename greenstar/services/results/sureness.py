"""How sure the places of a ranking are: ranges under other weights, policies and answers. Needs NumPy."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

from greenstar.errors import BadInput
from greenstar.numbers import ZERO, exact_figure
from greenstar.ranking.league import LeagueEntry, Ranked, Ranking
from greenstar.ranking.uncertainty.box import MOST_CORNERS
from greenstar.ranking.uncertainty.otherwise import LevelReach, level_reach, places_with, places_with_answers
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring, adds_up
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import weight_of
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.scorecards import ScorecardRow

if TYPE_CHECKING:
    from greenstar.ranking.uncertainty.sure import PlaceRange

MOST_PROVED = 150  # stores of which all ranges are proved; of more, those of the first, the candidates and the named
MOST_TOLD = 100  # stores of which the weights of both ends and sentences are told, the first ones
INSTALL = "pipx inject greenstar numpy"


@dataclass(frozen=True)
class StoreSureness:
    """How sure a store's place is. The places that some weights give: with the weights, by group, that give each end.

    `policies`: its place if what does not apply were treated so everywhere, None where that is not known. `answers`:
    its best and worst place whatever is still answered, None where that is not known. `drawn`: in how many of the
    weightings drawn it has which place; only of a store that was named.
    """

    low: int
    high: int
    low_bound: int
    high_bound: int
    proved: bool
    chance: Fraction
    low_weights: Mapping[str, Fraction]
    high_weights: Mapping[str, Fraction]
    told: bool
    reach: LevelReach
    policies: Mapping[str, int | None]
    answers: tuple[int, int] | None
    drawn: Mapping[int, int]


@dataclass(frozen=True)
class Sureness:
    """A ranking with its ranges, and all that they rest on. `stores` by code; `weights` of the groups, as they are.

    `method`: of the root. `corners`: whether every corner of the box was looked at.
    """

    ranking: Ranking
    settings: SureSettings
    method: str
    weights: Mapping[str, Fraction]
    corners: bool
    stores: Mapping[str, StoreSureness]


def can_be_sure() -> bool:
    """Whether NumPy is here."""
    return find_spec("numpy") is not None


def numpy_loads() -> bool:
    """Whether NumPy is here and can be loaded; it is, which takes a while the first time."""
    try:
        _refuse_without_numpy()
    except BadInput:
        return False
    return True


def _refuse_without_numpy() -> None:
    try:
        import numpy  # noqa: F401, ICN001, PLC0415 - it takes a while to load
    except ImportError as error:  # it is not here, or it is damaged
        raise BadInput("sure.no_numpy", command=INSTALL) from error


def how_sure(
    workspace: Workspace,
    ranking: Ranking,
    settings: SureSettings,
    named: Collection[str] = (),
    stopped: Callable[[], bool] = lambda: False,
) -> Sureness:
    """Work the ranges of a ranking out; those of the first, the candidates and the named stores are proved if possible.

    In a small network all are.

    BadInput: NumPy is not here, or a key of the ranking moves with the weights. Stopped: `stopped` said so meanwhile.
    """
    _refuse_without_numpy()
    if not ranking.stores or ranking.rules is None:
        return Sureness(ranking, settings, "", {}, corners=True, stores={})
    figures = _Figures(workspace, ranking)
    return figures.sureness(settings, named, stopped)


class _Figures:
    """The figures of a ranking's stores, as exact as scoring had them."""

    def __init__(self, workspace: Workspace, ranking: Ranking) -> None:
        from greenstar.services.results.stored_visits import figures, schemes_of, scored_again  # noqa: PLC0415
        from greenstar.services.schemes import registry  # noqa: PLC0415

        self.ranking = ranking
        self.entries = [ranked.entry for ranked in ranking.stores]
        listed = schemes_of({row.id: row for row in workspace.storage.assessments.listed(ranking.cycle)})
        numbers = [entry.assessment for entry in self.entries]
        schemes = {number: listed.get(number) or _scheme_of_earlier(workspace, number) for number in numbers}
        self._refuse(entry.store for entry in self.entries if not schemes[entry.assessment])
        self.scheme: Scheme = registry.stored(workspace.storage, next(iter(schemes.values())))
        self._refuse_moving_keys()
        self.scoring = self._scoring()
        self.cards: dict[int, ScorecardRow] = figures(workspace.storage, schemes)
        inexact = {
            name: schemes[name]
            for name, card in self.cards.items()
            if any(group.points_exact is None for group in card.groups)
        }
        if inexact:  # drafts of an earlier program
            self.cards |= scored_again(workspace.storage, inexact)
        self.contestants = [self._contestant(entry) for entry in self.entries]
        self._refuse(store.store for store in self.contestants if not adds_up(self.scoring, store))

    def _refuse(self, stores: Iterable[str]) -> None:
        """A ranking that was kept when its cycle closed may be of visits that are others now, or gone."""
        for store in stores:
            raise BadInput("sure.other_figures", store=store)

    def _refuse_moving_keys(self) -> None:
        """A key that reads the total moves with it, in whatever way its rule says."""
        for key in self.scheme.lighthouse.rank_by:
            if not isinstance(key, str) and "total" in key.of.names:
                raise BadInput("sure.key_reads_total", key=key.title)

    def _scoring(self) -> RootScoring:
        scoring = self.scheme.scoring
        groups = [group for group in self.scheme.categories if not group.bonus]
        return RootScoring(
            method=scoring.method,
            worth=scoring.points,
            groups=tuple(group.category for group in groups),
            weights=tuple(map(weight_of, groups)),
        )

    def _contestant(self, entry: LeagueEntry) -> Contestant:
        card = self.cards[entry.assessment]
        parts = {group.group: group for group in card.groups}
        names = list(entry.keys)
        at = names.index("total") if "total" in names else len(names)
        values = list(entry.keys.values())
        return Contestant(
            store=entry.store,
            parts=tuple(
                (_exact(parts[name].points_exact), _exact(parts[name].available_exact)) for name in self.scoring.groups
            ),
            bonus=sum((_exact(group.points_exact) for group in card.groups if group.bonus), ZERO),
            total=entry.total if "total" in names else None,
            ahead=tuple(values[:at]),
            behind=tuple(values[at + 1 :]),
        )

    def sureness(self, settings: SureSettings, named: Collection[str], stopped: Callable[[], bool]) -> Sureness:
        """Everything, worked out."""
        from greenstar.ranking.uncertainty.contest import Contest  # noqa: PLC0415 - NumPy takes a while to load
        from greenstar.ranking.uncertainty.sure import place_ranges  # noqa: PLC0415

        contestants, scoring = self.contestants, self.scoring
        told = self._told(settings, named)
        others = range(len(contestants)) if len(contestants) <= MOST_PROVED else ()
        prove = list(dict.fromkeys((*told, *others)))
        watched = {number for number, entry in enumerate(self.entries) if entry.store in named}
        ranges = place_ranges(Contest(scoring, contestants), settings, prove, stopped, watched)
        stores = self._stores(ranges, settings, set(told))
        weights = dict(zip(scoring.groups, scoring.weights, strict=True))
        corners = len(scoring.groups) <= MOST_CORNERS
        return Sureness(_with_ranges(self.ranking, stores), settings, scoring.method, weights, corners, stores)

    def _told(self, settings: SureSettings, named: Collection[str]) -> list[int]:
        """The numbers of the stores of which everything is told: the first, the candidates and the named ones."""
        told = (
            number
            for number, (ranked, entry) in enumerate(zip(self.ranking.stores, self.entries, strict=True))
            if ranked.rank <= settings.first or entry.candidate or entry.store in named
        )
        return list(islice(told, MOST_TOLD))

    def _stores(
        self, ranges: Iterable["PlaceRange"], settings: SureSettings, told: Collection[int]
    ) -> dict[str, StoreSureness]:
        policies, answers = self._policies(), self._answers()
        return {
            entry.store: StoreSureness(
                low=reached.low,
                high=reached.high,
                low_bound=reached.low_bound,
                high_bound=reached.high_bound,
                proved=reached.proved,
                chance=reached.chance(settings.draws),
                low_weights=self._weights(reached.low_factors),
                high_weights=self._weights(reached.high_factors),
                told=number in told,
                reach=self._level(number, settings.share),
                policies={policy: places[number] for policy, places in policies.items()},
                answers=answers[number] if answers else None,
                drawn=reached.drawn,
            )
            for number, (entry, reached) in enumerate(zip(self.entries, ranges, strict=True))
        }

    def _level(self, number: int, share: Fraction) -> LevelReach:
        """What weights make of a store's total and level; a level whose own rule reads the total is left open."""
        entry = self.entries[number]
        contestant = replace(self.contestants[number], total=entry.total)
        reach = level_reach(self.scoring, contestant, share, self.ranking.ladder, entry.level)
        rules = (level.requires.when for level in self.scheme.levels)
        return replace(reach, exact=not any(rule is not None and "total" in rule.names for rule in rules))

    def _weights(self, factors: tuple[Fraction, ...]) -> dict[str, Fraction]:
        scoring = self.scoring
        return {
            group: weight * factor
            for group, weight, factor in zip(scoring.groups, scoring.weights, factors, strict=True)
        }

    def _policies(self) -> dict[str, list[int | None]]:
        """The places under each policy; unknown where any total is."""
        kept = [json.loads(self.cards[entry.assessment].totals_by_policy or "{}") for entry in self.entries]
        places: dict[str, list[int | None]] = {}
        for policy in ("exclude", "award", "zero", "redistribute"):
            totals = [exact_figure(totals.get(policy)) for totals in kept]
            known = all(
                total is not None or entry.total is None for total, entry in zip(totals, self.entries, strict=True)
            )
            places[policy] = [*places_with(self.contestants, totals)] if known else [None] * len(totals)
        return places

    def _answers(self) -> list[tuple[int, int]] | None:
        """The places whatever is answered; unknown where another key comes before the total."""
        if next(iter(self.ranking.keys), None) != "total":
            return None
        cards = [self.cards[entry.assessment] for entry in self.entries]
        if any(card.best is None and card.total is not None for card in cards):
            return None
        return places_with_answers(
            self.contestants, [(exact_figure(card.worst), exact_figure(card.best)) for card in cards]
        )


def _scheme_of_earlier(workspace: Workspace, assessment: int) -> str:
    """The scheme of a revision that a kept ranking stands on, though another counts now; empty where it is not here."""
    return workspace.storage.assessments.get(assessment).scheme if assessment else ""


def _exact(text: str | None) -> Fraction:
    figure = exact_figure(text)
    assert figure is not None
    return figure


def _with_ranges(ranking: Ranking, stores: Mapping[str, StoreSureness]) -> Ranking:
    """The ranking with what is known of each place."""
    return replace(ranking, stores=tuple(_ranked(ranked, stores[ranked.entry.store]) for ranked in ranking.stores))


def _ranked(ranked: Ranked, sure: StoreSureness) -> Ranked:
    return replace(
        ranked,
        rank_low=sure.low,
        rank_high=sure.high,
        rank_low_bound=sure.low_bound,
        rank_high_bound=sure.high_bound,
        proved=sure.proved,
        chance_top=sure.chance,
    )
