"""The files of the watched folders: the newest first, several chosen with space, what comes appears by itself."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import size_shown
from greenstar.services.evidence.watched_folder import MOST_LISTED, MOST_LOOKED_AT, FolderContent, WatchedFile
from greenstar.text import clean_line
from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.names import cut_in_the_middle
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.evidence.photo_rows import PhotoRows
from greenstar.tui.evidence.photo_source import PhotoSource

_TICK = 0.25  # seconds between two looks at what the threads brought
_MOST_SHOWN = 8  # rows
_AROUND = 6  # cells of its border that a title leaves free


class PhotoList(Vertical):
    """A panel, which is there when there is a folder to watch."""

    DEFAULT_CSS = """
    PhotoList {
        height: auto; display: none;
        #photos { height: 1; }
        #silence { color: $muted; }
    }
    """

    @dataclass
    class Attach(Message):
        """These files are to be attached."""

        files: list[WatchedFile]

    @dataclass
    class Looked(Message):
        """The cursor stands at a file."""

        file: WatchedFile | None

    class WentUp(Message):
        """Up, from the first line."""

    class WentDown(Message):
        """Down, from the last line."""

    def __init__(self, sources: Sequence[PhotoSource]) -> None:
        super().__init__(id="photo-list")
        self._sources = sources
        self._words = PanelWords(self)
        self._seen: list[tuple[FolderContent | None, bool]] = []  # what was shown last of each source
        self._ticked: set[Path] = set()
        self._attached: set[tuple[str, int]] = set()
        self._same: set[tuple[str, int]] = set()  # whose bytes are attached under another name
        self._catalogue: Catalogue | None = None

    def compose(self) -> ComposeResult:
        """What is wrong with a folder, and the files."""
        yield Words(id="silence")
        yield PhotoRows(self._draw, id="photos")

    def on_mount(self) -> None:
        """Look, and go on looking."""
        self.set_interval(_TICK, self.look)
        self.look()

    @property
    def rows(self) -> PhotoRows:
        """The files, a row each."""
        return self.query_one(PhotoRows)

    @property
    def file(self) -> WatchedFile | None:
        """The file under the cursor."""
        file: WatchedFile | None = self.rows.row
        return file

    @property
    def newest(self) -> WatchedFile | None:
        """The newest file that is not attached yet."""
        return next((file for file in self.rows.rows if not self.has_attached(file)), None)

    @property
    def is_named(self) -> bool:
        """Whether a person named a folder."""
        return any(source.asked_for for source in self._sources)

    @property
    def is_known(self) -> bool:
        """Whether all folders that a person named have answered."""
        return all(source.content is not None for source in self._sources if source.asked_for)

    def is_there(self) -> bool:
        """Whether there is anything to go into."""
        return bool(self.display and self.rows.rows)

    # -- looking

    def look(self) -> None:
        """Show what the threads brought, and have them go on."""
        for source in self._sources:
            source.look_on()
        seen = [(source.content, source.silent) for source in self._sources]
        if self._seen != seen:
            self._seen = seen
            self._show()

    def _show(self) -> None:
        files = [file for source in self._sources if source.content is not None for file in source.content.files]
        files.sort(key=lambda file: (file.changed, file.name), reverse=True)
        del files[MOST_LISTED:]
        at, paths = self.file, [file.path for file in files]
        self._ticked &= set(paths)
        self.rows.show(files, paths.index(at.path) if at is not None and at.path in paths else None)
        self.rows.styles.height = max(1, min(len(files), _MOST_SHOWN if self.app.size.height >= 30 else 4))
        self.rows.display = bool(files)
        self.display = bool(files) or self.is_named
        self._write()
        if at != self.file:
            self.post_message(self.Looked(self.file))

    def set_attached(self, attached: set[tuple[str, int]]) -> None:
        """The names and sizes of the files that are attached already."""
        if attached != self._attached:
            self._attached = attached
            self.rows.show(self.rows.rows)

    def add_attached(self, same: Iterable[tuple[str, int]]) -> None:
        """Names and sizes of files whose bytes are attached already, under other names."""
        self._same.update(same)

    def has_attached(self, file: WatchedFile) -> bool:
        """Whether it is attached in this visit, as far as name and size tell."""
        return (file.name, file.size) in self._attached | self._same

    # -- words

    def relabel(self, catalogue: Catalogue) -> None:
        """Write it in another language."""
        self._catalogue = catalogue
        self.rows.show(self.rows.rows)
        self._write()

    def _write(self) -> None:
        if self._catalogue is None:
            return
        say = self._catalogue.say
        named = [source for source in self._sources if source.asked_for]
        heading = Content.assemble((say("evidence.photos"), "bold"), f" {glyphs.DOT.mark} ")
        where = say("evidence.uploads")
        if named:
            room = self.outer_size.width - heading.cell_length - _AROUND
            where = cut_in_the_middle(_short(named[0].folder), room, len(named[0].folder.name) + 1)
        self._words.title(Content.assemble(heading, where))
        everything = sum(source.content.count for source in self._sources if source.content is not None)
        count = (
            say("evidence.chosen", count=len(self._ticked)) if self._ticked else f"{everything:,}" if everything else ""
        )
        self._words.foot(Content(count))
        silence = [self._catalogue.render(phrase) for phrase in map(_silence, self._sources) if phrase is not None]
        if not silence and not self.rows.rows:
            silence = [say("evidence.no_photos" if all(source.content for source in named) else "evidence.looking")]
        self.query_one("#silence", Words).say("\n".join(silence))

    def on_resize(self) -> None:
        """The title is cut for the width."""
        self._write()

    def _draw(self, file: WatchedFile, width: int) -> Content:
        ticked = file.path in self._ticked
        mark = (glyphs.TICKED.mark, "$primary") if ticked else (glyphs.NOT_TICKED.mark, "$muted")
        right = Content.styled(f"{size_shown(file.size)}  {_when(file.changed_at)}", "$muted")
        name = Content(file.name)
        if self.has_attached(file):
            mark, name = (glyphs.MET.mark, "$success"), name.stylize("$muted")
        elif not file.whole and self._catalogue is not None:
            mark = (glyphs.NOT_SAVED.mark, "$warning")
            right = Content.styled(self._catalogue.say("evidence.growing"), "$warning")
        return both_ends(Content.assemble(mark, " ", name), right, width)

    # -- choosing

    @on(PhotoRows.Ticked)
    def _tick(self, event: PhotoRows.Ticked) -> None:
        event.stop()
        file = self.file
        if file is not None:
            self._ticked ^= {file.path}
            self.rows.show(self.rows.rows)
            self._write()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Attach what is ticked, in the order in which it was taken; else what stands under the cursor."""
        event.stop()
        ticked = [file for file in reversed(self.rows.rows) if file.path in self._ticked]
        self._ticked.clear()
        self.post_message(self.Attach(ticked or [event.row]))
        self._write()
        self.rows.refresh()

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self.post_message(self.Looked(event.row))

    @on(PhotoRows.WentUp)
    def _up(self, event: PhotoRows.WentUp) -> None:
        event.stop()
        self.post_message(self.WentUp())

    @on(PhotoRows.WentDown)
    def _down(self, event: PhotoRows.WentDown) -> None:
        event.stop()
        self.post_message(self.WentDown())


def _silence(source: PhotoSource) -> Phrase | None:
    """What is wrong with a folder that somebody named, or only partly right."""
    if source.silent:
        return Phrase("evidence.folder_silent", folder=clean_line(str(source.folder))) if source.asked_for else None
    content = source.content
    if content is None or not source.asked_for:
        return None
    if content.technical:
        return Phrase("evidence.folder_unread", folder=clean_line(str(source.folder)), technical=content.technical)
    return Phrase("evidence.folder_more", most=f"{MOST_LOOKED_AT:,}") if content.more else None


def _short(folder: Path) -> str:
    """A folder as people write it."""
    with suppress(RuntimeError, ValueError):
        return clean_line(f"~/{folder.relative_to(Path.home())}")
    return clean_line(str(folder))


def _when(moment: datetime | None) -> str:
    """The time of today, else the day."""
    if moment is None:
        return ""
    local = moment.astimezone()
    today = datetime.now().astimezone().date()
    return (
        f"{local:%H:%M}" if local.date() == today else f"{local:%m-%d}" if local.year == today.year else f"{local:%Y}"
    )
