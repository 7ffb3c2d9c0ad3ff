"""What was typed and has no place any more, such as in a visit that was handed in meanwhile: to be read and copied."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.text import Words


class UnrecordedDialog(Dialog[None]):
    """Stays until it is closed by hand; what else cannot be recorded meanwhile comes in below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c,C", "copy", show=False)]
    DEFAULT_CSS = """
    UnrecordedDialog {
        #question { color: $error; text-style: bold; }
        TextArea {
            height: auto; max-height: 10; background: $field; border: none; padding: 0 1;
            &:focus { background: $field-focus; border: none; }
        }
    }
    """

    def __init__(self, why: Phrase, text: str) -> None:
        super().__init__()
        self._why, self._copied = why, False
        self.question, self.keys = Words(id="question"), Words(id="hint")
        self.area = TextArea(text, compact=True, soft_wrap=True, read_only=True, highlight_cursor_line=False)

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.area, self.keys, id="panel")

    @override
    def relabel(self) -> None:
        self.question.say(Content(f"! {self.catalogue.say('saving.not_recorded', why=self._why)}"))
        self.keys.say(self.catalogue.say("saving.copied" if self._copied else "saving.not_recorded_keys"))

    def add(self, text: str) -> None:
        """Another text that could not be recorded."""
        if text not in self.area.text.split("\n\n"):
            self.area.load_text(f"{self.area.text}\n\n{text}")

    def action_copy(self) -> None:
        """All of it into the clipboard."""
        self.host.desktop.copy_text(self.area.text)
        self._copied = True
        self.relabel()
