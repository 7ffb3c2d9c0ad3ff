"""A screen is put together from what is in front, and only where it changed.

Textual asks every widget in the box around all changes for all of its lines, also widgets that did not change and those
that stand wholly behind others. After a layout it paints all of a page that holds a line more. And it cuts what is in
front where something behind it begins or ends, which loses a Chinese sign that lies across such an edge. Where
something changed that is not in sight, it arranges all once more as soon as somebody asks where a widget stands. Five
private parts are at work: `Compositor._render_chops` puts the lines together from pieces between the `cuts`, `_cuts`
are those while nothing moves, `_dirty_regions` is what changed since the last paint, `_full_map` where each widget
stands, and `_full_map_invalidated` that this may be out of date.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, cast

from textual._compositor import ChopsUpdate, Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.map_geometry import MapGeometry
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

Span = tuple[int, int, int]  # line, first cell, cell after the last


class _Place(NamedTuple):
    """Where a widget is seen: not how much it holds, which its children show, nor how many others come after it."""

    region: Region
    clip: Region


def _place(geometry: MapGeometry) -> _Place:
    return _Place(geometry.region, geometry.clip)


def _bars(widget: Widget) -> Iterator[Widget]:
    if widget.show_vertical_scrollbar:
        yield widget.vertical_scrollbar
    if widget.show_horizontal_scrollbar:
        yield widget.horizontal_scrollbar


class FrontCompositor(Compositor):
    """Asks a widget only for lines that have a piece to be painted with nothing in front of it."""

    @property
    @override
    def cuts(self) -> list[list[int]]:
        """The cells of each line, and its end, from which another widget is in front than before."""
        if self._cuts is None:
            width, height = self.size
            in_front = [[-1] * width for _ in range(height)]
            edges: list[set[int]] = [set() for _ in range(height)]
            shown = (region.intersection(clip) for region, clip in self.visible_widgets.values())
            for number, (x, y, across, down) in reversed([*enumerate(shown)]):
                for line, ends in zip(in_front[y : y + down], edges[y : y + down], strict=True):
                    line[x : x + across] = [number] * across
                    ends.update((x, x + across))
            self._cuts = [_changes(line, ends) for line, ends in zip(in_front, edges, strict=True)]
        return self._cuts

    @override
    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        dirty, before = self._dirty_regions, self._full_map
        self._dirty_regions = set()
        result = super().reflow(parent, size)
        self._full_map_invalidated = False  # it was just made
        places = {(widget, _place(geometry)) for widget, geometry in before.items()}
        places ^= {(widget, _place(geometry)) for widget, geometry in self._full_map.items()}
        seen = [place for _, place in places]
        for widget, geometry in self._full_map.items():
            if widget in before and before[widget].virtual_size != geometry.virtual_size:
                seen += [_place(self._full_map[bar]) for bar in _bars(widget) if bar in self._full_map]
        regions = (place.clip.intersection(place.region) for place in seen)
        self._dirty_regions = dirty.union(filter(None, regions))
        return result

    @override
    def render_partial_update(self) -> ChopsUpdate | None:
        missing = self._missing(self._regions_to_spans(self._dirty_regions))
        self._dirty_regions.clear()
        if not missing:
            return None
        spans = [span for y in sorted(missing) for span in self._whole(y, missing[y])]
        return ChopsUpdate(self._pieces(missing), spans, [cuts[1:] for cuts in self.cuts])

    @override
    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        left, right = crop.column_span
        return self._pieces(self._missing((y, left, right) for y in crop.line_range if is_rendered_line(y)))

    def _pieces(self, missing: dict[int, set[int]]) -> Sequence[Mapping[int, Strip]]:
        """The pieces of each line by their first cell; None where nothing is to be painted."""
        all_cuts = self.cuts
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in all_cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            left, right = shown.column_span
            lines = [y for y in shown.line_range if y in missing and _any_between(missing[y], left, right)]
            if not lines:
                continue
            part = Region(shown.x, lines[0], shown.width, lines[-1] - lines[0] + 1)
            strips = widget.render_lines(part.translate(-region.offset))
            for y in lines:
                cuts = [left, *[cut for cut in all_cuts[y] if left < cut < right], right]
                divided = strips[y - lines[0]].divide([cut - left for cut in cuts[1:]])
                for cut, piece in zip(cuts, divided, strict=False):
                    if cut in missing[y]:
                        pieces[y][cut] = piece
                        missing[y].discard(cut)
                if not missing[y]:
                    del missing[y]
            if not missing:
                break
        return cast("Sequence[Mapping[int, Strip]]", pieces)

    def _whole(self, y: int, pieces: set[int]) -> Iterator[Span]:
        """The pieces of a line with these first cells, from end to end; those that touch are one span."""
        ends = dict(pairwise(self.cuts[y]))
        first, *others = sorted(pieces)
        last = ends[first]
        for cut in others:
            if cut != last:
                yield y, first, last
                first = cut
            last = ends[cut]
        yield y, first, last

    def _missing(self, spans: Iterable[Span]) -> dict[int, set[int]]:
        """The first cells of the pieces that are to be painted, by line."""
        missing: dict[int, set[int]] = {}
        all_cuts = self.cuts
        for y, left, right in spans:
            cuts = {cut for cut, end in pairwise(all_cuts[y]) if cut < right and end > left}
            missing.setdefault(y, set()).update(cuts)
        return missing


def _any_between(cuts: Iterable[int], left: int, right: int) -> bool:
    for cut in cuts:  # noqa: SIM110 - `any` takes thrice as long, and it is asked for each line of each widget
        if left <= cut < right:
            return True
    return False


def _changes(line: Sequence[int], edges: Iterable[int]) -> list[int]:
    """Those of the edges in a line where another number begins, and its end."""
    last = len(line)
    return [0, *sorted([at for at in edges if 0 < at < last and line[at - 1] != line[at]]), last]
