"""Tables in tests: a test that holds for every row, where no row needs anything of its own to stand in.

For pytest each case of `parametrize` is a test by itself, with its fixtures, hooks and report; a row of a table costs
nothing but what is tested. All rows that fail are told, each with what stands in it.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def rows(names: str | tuple[str, ...], table: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for each row of a table, as `parametrize` does; `names`: its arguments that stand in the row."""
    keys = (names,) if isinstance(names, str) else names
    listed = [dict(zip(keys, [row] if isinstance(names, str) else row, strict=True)) for row in table]
    assert listed, "a table without rows tests nothing"

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)

        @wraps(test)
        def in_all_rows(**fixtures: Any) -> None:
            failures: list[BaseException] = []
            for row in listed:
                try:
                    test(**fixtures, **row)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told below, with its row
                    error.add_note(f"in the row {row}")
                    failures.append(error)
            if len(failures) == 1:
                raise failures[0]
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(listed)} rows", failures)

        fixtures = [parameter for name, parameter in signature.parameters.items() if name not in keys]
        vars(in_all_rows)["__signature__"] = signature.replace(parameters=fixtures)
        return in_all_rows

    return decorated
