"""Which stores of which cycle a ranking shows: picked from a list, and narrowed by what is typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_in, place_words
from greenstar.ranking.league import LeagueEntry
from greenstar.reports.views.ranking import RankedStores, RankingView
from greenstar.text import folded
from greenstar.tui import glyphs
from greenstar.tui.common.filter_item import any_item, picked, value_item
from greenstar.tui.common.finder import FinderItem

CHOICE = "choice"
"""What is picked from the list to see a choice of lighthouse stores: it filters nothing."""
LIFTING = "lifting"
"""What is picked to see which criteria lift most stores: it filters nothing either."""
_CURSOR = "▏"
MOST_LETTERS = 40


@dataclass(frozen=True)
class RankingFilter:
    """The cycle, and what narrows its ranking; an empty `level`: stores without one. `typed` searches the stores."""

    cycle: str
    drafts: bool = False
    region: str | None = None
    level: str | None = None
    typed: str = ""

    @property
    def on(self) -> bool:
        """Whether it leaves any store of the ranking out; those of other regions are not in it."""
        return self.level is not None or bool(self.typed)

    def matching(self, stores: RankedStores) -> RankedStores:
        """The stores that it leaves; all of them cost nothing."""
        if not self.on:
            return stores
        letters = folded(self.typed)
        return stores.those(lambda entry: self.level in {None, entry.level or ""} and _has(entry, letters))

    def same_ranking(self, other: "RankingFilter") -> bool:
        """Whether the same ranking is read for both: level and letters only leave stores of it out."""
        return (self.cycle, self.drafts, self.region) == (other.cycle, other.drafts, other.region)

    def with_picked(self, chosen: str) -> "RankingFilter":
        """The filter after something was picked from the list."""
        match picked(chosen):
            case "drafts", value:
                return replace(self, drafts=bool(value))
            case "cycle", str(value):
                return replace(self, cycle=value)
            case "region", value:
                return replace(self, region=value)
            case _, value:
                return replace(self, level=value)

    def items(self, ranking: RankingView | None, cycles: Sequence[str], regions: Sequence[str]) -> Iterator[FinderItem]:
        """What there is to pick: first what to drop, then what is not shown by now."""
        if self.region is not None:
            yield any_item("region")
        if self.level is not None:
            yield any_item("level")
        kind, drafts = ("without", "") if self.drafts else ("with", "too")
        yield value_item("drafts", drafts, Phrase(f"tui.filter_{kind}_drafts"))
        for cycle in cycles:
            if cycle != self.cycle:
                yield value_item("cycle", cycle, cycle)
        for region in regions:
            yield value_item("region", region, place_words(region))
        if ranking is not None and ranking.names_lighthouses:
            yield FinderItem(CHOICE, "", Phrase("choice.item"), Phrase("choice.item"), Phrase("choice.of"))
        if ranking is not None and ranking.ladder and ranking.stores.entries:
            yield FinderItem(LIFTING, "", Phrase("ways.lift_item"), Phrase("ways.lift_item"), Phrase("ways.lift_of"))
        if ranking is not None:
            for level in _levels_of(ranking):
                yield value_item("level", level, ranking.levels.get(level) or Phrase("tui.no_level"))

    def title(self, ranking: RankingView | None, catalogue: Catalogue) -> Content:
        """The cycle, and the scheme once it is known."""
        when = f"   {self.cycle}"
        if ranking is not None and ranking.scheme is not None:
            when = f"{when} {glyphs.DOT.mark} {catalogue.write(ranking.title)} {ranking.version}"
        star, title = glyphs.STAR.content, catalogue.say("tui.ranking")
        return Content.assemble(star, " ", (title, "bold $primary"), (when, "$muted"))

    def words(self, ranking: RankingView, count: int, catalogue: Catalogue, *, roomy: bool = False) -> Content:
        """Which stores of a ranking are shown, and how many they are; where it is `roomy`, also who has no place."""
        say, of_all = catalogue.say, len(ranking.stores)
        shown = say("compare.shown_of", count=str(count), all=str(of_all)) if count < of_all else ""
        parts: list[Content | str] = [f"{self.typed}{_CURSOR}   "] if self.typed else []
        parts.append(shown or say("tui.stores", count=of_all))
        title = ranking.levels.get(self.level or "")
        level = title.in_(catalogue.language) if title is not None else say("tui.no_level")
        region = place_in(self.region or "", catalogue.language)
        for name, value in (
            ("tui.store_region", say("tui.all") if self.region is None else region),
            ("compare.level", say("tui.all") if self.level is None else level),
        ):
            parts += ["   ", Content.styled(f"{say(name)} ", "$muted"), value]
        if self.region is not None:
            parts += ["   ", Content.styled(say("compare.in_region"), "$muted")]
        if ranking.not_in_it is not None and roomy:
            parts += ["   ", Content.styled(catalogue.render(ranking.not_in_it), "$faint")]
        return Content.assemble(*parts)


def _has(store: LeagueEntry, letters: str) -> bool:
    """Whether a store is called so, or lies there; blanks make no difference, as the space bar marks."""
    text = folded(f"{store.store} {store.name} {store.region}")
    return letters in text or letters in text.replace(" ", "")


def _levels_of(ranking: RankingView) -> list[str]:
    """The levels that the stores of a ranking have, the highest first; an empty one: stores without a level."""
    there = {entry.level or "" for entry in ranking.stores.entries}
    return [level for level in (*reversed(list(ranking.levels)), "") if level in there]
