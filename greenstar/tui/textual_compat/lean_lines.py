"""A line has a place to remember something in once there is something to remember.

Textual gives each line (`Strip`) seven caches as it is made: three quarters of the work of making one, and of its
memory, and most lines need one of them or two. Here each is made as it is asked for. Private parts are at work: the
names of the slots of a line, and what stands in each when it is new.
"""

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

_SIZES = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}


def make_lean_lines() -> None:
    """From now on, for all apps."""
    for name, method in (("__init__", _begin), ("__getattr__", _cache)):
        setattr(Strip, name, method)


def _begin(line: Any, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    line._segments = list(segments)  # noqa: SLF001 - the slots of a line, as Textual fills them
    line._cell_length = cell_length  # noqa: SLF001 - likewise
    line._render_cache = line._link_ids = line._cell_count = None  # noqa: SLF001 - likewise


def _cache(line: Any, name: str) -> Any:
    """A slot that nothing was put into yet."""
    if name not in _SIZES:
        raise AttributeError(name)
    cache = FIFOCache[Any, Any](_SIZES[name])
    setattr(line, name, cache)
    return cache
