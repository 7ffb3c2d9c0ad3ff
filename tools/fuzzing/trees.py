"""A scheme as a tree that can be broken: scalars as they stand in the file, keys that may stand twice."""

import json
from dataclasses import dataclass, field
from typing import Any

from greenstar.scheme.document import Criterion
from greenstar.scheme.loader import HEADER
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import rules_of
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence, parse


@dataclass
class Node:
    """A mapping (`pairs`), a sequence (`items`), or a scalar as it is written (`raw`)."""

    kind: str
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)
    raw: str = ""

    def copy(self) -> "Node":
        """The same tree once more."""
        pairs = [(key.copy(), value.copy()) for key, value in self.pairs]
        return Node(self.kind, pairs, [item.copy() for item in self.items], self.raw)


def scalar(raw: str) -> Node:
    """A scalar as it is written."""
    return Node("scalar", raw=raw)


def tree_of(value: Any) -> Node:
    """What the scheme's reader has read, as a tree."""
    if isinstance(value, Mapping):
        return Node("mapping", pairs=[(tree_of(key), tree_of(part)) for key, part in value.items()])
    if isinstance(value, Sequence):
        return Node("sequence", items=[tree_of(part) for part in value])
    if value is None:
        return scalar("null")
    plain = isinstance(value, Scalar) and value.plain and "\n" not in value
    return scalar(str(value) if plain else json.dumps(value, ensure_ascii=False))


def written(node: Node, indent: int = 0) -> str:
    """The tree as YAML."""
    space = "  " * indent
    if node.kind == "scalar":
        return f"{space}{node.raw}\n"
    if node.kind == "mapping":
        if not node.pairs:
            return f"{space}{{}}\n"
        return "".join(f"{space}{_key(key)}:{_after(value, indent)}" for key, value in node.pairs)
    if not node.items:
        return f"{space}[]\n"
    return "".join(f"{space}-{_after(item, indent)}" for item in node.items)


def _key(key: Node) -> str:
    return key.raw if key.kind == "scalar" else "? x"


def _after(value: Node, indent: int) -> str:
    if value.kind == "scalar" or not (value.pairs or value.items):
        return f" {written(value)}"
    return f"\n{written(value, indent + 1)}"


def slices(scheme: Scheme, files: dict[str, str]) -> list[Node]:
    """Small schemes cut out of one: for each category the header, and what stands without the other categories."""
    return [_slice(scheme, files, category.category) for category in scheme.categories]


def _slice(scheme: Scheme, files: dict[str, str], category: str) -> Node:
    header = parse(files[HEADER], HEADER)
    content = next(tree for name, text in files.items() if (tree := parse(text, name)).get("category") == category)
    kept = _standing_alone(scheme, category)
    names = {*scheme.facts, *(name for criterion in kept for name in scheme.questions_of[criterion.id])}
    ids = {criterion.id for criterion in kept}
    content["criteria"] = Sequence([entry for entry in content["criteria"] if entry["id"] in ids])
    values = {name for name in scheme.values if scheme.names_behind(scheme.values[name].of) <= {*names, *scheme.values}}
    header["values"] = Mapping({name: entry for name, entry in header["values"].items() if name in values})
    for place in header["places"].values():
        place.pop("criteria", None)
    header["categories"] = Sequence([content])
    del header["lighthouse"]  # it names categories
    return tree_of(header)


def _standing_alone(scheme: Scheme, category: str) -> list[Criterion]:
    """The criteria of a category whose rules name nothing outside it."""
    kept = list(scheme.criteria_in[category])
    while True:
        questions = {name for criterion in kept for name in scheme.questions_of[criterion.id]}
        known = {*scheme.facts, *scheme.values, *questions, *(criterion.id for criterion in kept)}
        fitting = [
            criterion for criterion in kept if all(_names(scheme, rule) <= known for rule in rules_of(criterion))
        ]
        if len(fitting) == len(kept):
            return kept
        kept = fitting


def _names(scheme: Scheme, rule: Rule) -> set[str]:
    return scheme.names_behind(rule) | {part for _, part in rule.look_ups}
