"""The choice of lighthouse stores among the candidates of a ranking, with the kinds of stores that it covers."""

from collections.abc import Mapping
from dataclasses import dataclass

from greenstar.numbers import ZERO
from greenstar.ranking.choice import MOST_KINDS, Candidate, CoverageChoice, choose
from greenstar.ranking.league import Ranked, Ranking
from greenstar.ranking.peers import Kind, Kinds, Trait
from greenstar.scheme.model import Scheme
from greenstar.services.results.peers import kinds_of
from greenstar.services.schemes.registry import scheme_by_rules
from greenstar.services.workspace import Workspace
from greenstar.text import folded

MOST_TRAITS = 3
"""So many facts tell kinds apart: with more of them, nearly every store would be a kind by itself."""


@dataclass(frozen=True)
class LighthouseChoice:
    """The choice of `wanted` stores among all `candidates`, who stand in the order of the ranking.

    `traits`: what tells their kinds apart, and `kinds` what each candidate is by them.
    """

    wanted: int
    scheme: Scheme
    candidates: tuple[Ranked, ...]
    traits: tuple[Trait, ...]
    kinds: Mapping[str, Kind]
    choice: CoverageChoice


def choose_lighthouses(workspace: Workspace, ranking: Ranking, wanted: int) -> LighthouseChoice | None:
    """Choose so many of a ranking's candidates, or all where there are no more; None: there is no candidate."""
    candidates = tuple(ranked for ranked in ranking.stores if ranked.entry.candidate)
    if not candidates or ranking.rules is None:
        return None
    scheme = scheme_by_rules(workspace.storage, ranking.rules)
    kinds = Kinds(scheme)
    entries = [ranked.entry for ranked in candidates]
    visits = {entry.store: entry.assessment for entry in entries}
    by_store = kinds_of(workspace.storage, kinds, visits, ranking.cycle)
    places = telling_apart(kinds.traits, list(by_store.values()))
    told = {store: tuple(kind[place] for place in places) for store, kind in by_store.items()}
    choice = choose(
        [Candidate(entry.store, entry.total or ZERO, folded(entry.region), told[entry.store]) for entry in entries],
        wanted,
    )
    return LighthouseChoice(wanted, scheme, candidates, tuple(kinds.traits[place] for place in places), told, choice)


def telling_apart(traits: tuple[Trait, ...], kinds: list[Kind]) -> list[int]:
    """The places of the traits by which stores are of different kinds, those that decide most points first.

    At most three, of those that decide points and in which the stores differ, and no more than make `MOST_KINDS` kinds.
    """
    chosen: list[int] = []
    count = 1
    for place, trait in enumerate(traits):
        made = len({tuple(kind[at] for at in (*chosen, place)) for kind in kinds})
        if trait.points and count < made <= MOST_KINDS and len(chosen) < MOST_TRAITS:
            chosen.append(place)
            count = made
    return chosen
