"""A text of people's own words in a form: it wraps, Enter goes on, and the arrows lead out at its ends."""

from dataclasses import dataclass

from textual.events import Key
from textual.message import Message
from typing_extensions import override

from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text_area import PlainTextArea


@dataclass
class Out(Message):
    """On to another field of the form: by Enter, or by an arrow over the first or last line."""

    by: int
    entered: bool = False


class LongText(PlainTextArea):
    """Several lines come by pasting; what is typed is one paragraph."""

    DEFAULT_CSS = """
    LongText {
        height: auto; min-height: 1; max-height: 5; width: 1fr; background: $field; border: none; padding: 0 1;
        &:focus { background: $field-focus; border: none; }
        & > .text-area--cursor-line { background: transparent; }
        & > .text-area--placeholder { color: $faint; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, compact=True, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)

    def on_key(self, event: Key) -> None:
        """Enter is no line of the text, but leads on."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(Out(1, entered=True))

    @override
    def action_cursor_up(self, select: bool = False) -> None:
        """A line up, or out of the field."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.post_message(Out(-1))
        else:
            super().action_cursor_up(select)

    @override
    def action_cursor_down(self, select: bool = False) -> None:
        """A line down, or out of the field."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.post_message(Out(1))
        else:
            super().action_cursor_down(select)


class ShortText(CompactInput):
    """One line, for a day or a name; an arrow leads out."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.select_on_focus = True  # a day is written anew, not written on

    def key_up(self) -> None:
        """To the field above."""
        self.post_message(Out(-1))

    def key_down(self) -> None:
        """To the field below."""
        self.post_message(Out(1))
