"""What changed between two versions of a scheme, for somebody who writes criteria.

both schemes ─▶ everything in them by name (describing) ─▶ what is new, gone, moved, other, reworded
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.model import ROOT, Scheme
from greenstar.services.schemes.describe import SchemePart, describe, in_languages
from greenstar.services.schemes.renamed import renamed_categories, with_ids_of

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
    renamed = renamed_categories(old, new)
    alike = with_ids_of(old, renamed)
    earlier_ids = {new_id: old_id for old_id, new_id in renamed.items()} if alike is not old else {}
    common = [language for language in new.document.languages if language in old.document.languages]
    before, after = describe(alike), describe(new)
    changes: list[SchemeChange] = []
    for area, name in _united(before, after):
        part = after.get((area, name))
        if area == "category" and part is not None and name in earlier_ids:
            about = (area, name, part.title, part.inside)
            changes.append(SchemeChange(*about, "changed", Phrase("diff.key_id"), earlier_ids[name], name))
        changes += _of(before.get((area, name)), part, common)
    told_whole = {
        change.subject for change in changes if change.area == "criterion" and change.kind in ("added", "removed")
    }
    told = [change for change in changes if change.area != "question" or change.inside not in told_whole]
    return SchemeDiff(old, new, (*told, *_orders(alike, new)))


def _united(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[Any]:
    """All keys in the order of `after`; a key of `before` only comes where it stood."""
    names = list(before)
    at = 0
    for name in after:
        if name in before:
            place = names.index(name)
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
    about = (after.area, after.name, after.title, after.inside)
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
            yield SchemeChange(*about, "changed", key, old, new)


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
