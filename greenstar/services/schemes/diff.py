"""What changed between two versions of a scheme, for somebody who writes criteria.

both schemes ─▶ everything in them by name (describing) ─▶ what is new, gone, moved, other, reworded
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.model import ROOT, Scheme
from greenstar.services.schemes.describe import SchemePart, describe

Kind = Literal["added", "removed", "moved", "changed", "reworded", "reordered"]


@dataclass(frozen=True)
class SchemeChange:
    """One thing that changed.

    `area` and `subject` say of what: a criterion WAT-06, a level star-2; `inside` the criterion of a question or the
    category of a criterion. `key` is what of it changed; `was` and `became` are for a catalogue to write.
    """

    area: str
    subject: str
    title: Text | None
    inside: str
    kind: Kind
    key: Phrase | None = None
    was: Any = None
    became: Any = None

    @property
    def message(self) -> Phrase:
        """The change as a sentence, without its subject."""
        if self.kind in ("added", "removed"):
            return Phrase(f"diff.{self.kind}_{self.area}", inside=self.inside, what=self.became or self.was or "")
        if self.kind == "changed" and self.was is None:
            text = isinstance(self.became, Text)
            return Phrase("diff.text_set" if text else "diff.set", key=self.key, became=self.became)
        if self.kind == "changed" and self.became is None:
            text = isinstance(self.was, Text)
            return Phrase("diff.text_unset" if text else "diff.unset", key=self.key, was=self.was)
        return Phrase(f"diff.{self.kind}", key=self.key, was=self.was, became=self.became)


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
    before, after = describe(old), describe(new)
    found = [change for name in _united(before, after) for change in _of(before.get(name), after.get(name))]
    whole = {change.subject for change in found if change.area == "criterion" and change.kind in ("added", "removed")}
    kept = [change for change in found if change.area != "question" or change.inside not in whole]
    return SchemeDiff(old, new, (*kept, *_orders(old, new)))


def _united(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[Any]:
    """All keys: those of `after` in their order, each of `before` alone where it stood."""
    names = list(before)
    at = 0
    for name in after:
        if name in before:
            place = names.index(name)
            yield from (one for one in names[at:place] if one not in after)
            at = max(at, place + 1)
        yield name
    yield from (one for one in names[at:] if one not in after)


def _of(before: SchemePart | None, after: SchemePart | None) -> Iterator[SchemeChange]:
    if before is None or after is None:
        one = after or before
        assert one is not None
        kind: Kind = "added" if before is None else "removed"
        yield SchemeChange(one.area, one.name, one.title, one.inside, kind, became=one.summary)
        return
    about = (after.area, after.name, after.title, after.inside)
    if before.inside != after.inside:
        yield SchemeChange(*about, "moved", None, before.inside, after.inside)
    for key in _united(before.content, after.content):
        was, became = before.content.get(key), after.content.get(key)
        if was == became:
            continue
        if isinstance(was, Text) and isinstance(became, Text):
            yield SchemeChange(*about, "reworded", key, None, _languages(was, became))
        else:
            yield SchemeChange(*about, "changed", key, was, became)


def _languages(was: Text, became: Text) -> list[str]:
    names = dict.fromkeys([*was.by_language, *became.by_language])
    return [name for name in names if was.by_language.get(name) != became.by_language.get(name)]


def _orders(old: Scheme, new: Scheme) -> Iterator[SchemeChange]:
    """Where the same things stand in another order."""
    pairs: list[tuple[str, str, Iterable[str], Iterable[str]]] = [
        ("category", ROOT, (one.category for one in old.categories), (one.category for one in new.categories)),
        ("level", ROOT, (one.id for one in old.levels), (one.id for one in new.levels)),
    ]
    for name, group in new.groups.items():
        if name in old.groups:
            before = (one.id for one in old.groups[name].criteria)
            pairs.append(("criterion", name, before, (one.id for one in group.criteria)))
    for place, criteria in new.walking_order.items():
        if place != ROOT and place in old.walking_order:
            pairs.append(("place", place, old.walking_order[place], criteria))
    for area, name, first, second in pairs:
        was, became = list(first), list(second)
        both = set(was) & set(became)
        if [one for one in was if one in both] != [one for one in became if one in both]:
            key = Phrase(f"diff.order_{area}", name=name or "-")
            yield SchemeChange("order", name, None, "", "reordered", key, was, became)
