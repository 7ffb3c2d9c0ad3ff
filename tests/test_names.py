"""A name says what a thing is: the words that said nothing are not used for anything."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from greenstar.resources import PACKAGE

EMPTY = {"found", "one"}
PERHAPS_GIVEN = re.compile(r"\b_*(?:found|one)_*\b")
PROSE = re.compile(r"""#.*|("{3}[\s\S]*?"{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""")


FOLDERS = [PACKAGE, *(PACKAGE.parent / name for name in ("tests", "bench", "tools"))]


def without_prose(text: str) -> str:
    """The code of a module without comments and texts, but for texts with names to fill in."""

    def kept(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 2) : match.start()].lower()
        return match[0] if match[1] and "f" in before else '""'

    return PROSE.sub(kept, text)


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
    in_question = {path: text for path, text in texts.items() if PERHAPS_GIVEN.search(without_prose(text))}
    said = {path: set(names_given(ast.parse(text))) for path, text in in_question.items()}
    assert not [f"{path.name}: {name}" for path, names in said.items() for name in names if name.strip("_") in EMPTY]
