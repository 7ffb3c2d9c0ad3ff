"""A store among its peers, as every way out tells it: its place, in what they are alike, and what they reach."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.ranking.league import Ranked
from greenstar.ranking.peers import LEAST_PEERS, Trait
from greenstar.reports.views.figures import Figure, share_under
from greenstar.scheme.model import Scheme
from greenstar.scheme.rules.expression import Rule
from greenstar.services.results.peers import AmongPeers

How = Literal["has", "lacks", "is"]
_MOST_NAMED = 5  # facts in the sentence
_MOST_ORDINALS = 10  # that have a word of their own
_SIGNS: dict[type[ast.cmpop], tuple[str, str]] = {  # where it holds, and where it does not
    ast.GtE: ("≥", "<"),
    ast.Gt: (">", "≤"),
    ast.LtE: ("≤", ">"),
    ast.Lt: ("<", "≥"),
    ast.Eq: ("=", "≠"),
    ast.NotEq: ("≠", "="),
}


@dataclass(frozen=True)
class TraitView:
    """A fact that decides what applies. `words`: what the store `has`, or has not (`lacks`), or what it `is`.

    `value` is the store's: yes or no, an option, or whether the condition holds. `points`: what hangs on it.
    """

    id: str
    words: Phrase | Text
    how: How
    value: bool | str | None
    points: Figure


@dataclass(frozen=True)
class PeerGroup:
    """A category: the store's share, and the median of the peers to which it applies."""

    id: str
    title: Text
    share: Figure
    median: Figure

    @property
    def apart(self) -> Figure:
        """How much more it has than the median."""
        share, median = self.share.value, self.median.value
        return Figure(None if share is None or median is None else share - median, percent=True)


@dataclass(frozen=True)
class PeersView:
    """The place of a store among its peers. `shared`: how many others have the same place; `count`: with itself.

    `few`: there are fewer than five peers. `alike`: what all of them share; `dropped`: what was left out to find five,
    in that order. `stores` are all of them in their order, `places` those in the whole ranking.
    """

    store: str
    place: int
    shared: int
    count: int
    few: bool
    alike: tuple[TraitView, ...]
    dropped: tuple[TraitView, ...]
    groups: tuple[PeerGroup, ...]
    stores: tuple[Ranked, ...]
    places: dict[str, int]

    @property
    def sentence(self) -> Phrase:
        """Such as `Second of 10 stores with workshop and car wash, no paint shop`."""
        if self.count == 1:
            return Phrase("peers.none")
        place = Phrase("peers.shared_place", place=ordinal(self.place)) if self.shared else ordinal(self.place)
        if not self.alike and not self.dropped:
            return Phrase("peers.of_all_alike", place=place, count=self.count)
        if not self.alike:
            return Phrase("peers.of_all", place=place, count=self.count)
        more = len(self.alike) - _MOST_NAMED
        kind = kind_words(self.alike[:_MOST_NAMED])
        if more > 0:
            return Phrase("peers.of_kind_more", place=place, stores=self.count, kind=kind, count=more)
        return Phrase("peers.of_kind", place=place, count=self.count, kind=kind)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What was left out to find so many, that they are few, and that no score hangs on it."""
        notes = []
        if self.dropped:
            notes.append(
                Phrase("peers.dropped", facts=[trait.words for trait in self.dropped], count=len(self.dropped))
            )
        if self.few and self.count > 1:
            notes.append(Phrase("peers.few", count=self.count - 1, least=LEAST_PEERS))
        return (*notes, Phrase("peers.never_scores"))


def peers_view(among: AmongPeers) -> PeersView:
    """Everything that is said of a store and its peers."""
    scheme, peers, own = among.scheme, among.peers, among.own
    titles = {group.category: group.title for group in scheme.categories}
    return PeersView(
        store=peers.store,
        place=own.rank,
        shared=sum(ranked.rank == own.rank for ranked in among.ranked) - 1,
        count=len(among.ranked),
        few=len(peers.peers) < LEAST_PEERS,
        alike=tuple(trait_view(scheme, trait, peers.kind[trait.id]) for trait in peers.alike),
        dropped=tuple(trait_view(scheme, trait, peers.kind[trait.id]) for trait in peers.dropped),
        groups=tuple(
            PeerGroup(
                name,
                titles[name],
                share_under(scheme, name, among.shares.get(name), None),
                Figure(among.medians.get(name), percent=True),
            )
            for name in titles
            if name in among.shares
        ),
        stores=among.ranked,
        places=dict(among.places),
    )


def ordinal(place: int) -> Phrase:
    """`Second`, `21st`."""
    if place <= _MOST_ORDINALS:
        return Phrase(f"peers.ordinal_{place}")
    last = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return Phrase(f"peers.ordinal_{'th' if 10 < place % 100 < 14 else last}", number=str(place))


def kind_words(traits: Sequence[TraitView]) -> tuple[Phrase | Text, ...]:
    """The parts of `with workshop and car wash, no paint shop, yearly rainfall ≥ 400 mm`."""
    has, lacks, others = ([trait.words for trait in traits if trait.how == how] for how in ("has", "lacks", "is"))
    parts: list[Phrase | Text] = [Phrase("peers.with", has=_joined("and", has))] if has else []
    if lacks:
        parts.append(Phrase("peers.no" if has else "peers.without", lacks=_joined("or", lacks)))
    if others and not parts:
        parts, others = [Phrase("peers.of", what=others[0])], others[1:]
    return (*parts, *others)


def _joined(word: str, parts: Sequence[Phrase | Text]) -> Phrase | Text:
    *first, last = parts
    return Phrase(f"peers.{word}", first=first, last=last) if first else last


def trait_view(scheme: Scheme, trait: Trait, value: bool | str | None) -> TraitView:
    """A trait in words, as the store has it."""
    points = Figure(trait.points)
    how: How = "lacks" if value is False else "has"
    if trait.rule is not None:
        return TraitView(trait.id, _condition(scheme, trait.rule, holds=value is not False), "is", value, points)
    title = _called(scheme, trait.id)
    if not isinstance(value, str):
        return TraitView(trait.id, title, how, value, points)
    option = scheme.options(scheme.facts[trait.id])[value].label
    return TraitView(trait.id, Phrase("peers.option", what=title, option=option), "is", value, points)


def trait_words(scheme: Scheme, trait: Trait) -> Phrase | Text:
    """What a trait is called, whichever way a store has it."""
    return _called(scheme, trait.id) if trait.rule is None else _condition(scheme, trait.rule, holds=True)


def _condition(scheme: Scheme, rule: Rule, *, holds: bool) -> Phrase:
    """`yearly rainfall ≥ 400 mm`, or `< 400 mm`; what is more than a name against a number, as it is written."""
    node = rule.tree
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and len(node.ops) == 1:
        (operator,), (bound,), name = node.ops, node.comparators, node.left.id
        if isinstance(bound, ast.Constant) and isinstance(bound.value, Fraction):
            asked = scheme.facts.get(name) or scheme.values[name]
            words = {"what": _called(scheme, name), "bound": Quantity(bound.value, asked.unit)}
            return Phrase("peers.condition", sign=_SIGNS[type(operator)][not holds], **words)
    return Phrase("peers.rule" if holds else "peers.rule_not", rule=rule.text)


def _called(scheme: Scheme, name: str) -> Phrase | Text:
    """What a fact or named quantity is called: by its title, else by its question."""
    if name not in scheme.facts:
        return scheme.values[name].title
    fact = scheme.facts[name]
    return fact.title if fact.title is not None else Phrase("peers.asked", ask=fact.ask)
