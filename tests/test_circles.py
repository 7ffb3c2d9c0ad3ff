"""No module needs another one in a circle, be it only inside of a function or for its types."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from greenstar.resources import PACKAGE
from tests.compiled import code_of, codes_in


def imported(path: Path, modules: set[str]) -> Iterator[str]:
    """The modules of the program that a module names in its imports."""
    for code in codes_in(code_of(path)):
        for name in code.co_names:
            if name.startswith(PACKAGE.name):
                yield from {name, *(f"{name}.{part}" for part in code.co_names)} & modules


@pytest.mark.slow
def test_no_modules_import_each_other_in_a_circle() -> None:
    paths = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    graph = {name: set(imported(path, set(paths))) - {name} for name, path in paths.items()}
    assert graph["greenstar.scheme.model"] >= {"greenstar.scheme.rules_hash", "greenstar.scheme.document"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None
