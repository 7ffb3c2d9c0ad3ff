"""What a tour says: a panel above the line of keys, with the keys that were pressed last."""

from textual.content import Content

from greenstar.tui import glyphs
from greenstar.tui.common.text import Words


class Caption(Words):
    """Stands on whatever screen is on top: a screen makes room for it, a dialog has it at its lower edge."""

    DEFAULT_CSS = """
    Caption {
        height: 5; padding: 0 1; background: $surface; color: $foreground;
        border: round $accent; border-title-color: $accent; border-title-style: bold; border-subtitle-color: $muted;
        &.-plain { border: ascii $accent; }
    }
    Dialog > Caption { layer: cover; dock: bottom; margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-plain" if glyphs.in_use() == "plain" else "")

    def tell(self, title: str, words: Content, keys: str) -> None:
        """Say something, and which keys lead on."""
        self.border_title, self.border_subtitle = Content(title), Content(keys)
        self.say(words)
