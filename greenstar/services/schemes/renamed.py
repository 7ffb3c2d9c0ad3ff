"""What got another id between two versions, so that the new id is said once and not as one thing gone, another new.

A version says it itself (`formerly`). Categories are known by their criteria as well, where nothing is said; places and
sets of options, which have no `formerly`, by what is in them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenstar.errors import BadFile
from greenstar.scheme.earlier_names import renamed_to
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scheme.rules.expression import Rule, with_values

_RULES = frozenset(("of", "when", "applies_if", "met_if", "ask_if", "refuse", "warn"))
_LOOK_UP = re.compile(r"""(\b(?:points|share)\s*\(\s*["']|\bchosen\s*\([^,()]*,\s*["'])([^"']*)""")
Names = Mapping[str, str]  # the new one of each old one


@dataclass(frozen=True)
class Renamed:
    """The new id of each thing of the old version that has another.

    `asked`: questions and facts, and `in_rules` the same as rules read them. `options`: by the new name of their
    question or fact; `shared`: by the set that questions share; `sets`: those sets themselves.
    """

    categories: Names = field(default_factory=dict)
    criteria: Names = field(default_factory=dict)
    asked: Names = field(default_factory=dict)
    in_rules: Names = field(default_factory=dict)
    options: Mapping[str, Names] = field(default_factory=dict)
    shared: Mapping[str, Names] = field(default_factory=dict)
    sets: Names = field(default_factory=dict)
    places: Names = field(default_factory=dict)

    def __bool__(self) -> bool:
        ids = self.categories, self.criteria, self.asked, self.options, self.shared, self.sets, self.places
        return any(ids)


def renamed(old: Scheme, new: Scheme) -> Renamed:
    """What the new version calls otherwise."""
    names = new.earlier_names
    declared = {name: names.groups[name] for name in old.groups if name in names.groups}
    asked = {name: names.questions[name] for name in old.questions if name in names.questions}
    asked |= {name: names.facts[name] for name in old.facts if name in names.facts}
    return Renamed(
        categories=declared | _guessed(old, new, declared),
        criteria={name: names.criteria[name] for name in old.criteria if name in names.criteria},
        asked=asked,
        in_rules={name: f'answer("{now}")' if now in new.criteria else now for name, now in asked.items()},
        options={name: options for name, options in _options(old, new, asked) if options},
        shared={name: options for name, options in _shared(old, new) if options},
        sets=_alike(old.document.options, new.document.options),
        places=_alike(old.document.places, new.document.places),
    )


def _options(old: Scheme, new: Scheme, asked: Names) -> Iterator[tuple[str, Names]]:
    """Options of questions that have their own, by the new name of the question."""
    for name, question in (*old.facts.items(), *old.questions.items()):
        new_ids = new.earlier_names.options.get(asked.get(name, name), {})
        if not isinstance(question.options, str):
            yield (
                asked.get(name, name),
                {option: new_ids[option] for option in question.options or () if option in new_ids},
            )


def _shared(old: Scheme, new: Scheme) -> Iterator[tuple[str, Names]]:
    for name, options in new.document.options.items():
        new_ids = renamed_to({option: content.formerly for option, content in options.items()})
        yield name, {option: new_ids[option] for option in old.document.options.get(name, ()) if option in new_ids}


def _alike(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """The new name of each thing that is gone, where one that is new holds the same."""
    free = [name for name in after if name not in before]
    names: dict[str, str] = {}
    for name in (name for name in before if name not in after):
        match = next((candidate for candidate in free if after[candidate] == before[name]), None)
        if match is not None:
            names[name] = match
            free.remove(match)
    return names


def _guessed(old: Scheme, new: Scheme, declared: Names) -> dict[str, str]:
    """The new id of each category that is gone, where more than half of the criteria of both are the same."""
    guessed: dict[str, str] = {}
    free = [name for name in new.groups if name not in old.groups and name not in declared.values()]
    criterion = new.earlier_names.criterion
    for name in old.groups:
        if name in new.groups or name in declared:
            continue
        before = {criterion(member.id) for member in old.criteria_in[name]}
        for candidate in free:
            after = {member.id for member in new.criteria_in[candidate]}
            if 2 * len(before & after) > max(len(before), len(after)):
                guessed[name] = candidate
                free.remove(candidate)
                break
    return guessed


def with_new_ids(old: Scheme, new_ids: Renamed) -> Scheme:
    """The old scheme under new ids; as it is where these are ids of other things in it."""
    if not new_ids:
        return old
    try:
        tree = _Renaming(new_ids).header(json.loads(old.canonical))
        return scheme_from_json(json.dumps(tree, ensure_ascii=False))
    except BadFile:
        return old


class _Renaming:
    """Puts new ids in the place of old ones, in a scheme as plain JSON."""

    def __init__(self, new_ids: Renamed) -> None:
        self.new = new_ids

    def header(self, tree: dict[str, Any]) -> dict[str, Any]:
        sets = {
            self.new.sets.get(name, name): _under(options, self.new.shared.get(name, {}))
            for name, options in tree.get("options", {}).items()
        }
        made = self._mapping({key: value for key, value in tree.items() if key != "options"})
        return {**made, "options": sets} if sets else made

    def _any(self, tree: Any, asked: str = "") -> Any:
        if isinstance(tree, list):
            return [self._any(part, asked) for part in tree]
        return self._mapping(tree, asked) if isinstance(tree, dict) else tree

    def _mapping(self, tree: dict[str, Any], asked: str = "") -> dict[str, Any]:
        """`asked`: the new name of the question that the mapping is of."""
        return {key: self._value(key, value, asked) for key, value in tree.items()}

    def _value(self, key: str, value: Any, asked: str) -> Any:
        new = self.new
        match key, value:
            case "category", str():
                return new.categories.get(value, value)
            case "except", list():
                return _renamed_names(value, new.categories)
            case "categories", dict():
                return _under(value, new.categories)
            case "criteria", dict():
                return _under(value, new.criteria)
            case "criteria", list():
                return [self._criterion(part) for part in value]
            case (("of" | "prerequisites"), list()):
                return _renamed_names(value, new.criteria)
            case (("questions" | "facts"), dict()):
                return {name: self._any(part, name) for name, part in _under(value, new.asked).items()}
            case "options", str():
                return new.sets.get(value, value)
            case "place", str():
                return new.places.get(value, value)
            case "places", dict():
                return {name: self._any(part) for name, part in _under(value, new.places).items()}
            case "options", dict():
                return _under(value, new.options.get(asked, {}))
            case _, str() if key in _RULES:
                return self._rule(value)
        return self._any(value)

    def _criterion(self, tree: Any) -> Any:
        """A criterion, or the id of one."""
        if not isinstance(tree, dict):
            return self.new.criteria.get(tree, tree)
        identifier = self.new.criteria.get(tree["id"], tree["id"])
        return {**self._mapping(tree, identifier), "id": identifier}

    def _rule(self, text: str) -> str:
        """A rule with the new names that it reads, and the new ids of what it looks up."""
        ids = {**self.new.criteria, **self.new.categories}
        named = with_values(Rule(text), self.new.in_rules.get)
        return _LOOK_UP.sub(lambda match: match[1] + ids.get(match[2], match[2]), named)


def _renamed_names(names: list[str], new: Names) -> list[str]:
    return [new.get(name, name) for name in names]


def _under(mapping: Mapping[str, Any], new: Names) -> dict[str, Any]:
    return {new.get(name, name): part for name, part in mapping.items()}
