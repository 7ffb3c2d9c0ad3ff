"""A line that makes its caches as they are asked for is the line that Textual makes."""

from typing import Any

import pytest
from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

from greenstar.tui.textual_compat.lean_lines import _SIZES, _begin, _cache

_textual_begins = Strip.__init__  # tests are collected before any app changes it


def _of(kind: type[Strip], begin: Any) -> Strip:
    line = kind.__new__(kind)
    begin(line, [Segment("a line")], 6)
    return line


class Lean(Strip):
    """What is patched into Textual's own."""

    __slots__ = ()
    __init__ = _begin
    __getattr__ = _cache


def test_a_lean_line_has_all_that_textual_gives_a_new_line() -> None:
    whole, lean = _of(Strip, _textual_begins), _of(Lean, _begin)
    for name in Strip.__slots__:
        theirs, ours = getattr(whole, name), getattr(lean, name)
        if isinstance(theirs, FIFOCache):
            assert (type(ours), ours._maxsize, len(ours)) == (FIFOCache, theirs._maxsize, 0)
            assert getattr(lean, name) is ours
        else:
            assert (name in _SIZES, ours) == (False, theirs)
    assert lean.crop(2, 6).text == whole.crop(2, 6).text == "line"
    assert lean.crop(2, 6) is lean.crop(2, 6)
    unknown = "anything"
    with pytest.raises(AttributeError):
        getattr(lean, unknown)
