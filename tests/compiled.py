"""The modules of the project, compiled: what is read from them without a tree of all their nodes."""

from collections.abc import Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType


@cache
def code_of(path: Path) -> CodeType:
    """A module's code, once a process; the compiled file beside it is taken where there is one."""
    code = SourceFileLoader(path.stem, str(path)).get_code(path.stem)
    assert code is not None
    return code


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """A module's code, and that of each function and class in it."""
    waiting = [code]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
