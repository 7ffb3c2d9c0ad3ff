"""A name says what a thing is: the words that said nothing are not used for anything."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from greenstar.resources import PACKAGE

EMPTY = {"found", "one"}
PERHAPS_GIVEN = re.compile(r"\b_*(?:found|one)_*\b")  # in most modules the words stand nowhere at all
FOLDERS = [PACKAGE, *(PACKAGE.parent / name for name in ("tests", "bench", "tools"))]


def names_given(tree: ast.AST) -> Iterator[str]:
    """Every name that a module gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr
            case ast.arg():
                yield node.arg
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name


def test_no_name_says_nothing() -> None:
    modules: list[Path] = [path for folder in FOLDERS for path in sorted(folder.rglob("*.py"))]
    texts = {path: path.read_text(encoding="utf-8") for path in modules}
    said = {path: set(names_given(ast.parse(text))) for path, text in texts.items() if PERHAPS_GIVEN.search(text)}
    assert not [f"{path.name}: {name}" for path, names in said.items() for name in names if name.strip("_") in EMPTY]
