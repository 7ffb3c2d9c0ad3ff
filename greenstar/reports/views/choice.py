"""The choice of lighthouse stores beside the plain first, as every way out tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.choice import CoverageChoice
from greenstar.ranking.league import Ranked
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.peers import TraitView, trait_view, trait_words
from greenstar.services.results.choice import LighthouseChoice

_MOST_NAMED = 12


@dataclass(frozen=True)
class ChoiceRow:
    """A store that is chosen, or is among the plain first, or both; `kind`: what tells kinds apart, as it has it."""

    ranked: Ranked
    kind: tuple[TraitView, ...]
    chosen: bool
    plain: bool


@dataclass(frozen=True)
class ChoiceView:
    """The choice: its rows in the order of the ranking, and what is told of it. `told_by`: what tells kinds apart."""

    wanted: int
    candidates: int
    choice: CoverageChoice
    told_by: tuple[tuple[str, Phrase | Text], ...]
    rows: tuple[ChoiceRow, ...]

    @property
    def sentences(self) -> tuple[Phrase, ...]:
        """What is covered, what that costs, how kinds are told, and that there are no more candidates."""
        choice, chosen, plain = self.choice, self.choice.chosen, self.choice.plain
        regions = Phrase("choice.regions", covered=str(chosen.regions), count=choice.regions)
        kinds = Phrase("choice.kinds", covered=str(chosen.kinds), count=choice.kinds)
        told = [Phrase("choice.covers", count=len(chosen.stores), regions=regions, kinds=kinds)]
        if self.wanted > self.candidates:
            told.insert(0, Phrase("choice.fewer", count=self.candidates))
        came, went = choice.instead
        if came:
            covered = {"regions": str(plain.regions), "kinds": str(plain.kinds)}
            told.append(Phrase("choice.plain_covers", count=len(plain.stores), **covered))
            told.append(_given_up(choice.given_up, came=came[:_MOST_NAMED], went=went[:_MOST_NAMED]))
        else:
            told.append(Phrase("choice.is_plain", count=len(chosen.stores)))
        if self.told_by:
            told.append(Phrase("choice.told_by", facts=[words for _, words in self.told_by]))
        else:
            told.append(Phrase("choice.one_kind"))
        return tuple(told)


def _given_up(points: Fraction, **names: Sequence[str]) -> Phrase:
    """What the choice costs in points: nothing where the ranking goes by something else first, and it has more."""
    if not points:
        return Phrase("choice.no_points", **names)
    key = "given_up" if points > 0 else "gained"
    return Phrase(f"choice.{key}", points=Figure(abs(points)).quantity, **names)


def choice_view(made: LighthouseChoice) -> ChoiceView:
    """Everything that a choice says."""
    chosen, plain = {*made.choice.chosen.stores}, {*made.choice.plain.stores}
    rows = []
    for ranked in made.candidates:
        store = ranked.entry.store
        if store in chosen | plain:
            pairs = zip(made.traits, made.kinds[store], strict=True)
            kind = tuple(trait_view(made.scheme, trait, value) for trait, value in pairs if value is not None)
            rows.append(ChoiceRow(ranked, kind, store in chosen, store in plain))
    told_by = tuple((trait.id, trait_words(made.scheme, trait)) for trait in made.traits)
    return ChoiceView(made.wanted, len(made.candidates), made.choice, told_by, tuple(rows))
