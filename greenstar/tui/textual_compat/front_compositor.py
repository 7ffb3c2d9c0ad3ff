"""A screen is put together from what is in front, and only where it changed.

Textual asks every widget in the box around all changes for all of its lines, also widgets that did not change and those
that stand wholly behind others. After a layout it paints all of a page that holds a line more. Three private parts are
at work: `Compositor._render_chops` puts the lines together from pieces between the `cuts`, `_dirty_regions` is what
changed since the last paint, and `_full_map` where each widget stands.
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

    @override
    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        dirty, before = self._dirty_regions, self._full_map
        self._dirty_regions = set()
        result = super().reflow(parent, size)
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
        spans = list(self._regions_to_spans(self._dirty_regions))
        self._dirty_regions.clear()
        return ChopsUpdate(self._pieces(spans), spans, [cuts[1:] for cuts in self.cuts]) if spans else None

    @override
    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        left, right = crop.column_span
        return self._pieces([(y, left, right) for y in crop.line_range if is_rendered_line(y)])

    def _pieces(self, spans: Iterable[Span]) -> Sequence[Mapping[int, Strip]]:
        """The pieces of each line by their first cell; None where nothing is to be painted."""
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        missing = self._missing(spans)
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            left, right = shown.column_span
            lines = [y for y in shown.line_range if y in missing and any(left <= cut < right for cut in missing[y])]
            if not lines:
                continue
            part = Region(shown.x, lines[0], shown.width, lines[-1] - lines[0] + 1)
            strips = widget.render_lines(part.translate(-region.offset))
            for y in lines:
                cuts = [cut for cut in self.cuts[y] if left <= cut <= right]
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

    def _missing(self, spans: Iterable[Span]) -> dict[int, set[int]]:
        """The first cells of the pieces that are to be painted, by line."""
        missing: dict[int, set[int]] = {}
        for y, left, right in spans:
            cuts = {cut for cut, end in pairwise(self.cuts[y]) if cut < right and end > left}
            missing.setdefault(y, set()).update(cuts)
        return missing
