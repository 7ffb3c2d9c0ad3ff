"""The list of evidence, and how one piece of it reads: in a line, and in full."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.evidence import EvidenceEntry, Keeping
from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends, columns
from greenstar.tui.common.rows import Rows

_MARK = 1 + len(glyphs.TICKED)  # cells: the cursor's, and those of the mark
_ROUNDED_FROM = 1000  # bytes


class EvidenceRows(Rows):
    """A click chooses a line, another one on its mark ticks it; up from the first line leaves the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "ask('verified')", show=False),
        Binding("delete", "ask('remove_file')", show=False),
    ]

    @dataclass
    class Asked(Message):
        """Something is to be done with the line under the cursor: the name of a command."""

        command: str

    class Left(Message):
        """Up, from the first line."""

    def action_ask(self, command: str) -> None:
        """Ask for a command."""
        self.post_message(self.Asked(command))

    def action_step(self, by: int) -> None:
        """Move the cursor, or leave."""
        if by < 0 and not self.cursor:
            self.post_message(self.Left())
        else:
            super().action_step(by)

    def on_click(self, event: Click) -> None:
        """What the mouse points at; a double click chooses it."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        if offset is None or not 0 <= index < len(self.rows):
            return
        here = index == self.cursor
        self._go(index)
        if event.chain > 1:
            self.post_message(self.Chosen(self, self.row))
        elif here and offset.x <= _MARK:
            self.action_ask("verified")


def row_line(entry: EvidenceEntry, width: int, catalogue: Catalogue, *, criterion: bool) -> Content:
    """One piece of evidence in a line; `criterion`: with the criterion that it supports."""
    mark = glyphs.TICKED if entry.verified else glyphs.NOT_TICKED
    style = "$success" if entry.verified else "$muted"
    right = size_shown(entry.size) if entry.keeping is Keeping.KEPT else _keeping(entry, catalogue)
    room = max(width - 6 - len(right), 20)
    first = [(Content.styled(entry.criterion, "bold $primary"), 9)] if criterion else []
    used = 11 * len(first)
    name = min(34, (room - used) // 2) if entry.caption else room - used
    cells = columns(
        [*first, (entry.file, name), (Content.styled(entry.caption, "$muted"), max(room - used - name - 2, 0))]
    )
    return both_ends(Content.assemble((mark, style), " ", cells), Content.styled(right, "$muted"), width)


def details(entry: EvidenceEntry, catalogue: Catalogue) -> Content:
    """All that is known of one piece of evidence, but its caption."""
    say = catalogue.say
    size = size_shown(entry.size) if entry.sha256 else ""
    if entry.size >= _ROUNDED_FROM:
        size = say("evidence.bytes", size=size, bytes=f"{entry.size:,}")
    state = say("evidence.is_verified" if entry.verified else "evidence.is_not_verified")
    first: list[str | tuple[str, str]] = [
        (entry.file, "bold"),
        f"  {size}" if size else "",
        "  ",
        (state, "$success" if entry.verified else "$warning"),
    ]
    if entry.keeping is not Keeping.KEPT:
        first += ["  ", (_keeping(entry, catalogue), "$warning")]
    times = []
    if entry.taken_at is not None:
        times.append(say("evidence.taken", time=_time(entry.taken_at)))
    if entry.attached_at is not None:
        times.append(say("evidence.attached_by", time=_time(entry.attached_at), by=entry.by))
    lines = [Content.assemble(*first), Content.styled("   ".join(times), "$muted")]
    if entry.sha256:
        lines.append(Content.styled(f"SHA-256 {entry.sha256}", "$muted"))
    return Content("\n").join(lines)


def _keeping(entry: EvidenceEntry, catalogue: Catalogue) -> str:
    return "" if entry.keeping is Keeping.KEPT else catalogue.say(f"evidence.keeping_{entry.keeping.value}")


def _time(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M}"


def size_shown(size: int) -> str:
    """A number of bytes as people read it: 840 B, 12.3 kB, 1.2 MB."""
    figure, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if figure < 999.95 and (unit != "B" or figure < 1000):
            break
        figure, unit = figure / 1000, larger
    return f"{figure:.0f} {unit}" if unit == "B" else f"{figure:.1f} {unit}"
