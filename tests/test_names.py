"""A name says what a thing is: the words that said nothing are not used for anything."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenstar.resources import PACKAGE
from tests.compiled import code_of, codes_in

EMPTY = {"found", "one"}
FOLDERS = [PACKAGE, *(PACKAGE.parent / name for name in ("tests", "bench", "tools"))]


def is_empty(name: str) -> bool:
    return name.strip("_") in EMPTY


def names_in(path: Path) -> Iterator[str]:
    """Every name that a module gives to something or asks for, and perhaps more."""
    for code in codes_in(code_of(path)):
        yield from (code.co_name, *code.co_names, *code.co_varnames, *code.co_cellvars)


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


@pytest.mark.slow
def test_no_name_says_nothing() -> None:
    modules: list[Path] = [path for folder in FOLDERS for path in sorted(folder.rglob("*.py"))]
    in_question = [path for path in modules if any(map(is_empty, names_in(path)))]
    said = {path: set(names_given(ast.parse(path.read_text(encoding="utf-8")))) for path in in_question}
    assert not [f"{path.name}: {name}" for path, names in said.items() for name in names if is_empty(name)]


def test_no_two_classes_of_the_program_have_the_same_name() -> None:
    """But private ones, which nobody meets outside of their file."""
    places: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in re.findall(r"^class ([A-Z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
            places.setdefault(name, []).append(path.relative_to(PACKAGE).as_posix())
    assert not {name: shared for name, shared in places.items() if len(shared) > 1}
