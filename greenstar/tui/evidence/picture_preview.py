"""A picture in the terminal: two pixels a cell, the upper one drawn by a half block over the lower one."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.picture import Preview, preview
from greenstar.tui import glyphs
from greenstar.tui.common import threads
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.lines import fit, wrapped

MOST = (96, 36)  # cells
_PAUSE = 0.1  # seconds that the cursor rests on a file before it is decoded
_MOST_THREADS = 4  # that may wait for a disk that does not answer
_UPPER_HALF = "▀"


class _Wanted(NamedTuple):
    path: Path
    size: tuple[int, int]  # cells


class PicturePreview(Widget):
    """Shows the picture of a file, or why it cannot; a file is decoded on a thread, and only the last one is shown."""

    DEFAULT_CSS = """
    PicturePreview { height: 1fr; width: 1fr; }
    """

    class Loaded(Message):
        """A picture was decoded, or could not be."""

        def __init__(self, wanted: _Wanted, shown: Preview | Phrase) -> None:
            super().__init__()
            self.wanted, self.shown = wanted, shown

    def __init__(self, load: Callable[[Path, tuple[int, int]], Preview | Phrase] = preview) -> None:
        super().__init__()
        self._load = load
        self._path: Path | None = None
        self._wanted: _Wanted | None = None
        self._shown: Preview | Phrase | None = None
        self._strips: list[Strip] = []
        self._threads: list[Thread] = []
        self._catalogue: Catalogue | None = None
        self._load_soon = DelayedCall(self, self._load_now, _PAUSE)

    def show(self, path: Path | None, instead: Phrase | None, catalogue: Catalogue) -> None:
        """Show the picture at `path`; None: say `instead` why there is none to show, where it is given."""
        self._catalogue = catalogue
        if path is None:
            self._path, self._wanted = None, None
            self._take(instead)
        elif path != self._path:
            self._path = path
            self._take(None)
            self._load_soon.ask()
        elif isinstance(self._shown, Phrase):
            self._take(self._shown)  # in another language

    def on_resize(self) -> None:
        """Another size shows another number of pixels."""
        if self._path is not None:
            self._load_soon.ask()
        elif isinstance(self._shown, Phrase):
            self._take(self._shown)

    def _load_now(self) -> None:
        width, height = self.content_size
        if self._path is None or not width or not height:
            return
        wanted = _Wanted(self._path, (min(width, MOST[0]), min(height, MOST[1])))
        if wanted == self._wanted and self._shown is not None:
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if len(self._threads) >= _MOST_THREADS:
            self._take(Phrase("evidence.preview_silent"))
            return
        self._wanted = wanted
        pixels = wanted.size[0], 2 * wanted.size[1]
        self._threads.append(threads.start_for(self, lambda: self.Loaded(wanted, self._load(wanted.path, pixels))))

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        event.stop()
        if event.wanted == self._wanted:
            self._take(event.shown)

    def _take(self, shown: Preview | Phrase | None) -> None:
        self._shown = shown
        self._strips = list(strips_of(shown)) if isinstance(shown, Preview) else []
        self.refresh()

    @override
    def render(self) -> Content:
        """The reason why nothing is shown, in the middle."""
        if not isinstance(self._shown, Phrase) or self._catalogue is None:
            return Content("")
        width, height = self.content_size
        lines = wrapped(self._catalogue.render(self._shown), max(width, 1))[: max(height, 1)]
        above = [Content("")] * ((height - len(lines)) // 2)
        centred = (fit(line.pad_left((width - line.cell_length) // 2), width) for line in lines)
        return Content("\n").join([*above, *centred]).stylize("$muted")

    @override
    def render_line(self, y: int) -> Strip:
        """A line of the picture, in the middle of the widget."""
        if not self._strips:
            return super().render_line(y)
        width, height = self.content_size
        row = y - max((height - len(self._strips)) // 2, 0)
        ground = self.visual_style.rich_style
        if not 0 <= row < len(self._strips):
            return Strip.blank(width, ground)
        strip = self._strips[row]
        left = max((width - strip.cell_length) // 2, 0)
        return Strip([Segment(" " * left, ground), *strip]).adjust_cell_length(width, ground)


def strips_of(picture: Preview) -> "list[Strip]":
    """The lines of a picture; where signs are plain, a cell is one colour, that of its two pixels together."""
    (width, height), rgb = picture.size, picture.rgb
    plain = glyphs.in_use() == "plain"

    def pixel(x: int, y: int) -> tuple[int, int, int]:
        at = 3 * (min(y, height - 1) * width + x)
        return rgb[at], rgb[at + 1], rgb[at + 2]

    def cell(x: int, y: int) -> Segment:
        upper, lower = pixel(x, y), pixel(x, y + 1)
        if plain:
            middle = [(above + below) // 2 for above, below in zip(upper, lower, strict=True)]
            return Segment(" ", Style(bgcolor=Color.from_rgb(*middle)))
        return Segment(_UPPER_HALF, Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower)))

    return [Strip([cell(x, y) for x in range(width)], width) for y in range(0, height, 2)]
