"""What is said above the keys: for a while, or in passing."""

from textual.content import Content
from textual.timer import Timer

from greenstar.tui.common.text import Words

_SECONDS, _SECONDS_IN_PASSING = 10, 2


class Notice(Words):
    """One thing at a time; gone while there is nothing to say."""

    DEFAULT_CSS = """
    Notice { padding: 0 1; background: $cursor; }
    Notice.-wrong { background: $panel; color: $error; text-style: bold; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._timer: Timer | None = None
        self._in_passing = False  # it goes with the next key
        self._keys_come = self._said_at = 0  # keys so far, and when it was said

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a sentence for a while; `wrong`: as what went wrong."""
        self.set_class(wrong, "-wrong")
        self._show(f"! {text}" if wrong else text, _SECONDS)

    def tell_in_passing(self, words: Content) -> None:
        """Show words for two seconds or until the next key, unless what went wrong stands here."""
        if self._timer is None or not self.has_class("-wrong"):
            self.remove_class("-wrong")
            self._show(words, _SECONDS_IN_PASSING)
            self._in_passing = True

    def key_comes(self) -> None:
        """A key is about to do its work: what was said in passing goes."""
        self._keys_come += 1
        if self._in_passing:
            self.clear()

    def page_changes(self) -> None:
        """Another page comes: what was said of this one goes, unless the same key had it said."""
        if self._said_at < self._keys_come:
            self.clear()

    def clear(self) -> None:
        """Say nothing any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer, self._in_passing = None, False
            self.say("")

    def _show(self, words: Content | str, seconds: float) -> None:
        self.clear()
        self._said_at = self._keys_come
        self.say(words)
        self._timer = self.set_timer(seconds, self.clear)
