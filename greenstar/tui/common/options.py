"""Yes or no, one of several, or any of several: options as lines, each with a mark that shows whether it is picked."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from typing_extensions import override

from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends, fit, wrapped
from greenstar.tui.host import host_of
from greenstar.tui.textual_compat.kept_lines import KeptLines, KeptText

_GAP = 2  # cells between buttons


@dataclass(frozen=True)
class ShownOption:
    """An option as it is shown; `value` is None for the line "none of these".

    `key` picks it, and so do the characters of `also`, which an input method writes.
    """

    value: bool | str | None
    label: str
    points: str = ""
    key: str = ""
    also: str = ""


class OptionField(KeptLines, can_focus=True):
    """The options of one question. Picking one is an answer at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("space", "pick", show=False),
        Binding("enter", "enter", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    DEFAULT_CSS = """
    OptionField {
        height: auto; width: 1fr; color: $foreground; text-wrap: nowrap; text-overflow: clip;
        &.-beside { width: auto; }
    }
    """

    at: reactive[int | None] = reactive(None, init=False)

    @dataclass
    class Picked(Message):
        """A person picked, ticked, or cleared."""

        value: Answer | None

    class Entered(Message):
        """Enter was pressed: on to the next question."""

    class CursorMoved(Message):
        """An arrow went to another option: see `cursor_bottom`."""

    @dataclass
    class OverEdge(Message):
        """An arrow went over the first or last option."""

        by: int

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[ShownOption] = []
        self.answer: Answer | None = None
        self.several = False
        self.beside = False
        self.locked = False
        self._drawn: tuple[object, list[Content]] = (None, [])  # as it was drawn last, and all that this depends on

    def fill(self, choices: list[ShownOption], answer: Answer | None, *, several: bool, beside: bool) -> None:
        """Show the options of a question, and what is answered."""
        self.choices, self.answer, self.several, self.beside = choices, answer, several, beside
        self.set_class(beside, "-beside")
        self.set_reactive(OptionField.at, self._answered_at())
        self.refresh(layout=True)

    def relabel(self, choices: list[ShownOption]) -> None:
        """The same options in another language; the cursor and what is picked stay."""
        self.choices = choices
        self.refresh(layout=True)

    def show_answer(self, answer: Answer | None) -> None:
        """Show another answer."""
        self.answer = answer
        self.refresh()

    def _answered_at(self) -> int | None:
        return next((index for index, choice in enumerate(self.choices) if self._picked(choice)), None)

    def _picked(self, choice: ShownOption) -> bool:
        if isinstance(self.answer, tuple):
            return choice.value in self.answer if choice.value is not None else not self.answer
        return choice.value is not None and self.answer == choice.value

    # -- drawing

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the labels need."""
        return max(1, len(self._lines(width)))

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All side by side."""
        return self._lines(container.width)[0].cell_length if self.beside else container.width

    @override
    def render(self) -> RenderResult:
        """The options, each with its mark."""
        return KeptText(Content("\n").join(self._lines(self.content_size.width)), self.app)

    def _lines(self, width: int) -> list[Content]:
        """All of it; asked for its width, its height and its looks, it is put together once."""
        shown = (self.choices, self.answer, self.several, self.beside, self.at, self.has_focus, glyphs.in_use())
        width = 0 if self.beside else width
        if self._drawn[0] != (shown, width):
            self._drawn = (shown, width), self._put_together(width)
        return self._drawn[1]

    def _put_together(self, width: int) -> list[Content]:
        if self.beside:
            return [self._line()]
        return [line for index, choice in enumerate(self.choices) for line in self._lines_of(index, choice, width)]

    def _lines_of(self, index: int, choice: ShownOption, width: int) -> list[Content]:
        head = self._head(index, choice)
        tail = Content.styled(choice.points, "$faint")
        room = max(8, width - head.cell_length - tail.cell_length - 1)
        style = "bold" if self._picked(choice) else ""
        first, *others = wrapped(Content.styled(choice.label, style), room)
        parts = [both_ends(Content.assemble(head, first), tail, width)]
        parts += [fit(Content.assemble(" " * head.cell_length, part), width) for part in others]
        if self.has_focus and self.at == index:
            parts = [part.stylize_before("on $field-focus") for part in parts]
        return [part.stylize(Style.from_meta({"option": index})) for part in parts]

    def _line(self) -> Content:
        """The options as buttons beside each other."""
        parts = []
        for index, choice in enumerate(self.choices):
            picked, here = self._picked(choice), self.has_focus and self.at == index
            words = Content.assemble(self._head(index, choice), (choice.label, "bold" if picked else ""), "  ")
            ground = "on $field-focus" if here else "on $cursor" if picked else "on $field"
            parts.append(words.stylize_before(ground).stylize(Style.from_meta({"option": index})))
        return Content(" " * _GAP).join(parts)

    def _head(self, index: int, choice: ShownOption) -> Content:
        here = self.has_focus and self.at == index
        picked = self._picked(choice)
        if self.several and choice.value is not None:
            mark = glyphs.TICKED.mark if picked else glyphs.NOT_TICKED.mark
        else:
            mark = glyphs.PICKED.mark if picked else glyphs.NOT_PICKED.mark
        return Content.assemble(
            (glyphs.HERE.mark if here else " ", "bold $primary"),
            (f"{choice.key} " if choice.key else "", "$muted"),
            (mark, "bold $success" if picked else "$muted"),
            " ",
        )

    def watch_at(self) -> None:
        """Redraw, and come into view."""
        self.refresh()
        self.post_message(self.CursorMoved())

    @property
    def cursor_bottom(self) -> int:
        """The line below the option at which the cursor is, counted from the first."""
        if self.beside or self.at is None:
            return 1
        above = enumerate(self.choices[: self.at + 1])
        return sum(len(self._lines_of(at, choice, self.content_size.width)) for at, choice in above)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The mark of the cursor shows with the focus only."""
        super().watch_has_focus(_has_focus)
        self.refresh()

    # -- keys and mouse

    def action_step(self, by: int) -> None:
        """To the next or previous option, or out of the field."""
        start = -1 if by > 0 else len(self.choices)
        at = (start if self.at is None else self.at) + by
        if 0 <= at < len(self.choices):
            self.at = at
        else:
            self.post_message(self.OverEdge(by))

    def action_line(self, by: int) -> None:
        """To the option above or below; options side by side are one line."""
        if self.beside:
            self.post_message(self.OverEdge(by))
        else:
            self.action_step(by)

    def action_pick(self) -> None:
        """Pick or tick the option under the cursor."""
        if self.at is not None:
            self._pick(self.at)

    def action_enter(self) -> None:
        """Pick the option under the cursor where only one can be, and go on."""
        if self.at is not None and not self.several and not self._picked(self.choices[self.at]):
            self._pick(self.at)
        self.post_message(self.Entered())

    def action_clear(self) -> None:
        """Take the answer back."""
        if self.answer is not None and not self.locked:
            self._answer(None)

    def on_key(self, event: Key) -> None:
        """A letter or digit picks its option, in full width too: an input method may be on."""
        if event.character is None:
            return
        typed = unicodedata.normalize("NFKC", event.character).lower()
        for index, choice in enumerate(self.choices):
            if typed in (choice.key or None, *choice.also, str(index + 1) if self.beside else None):
                event.stop()
                event.prevent_default()
                self.at = index
                self._pick(index)
                return
        if event.is_printable and not typed.isspace() and event.key not in self.screen.active_bindings:
            event.stop()
            keys = " ".join(choice.key for choice in self.choices if choice.key)
            host_of(self.app).notify(Phrase("tui.picks_nothing", key=event.character, keys=keys))

    def on_click(self, event: Click) -> None:
        """Pick the option under the mouse."""
        index = event.style.meta.get("option")
        if index is not None:
            self.at = index
            self._pick(index)

    def _pick(self, index: int) -> None:
        if self.locked:
            return
        value = self.choices[index].value
        if not self.several:
            self._answer(value)
            return
        ticked: set[object] = set(self.answer) if isinstance(self.answer, tuple) else set()
        if value is None:
            ticked = set()
        else:
            ticked ^= {value}
        self._answer(tuple(str(choice.value) for choice in self.choices if choice.value in ticked))

    def _answer(self, value: Answer | None) -> None:
        self.answer = value
        self.refresh()
        self.post_message(self.Picked(value))
