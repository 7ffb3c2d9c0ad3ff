"""Categories that got another id between two versions: known by their criteria, so that the new id is said once."""

import json
import re
from collections.abc import Mapping
from typing import Any

from greenstar.errors import BadFile
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme

_RULES = frozenset(("of", "when", "applies_if", "met_if", "ask_if", "refuse", "warn"))
_LOOK_UP = re.compile(r"""(\b(?:points|share)\s*\(\s*["'])([^"']*)""")


def renamed_categories(old: Scheme, new: Scheme) -> dict[str, str]:
    """The new id of each category that is gone, where more than half of the criteria of both are the same."""
    renamed: dict[str, str] = {}
    free = [name for name in new.groups if name not in old.groups]
    for name in old.groups:
        if name in new.groups:
            continue
        before = {criterion.id for criterion in old.criteria_in[name]}
        for candidate in free:
            after = {criterion.id for criterion in new.criteria_in[candidate]}
            if 2 * len(before & after) > max(len(before), len(after)):
                renamed[name] = candidate
                free.remove(candidate)
                break
    return renamed


def with_ids_of(old: Scheme, renamed: Mapping[str, str]) -> Scheme:
    """The old scheme under the new ids of its categories; as it is where these are ids of other things in it."""
    if not renamed:
        return old
    try:
        return scheme_from_json(json.dumps(_renamed(json.loads(old.canonical), renamed), ensure_ascii=False))
    except BadFile:
        return old


def _renamed(tree: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(tree, list):
        return [_renamed(part, renamed) for part in tree]
    if not isinstance(tree, dict):
        return tree
    made: dict[str, Any] = {}
    for key, value in tree.items():
        if key == "category" and isinstance(value, str):
            made[key] = renamed.get(value, value)
        elif key == "except" and isinstance(value, list):
            made[key] = [renamed.get(name, name) for name in value]
        elif key == "categories" and isinstance(value, dict):
            made[key] = {renamed.get(name, name): least for name, least in value.items()}
        elif key in _RULES and isinstance(value, str):
            made[key] = _rule(value, renamed)
        else:
            made[key] = _renamed(value, renamed)
    return made


def _rule(text: str, renamed: Mapping[str, str]) -> str:
    """A rule with the new ids in its `points("ID")` and `share("ID")`."""
    return _LOOK_UP.sub(lambda match: match[1] + renamed.get(match[2], match[2]), text)
