"""A document without the parts of it that are wrong in shape, so that all else in it can be checked at once."""

from collections.abc import Collection, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from greenstar.errors import MOST_PROBLEMS, Problem
from greenstar.scheme.shape import shape_problems
from greenstar.scheme.yaml_tree import Mapping, copied, has_part

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS = 4  # where a part is left out, what holds it may lack something that it must have


class Pruned(NamedTuple, Generic[M]):
    """A document as far as it can be read, None where it cannot; the tree that it was read from, without what is wrong.

    In lists that lost an entry the others stand elsewhere than in the file's own tree. `problems`: of its shape.
    """

    document: M | None
    tree: Any
    problems: list[Problem]


def read_pruned(model: type[M], tree: Any, stand_ins: dict[str, Any]) -> Pruned[M]:
    """`tree` as a `model`, without the parts of it that are wrong in shape.

    `stand_ins`: what stands in for keys that must be there, and are not.
    """
    problems: list[Problem] = []
    rest = tree
    for number in range(_MOST_ROUNDS):
        try:
            return Pruned(model.model_validate(rest, context={}), rest, problems)
        except ValidationError as error:
            details = error.errors(include_url=False)
        if number == 0:
            problems += shape_problems(model, tree, details)
            rest = copied(tree)
        if len(details) > MOST_PROBLEMS:  # nothing more would be told
            break
        _prune(rest, details, stand_ins)
    return Pruned(None, rest, problems)


class _Branch(NamedTuple):
    holder: Any
    key: Any


def _prune(tree: Any, details: Collection[ErrorDetails], stand_ins: dict[str, Any]) -> None:
    """Leave out the smallest part that holds each error."""
    pruned: list[_Branch] = []
    for detail in details:
        missing = detail["type"] == "missing"
        path = detail["loc"][:-1] if missing else detail["loc"]
        branches = list(_branches(tree, path))
        holder, lacking = branches[-1].holder[branches[-1].key] if branches else tree, path_end(detail)
        if missing and lacking in stand_ins and isinstance(holder, Mapping):
            holder[lacking] = stand_ins[lacking]
        elif branches and not any(
            branches[-1].holder is other.holder and branches[-1].key == other.key for other in pruned
        ):
            pruned.append(branches[-1])
    for holder, key in sorted(pruned, key=lambda branch: -branch.key if isinstance(branch.key, int) else 0):
        del holder[key]  # of lists from the end: the others stay put


def path_end(detail: ErrorDetails) -> str:
    """The last key of the path of an error."""
    return str(detail["loc"][-1]) if detail["loc"] else ""


def _branches(tree: Any, path: tuple[int | str, ...]) -> Iterator[_Branch]:
    """The parts of the tree on the way down a path. What the tree does not have (pydantic's tags) is passed over."""
    node = tree
    for part in path:
        if has_part(node, part):
            yield _Branch(node, part)
            node = node[part]
