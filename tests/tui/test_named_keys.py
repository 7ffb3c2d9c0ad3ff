"""Every key that documents and messages name does something."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from greenstar.keys import LEADER
from greenstar.resources import PACKAGE
from tests.test_documents import DOCUMENTS, LOCALE_FILES, ROOT, relative

KEY = re.compile(r"(?<![\w+])(f\d{1,2}|(?:alt|ctrl|shift)\+\w+)(?!\w)", re.IGNORECASE)


def keys_bound() -> set[str]:
    """Every key that a screen or widget of the program, or a text field, does something with."""
    for module in sorted((PACKAGE / "tui").rglob("*.py")):
        import_module(".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    nodes: list[type[Any]] = [*subclasses(DOMNode), Input, TextArea]
    return {LEADER, *(key for node in nodes for key in keys_of(node))}


def subclasses(base: type[Any]) -> Iterator[type[Any]]:
    child: type[Any]
    for child in base.__subclasses__():
        if child.__module__.startswith("greenstar."):
            yield child
        yield from subclasses(child)


def keys_of(node: type[Any]) -> Iterator[str]:
    for binding in node.__dict__.get("BINDINGS", ()):
        keys = binding.key if isinstance(binding, Binding) else binding[0]
        yield from (key.strip().lower() for key in keys.split(","))


def test_every_key_that_is_named_does_something() -> None:
    bound = keys_bound()
    unknown = {
        f"{relative(path)}: {key}"
        for path in (*DOCUMENTS, *LOCALE_FILES)
        for key in KEY.findall(path.read_text(encoding="utf-8"))
        if key.lower() not in bound
    }
    assert not unknown - {"criteria/README.md: F1"}
