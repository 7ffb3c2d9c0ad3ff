"""From the path of a value in a document back to its file, line and column."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from greenstar.errors import NOWHERE, Mark
from greenstar.numbers import read_number
from greenstar.scheme.fields import percent
from greenstar.scheme.yaml_tree import Mapping, Scalar, has_part


def last_key(path: Iterable[Any]) -> str:
    """The last key of a path, which may end at a place in a list; nothing where it has none."""
    return next((str(part) for part in reversed(tuple(path)) if isinstance(part, str)), "")


class Locator:
    """Finds places in one tree. Parts of a path that the tree does not have (pydantic's tags) are passed over."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree

    def value(self, path: Iterable[Any]) -> Mark:
        """Where the value at `path` stands; where there is none, its key or what it should stand in."""
        node, mark = self.tree, getattr(self.tree, "mark", NOWHERE)
        for part in path:
            if has_part(node, part):
                mark = node.key_mark(part) if isinstance(node, Mapping) else mark
                node = node[part]
                mark = getattr(node, "mark", mark)
        return mark

    def key(self, path: Iterable[Any]) -> Mark:
        """Where the last key of `path` stands."""
        *before, last = path
        parent = self.node(before)
        if isinstance(parent, Mapping) and last in parent:
            return parent.key_mark(last)
        return self.value([*before, last])

    def entry(self, path: Iterable[Any], edge: Fraction) -> Mark:
        """Where the entry of a mapping of edges stands whose key is that number."""
        node = self.node(path)
        for key in node if isinstance(node, Mapping) else ():
            if (percent(key) if key.endswith("%") else read_number(key)) == edge:
                return self.key((*path, key))
        return self.value(path)

    def inside(self, path: Iterable[Any], offset: int) -> Mark:
        """Where a character of the scalar at `path` stands; the scalar's start where it is folded or has escapes."""
        node = self.node(path)
        mark = self.value(path)
        if not isinstance(node, Scalar) or not node.verbatim:
            return mark
        return mark._replace(column=mark.column + offset + (0 if node.plain else 1))

    def known(self, path: Iterable[Any]) -> tuple[Any, ...]:
        """The parts of a path that the tree has."""
        node, parts = self.tree, []
        for part in path:
            if has_part(node, part):
                node = node[part]
                parts.append(part)
        return tuple(parts)

    def node(self, path: Iterable[Any]) -> Any:
        """The value at `path`, or None."""
        node = self.tree
        for part in path:
            if has_part(node, part):
                node = node[part]
        return node
