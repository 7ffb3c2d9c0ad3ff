"""The things left to do in the order in which they are worked off: what is lacking as evidence is a line a place."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.model import Scheme
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind


@dataclass(frozen=True)
class ChecklistHeading:
    """What the things below it have in common, or an empty line above that; the cursor does not stand on it."""

    words: Phrase | None


@dataclass(frozen=True)
class EvidencePlace:
    """All evidence that is lacking at a place; `name`: of the place, "" for what has none."""

    name: str
    title: Text | None
    items: tuple[ChecklistItem, ...]

    @property
    def levels(self) -> int:
        """By how many levels it may cost, as any of it does."""
        return max(item.levels for item in self.items)


@dataclass(frozen=True)
class InPlace:
    """A thing of a place that is unfolded."""

    item: ChecklistItem


ChecklistRow = ChecklistHeading | EvidencePlace | InPlace | ChecklistItem


def arranged(
    items: Sequence[ChecklistItem], scheme: Scheme, unfolded: Collection[str], *, headings: bool
) -> list[ChecklistRow]:
    """Rows for the things left: what blocks, what may cost a level, what may cost points, other things, then evidence.

    `unfolded`: names of the places whose evidence is listed one by one; `headings`: whether there is room for them.
    """
    parts: dict[str, list[ChecklistItem]] = {"blocks": [], "levels": [], "points": [], "others": []}
    for item in items:
        if item.kind is not ItemKind.EVIDENCE:
            parts[_part(item)].append(item)
    rows: list[ChecklistRow] = []
    for name, part in parts.items():
        if part and headings:
            rows += _heading(name, first=not rows)
        rows += part
    places = _evidence_places([item for item in items if item.kind is ItemKind.EVIDENCE], scheme)
    if places and headings:
        rows += _heading("evidence", first=not rows)
    for place in places:
        rows.append(place)
        if place.name in unfolded:
            rows += [InPlace(item) for item in place.items]
    return rows


def _heading(name: str, *, first: bool) -> list[ChecklistHeading]:
    words = ChecklistHeading(Phrase(f"checklist.part_{name}"))
    return [words] if first else [ChecklistHeading(None), words]


def _part(item: ChecklistItem) -> str:
    if item.blocks:
        return "blocks"
    return "levels" if item.levels else "points" if item.points else "others"


def _evidence_places(items: Sequence[ChecklistItem], scheme: Scheme) -> list[EvidencePlace]:
    """The places in the order of the walk."""
    by_criterion: dict[str, list[ChecklistItem]] = defaultdict(list)
    for item in items:
        by_criterion[item.criterion].append(item)
    places = []
    for name, criteria in scheme.walking_order.items():
        here = tuple(item for criterion in criteria for item in by_criterion[criterion])
        if here:
            place = scheme.document.places.get(name)
            places.append(EvidencePlace(name, place.title if place is not None else None, here))
    return places


def count_of(rows: Sequence[ChecklistItem]) -> tuple[int, int]:
    """How many things there are besides evidence, and at how many criteria evidence is lacking."""
    evidence = sum(item.kind is ItemKind.EVIDENCE for item in rows)
    return len(rows) - evidence, evidence
