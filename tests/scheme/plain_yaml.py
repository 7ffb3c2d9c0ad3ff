"""A scheme's file as an editor reads it: YAML 1.2's core types, where a plain `1.10` is a number and `no` a text."""

import re
from pathlib import Path
from typing import Any

from greenstar.resources import CRITERIA
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence, parse

TEST_SCHEMES = Path(__file__).parent.parent / "schemes"
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def as_editor(text: str) -> Any:
    """The values of a YAML text."""
    return _plain(parse(text, "test.yaml"))


def _plain(tree: Any) -> Any:
    if isinstance(tree, Mapping):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [_plain(part) for part in tree]
    if not isinstance(tree, Scalar) or not tree.plain:
        return None if tree is None else str(tree)
    if tree in ("true", "false"):
        return tree == "true"
    if _NUMBER.fullmatch(tree):
        return float(tree) if re.search(r"[.eE]", tree) else int(tree)
    return str(tree)


def scheme_files() -> list[Path]:
    """Every file of every shipped and test scheme."""
    folders = [path.parent for path in (*CRITERIA.glob("*/scheme.yaml"), *TEST_SCHEMES.glob("*/scheme.yaml"))]
    return sorted([*TEST_SCHEMES.glob("*.yaml"), *(path for folder in folders for path in folder.glob("*.yaml"))])
