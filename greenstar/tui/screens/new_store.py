"""Asks for a new store: its code, name, city and region."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from greenstar.assessment.answers import clean_text
from greenstar.assessment.model import Store
from greenstar.errors import GreenStarError
from greenstar.services.stores import add_store
from greenstar.services.workspace import Workspace
from greenstar.tui.screens.dialog import Dialog
from greenstar.tui.widgets.lines import Line, Words

_FIELDS = ("code", "name", "city", "region")


class NewStoreDialog(Dialog[str]):
    """Enter goes from field to field, and in the last one adds the store."""

    DEFAULT_CSS = """
    NewStoreDialog {
        .field { height: 1; margin-bottom: 1; }
        Line { width: 14; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        """Four fields."""
        with Vertical(id="panel"):
            yield Words(id="question")
            for name in _FIELDS:
                with Horizontal(classes="field"):
                    yield Line(id=f"word-{name}")
                    yield Input(compact=True, id=name)
            yield Words(id="trouble")
            yield Words(id="hint")

    def relabel(self) -> None:
        """Write every word again."""
        say = self.catalogue.say
        self.query_one("#question", Words).say(Content.styled(say("tui.new_store"), "bold"))
        self.query_one("#hint", Words).say(Content(say("tui.new_store_keys")))
        for name in _FIELDS:
            self.query_one(f"#word-{name}", Line).say(Content(say(f"tui.store_{name}")))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        at = _FIELDS.index(str(event.input.id))
        if at + 1 < len(_FIELDS):
            self.query_one(f"#{_FIELDS[at + 1]}", Input).focus()
        else:
            self._add()

    def _add(self) -> None:
        texts = {name: clean_text(self.query_one(f"#{name}", Input).value) for name in _FIELDS}
        missing = next((name for name in ("code", "name") if not texts[name]), None)
        if missing is not None:
            self._say(self.catalogue.say("tui.store_needs", word=self.catalogue.say(f"tui.store_{missing}")))
            self.query_one(f"#{missing}", Input).focus()
            return
        try:
            add_store(self.workspace, Store(**texts))
        except GreenStarError as error:
            self._say(self.catalogue.render(error.message))
            self.query_one("#code", Input).focus()
        else:
            self.dismiss(texts["code"])

    def _say(self, trouble: str) -> None:
        self.query_one("#trouble", Words).say(Content.styled(f"! {trouble}", "$error"))
