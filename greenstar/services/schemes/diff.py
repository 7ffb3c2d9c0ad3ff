"""What changed between two versions of a scheme, for somebody who writes criteria.

both schemes ─▶ everything in them by name (describe) ─▶ what is new, gone, moved, other, reworded
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from typing_extensions import override

from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.numbers import written
from greenstar.scheme.model import ROOT, Scheme
from greenstar.services.schemes.comparable import in_languages
from greenstar.services.schemes.describe import SchemePart, describe
from greenstar.services.schemes.renamed import Renamed, renamed, with_new_ids

_OF_WORDING = (
    *("title", "languages", "notice", "source", "place", "intent", "guidance", "ask"),
    *("because", "refuse_because", "warn_because", "rank_title"),
)
_WORDING = frozenset(("diff.order_place", *(f"diff.key_{word}" for word in _OF_WORDING)))
Kind = Literal["added", "removed", "moved", "changed", "reworded", "reordered"]


@dataclass(frozen=True)
class SchemeChange:
    """One thing that changed.

    `area` and `subject` say of what: a criterion WAT-06, a level star-2; `inside` the criterion of a question or the
    category of a criterion. `key` is what of it changed; `before` and `after` are for a catalogue to write.
    """

    area: str
    subject: str
    title: Text | None
    inside: str
    kind: Kind
    key: Phrase | None = None
    before: Any = None
    after: Any = None

    @property
    def is_wording(self) -> bool:
        """Whether no result depends on it, so that it may be mended under the same version."""
        key = self.key.key if self.key is not None else ""
        if key == "diff.key_evidence":  # whether a criterion lists any is a rule
            first = self.key is not None and self.key.values["number"] == "1"
            return not first or (self.before is not None and self.after is not None) or self.kind == "reworded"
        if key == "diff.key_option":
            return self.kind == "reworded"
        if (self.area, key) == ("options", "diff.key_id"):
            return True  # shared options count in their places
        return self.area in ("place", "indicator") or key in _WORDING

    @property
    def message(self) -> Phrase:
        """The change as a sentence, without its subject."""
        if self.kind in ("added", "removed"):
            return Phrase(f"diff.{self.kind}_{self.area}", inside=self.inside, what=self.after or self.before or "")
        if self.kind == "changed" and self.before is None:
            text = isinstance(self.after, Text)
            return Phrase("diff.text_set" if text else "diff.set", key=self.key, became=self.after)
        if self.kind == "changed" and self.after is None:
            text = isinstance(self.before, Text)
            return Phrase("diff.text_unset" if text else "diff.unset", key=self.key, was=self.before)
        return Phrase(f"diff.{self.kind}", key=self.key, was=self.before, became=self.after)


@dataclass(frozen=True)
class SchemeDiff:
    """Two schemes, and all that changed from the first to the second, in the order of the second."""

    old: Scheme
    new: Scheme
    changes: tuple[SchemeChange, ...]

    @property
    def equal(self) -> bool:
        """Whether they say the same, word for word."""
        return not self.changes


def diff(old: Scheme, new: Scheme) -> SchemeDiff:
    """What changed from `old` to `new`."""
    new_ids = renamed(old, new)
    alike = with_new_ids(old, new_ids)
    new_ids = new_ids if alike is not old else Renamed()
    common = [language for language in new.document.languages if language in old.document.languages]
    before, after = describe(alike), describe(new)
    other_ids = defaultdict(list)
    for change in _ids(new_ids, after):
        other_ids[change.area, change.subject].append(change)
    changes: list[SchemeChange] = []
    for place in _united(before, after):
        changes += other_ids.get(place, [])
        others = _of(before.get(place), after.get(place), common)
        changes += [change for change in others if place not in other_ids or not _says_formerly(change)]
    told_whole = {
        change.subject for change in changes if change.area == "criterion" and change.kind in ("added", "removed")
    }
    told = [change for change in changes if change.area != "question" or change.inside not in told_whole]
    return SchemeDiff(old, new, (*told, *_orders(alike, new)))


def _ids(new_ids: Renamed, parts: Mapping[tuple[str, str], SchemePart]) -> Iterator[SchemeChange]:
    """What is called otherwise. A lone question goes by its criterion's id, which is said once."""
    names = {"category": new_ids.categories, "criterion": new_ids.criteria}
    names |= {"options": new_ids.sets, "place": new_ids.places}
    names["fact"] = {old: new for old, new in new_ids.asked.items() if ("fact", new) in parts}
    lone = new_ids.criteria.items()
    names["question"] = {old: new for old, new in new_ids.asked.items() - lone if ("question", new) in parts}
    for area, pairs in names.items():
        for old, new in pairs.items():
            yield SchemeChange(*_about(parts[area, new]), "changed", Phrase("diff.key_id"), old, new)
    for area, options in (("fact", new_ids.options), ("question", new_ids.options), ("options", new_ids.shared)):
        for name, pairs in options.items():
            if (area, name) in parts:
                for old, new in pairs.items():
                    yield SchemeChange(*_about(parts[area, name]), "changed", Phrase("diff.key_option_id"), old, new)


def _says_formerly(change: SchemeChange) -> bool:
    """Whether it says what something was called: said already, where its id is told as changed."""
    return change.key is not None and change.key.key in ("diff.key_formerly", "diff.key_option_formerly")


def _about(part: SchemePart) -> tuple[str, str, Text | None, str]:
    return part.area, part.name, part.title, part.inside


def _united(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[Any]:
    """All keys in the order of `after`; a key that only `before` has comes where it stood."""
    names, at = list(before), 0
    places = {name: place for place, name in enumerate(names)}
    for name in after:
        if name in before:
            place = places[name]
            yield from (gone for gone in names[at:place] if gone not in after)
            at = max(at, place + 1)
        yield name
    yield from (gone for gone in names[at:] if gone not in after)


def _of(before: SchemePart | None, after: SchemePart | None, languages: Collection[str]) -> Iterator[SchemeChange]:
    """What changed in one part. Texts are compared in the languages that both schemes have."""
    if before is None or after is None:
        part = after or before
        assert part is not None
        kind: Kind = "added" if before is None else "removed"
        yield SchemeChange(part.area, part.name, part.title, part.inside, kind, after=part.summary)
        return
    about = _about(after)
    if before.inside != after.inside:
        yield SchemeChange(*about, "moved", None, before.inside, after.inside)
    for key in _united(before.content, after.content):
        old, new = before.content.get(key), after.content.get(key)
        if in_languages(old, languages) == in_languages(new, languages):
            continue
        if isinstance(old, Text) and isinstance(new, Text):
            reworded = [name for name in languages if old.by_language.get(name) != new.by_language.get(name)]
            yield SchemeChange(*about, "reworded", key, None, reworded)
        else:
            yield SchemeChange(*about, "changed", key, _in_full(old), _in_full(new))


class _InFull(Quantity):
    """A figure with all the digits that its author wrote."""

    @override
    def in_(self, language: str) -> str:
        unit = self.unit.in_(language) if self.unit is not None else ""
        return f"{written(self.value * 100 if unit == '%' else self.value)} {unit}".rstrip()


def _in_full(value: Any) -> Any:
    """A value with every figure in full: what differs by less than is shown elsewhere never reads alike."""
    match value:
        case Fraction():
            return _InFull(value)
        case Quantity():
            return _InFull(value.value, value.unit)
        case Phrase():
            return Phrase(value.key, **{name: _in_full(part) for name, part in value.values.items()})
        case tuple():
            return tuple(_in_full(part) for part in value)
    return value


def _orders(old: Scheme, new: Scheme) -> Iterator[SchemeChange]:
    """Where the same things stand in another order."""
    pairs: list[tuple[str, str, Iterable[str], Iterable[str]]] = [
        ("category", ROOT, (group.category for group in old.categories), (group.category for group in new.categories)),
        ("level", ROOT, (level.id for level in old.levels), (level.id for level in new.levels)),
    ]
    for name, group in new.groups.items():
        if name in old.groups:
            before = (criterion.id for criterion in old.groups[name].criteria)
            pairs.append(("criterion", name, before, (criterion.id for criterion in group.criteria)))
    for place, criteria in new.walking_order.items():
        if place != ROOT and place in old.walking_order:
            pairs.append(("place", place, old.walking_order[place], criteria))
    for area, name, first, second in pairs:
        earlier, later = list(first), list(second)
        common = set(earlier) & set(later)
        if [member for member in earlier if member in common] != [member for member in later if member in common]:
            key = Phrase(f"diff.order_{area}", name=name or "-")
            yield SchemeChange("order", name, None, "", "reordered", key, earlier, later)
