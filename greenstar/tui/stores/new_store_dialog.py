"""Asks for a new store: its code, name, city and region."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from greenstar.assessment.model import Store
from greenstar.errors import BadInput, GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.validation.columns import STORE_COLUMNS
from greenstar.services.stores.store_validation import checked
from greenstar.services.stores.stores import add_store, check_new
from greenstar.services.workspace import Workspace
from greenstar.services.writer import TakenBack, What
from greenstar.text import clean_text
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Line, Words

_NEEDED = ("code", "name")
_ANY_CODE = "0"  # where another field is checked, its store still has to have one
_ADDING = "adding"  # what is wrong with none of the fields


class NewStoreDialog(Dialog[str]):
    """Enter goes from field to field, and in the last one adds the store. Each is checked as it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    NewStoreDialog {
        .field { height: 1; }
        Line { width: 14; }
        .trouble { padding-left: 14; color: $error; }
        .space { height: 1; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._troubles: dict[str, Phrase] = {}
        self._being_added: What | None = None

    def compose(self) -> ComposeResult:
        """Four fields, each with room for what is wrong with it."""
        with VerticalScroll(id="panel", can_focus=False):
            yield Words(id="question")
            for name in STORE_COLUMNS:
                with Horizontal(classes="field"):
                    yield Line(id=f"word-{name}")
                    yield CompactInput(id=name)
                yield Words(id=f"trouble-{name}", classes="trouble")
                yield Line(classes="space")
            yield Words(id=f"trouble-{_ADDING}", classes="trouble")
            yield Words(id="hint")

    @override
    def relabel(self) -> None:
        say = self.catalogue.say
        self.query_one("#question", Words).say(Content.styled(say("tui.new_store"), "bold"))
        self.hint("tui.new_store_keys" if self._being_added is None else "saving.waits_in_dialog")
        for name in STORE_COLUMNS:
            self.query_one(f"#word-{name}", Line).say(Content(say(f"tui.store_{name}")))
            self._say(name)
        self._say(_ADDING)

    @property
    @override
    def would_lose(self) -> bool:
        return any(self._text(name) for name in STORE_COLUMNS)

    def _text(self, name: str) -> str:
        return clean_text(self.query_one(f"#{name}", Input).value)

    # -- checking

    def _check(self, name: str) -> bool:
        """Check a field, and say under it what is wrong; whether nothing is."""
        trouble = self._trouble(name)
        if trouble is None:
            self._troubles.pop(name, None)
        else:
            self._troubles[name] = trouble
        self._say(name)
        return trouble is None

    def _trouble(self, name: str) -> Phrase | None:
        text = self._text(name)
        if not text:
            return Phrase("tui.store_needs", word=Phrase(f"tui.store_{name}")) if name in _NEEDED else None
        try:
            if name == "code":
                check_new(self.workspace, Store(text, text))
            else:
                checked(Store(_ANY_CODE, text))
        except GreenStarError as error:
            return error.message
        return None

    def _say(self, name: str) -> None:
        trouble = self._troubles.get(name)
        words = f"! {self.catalogue.render(trouble)}" if trouble is not None else ""
        self.query_one(f"#trouble-{name}", Words).say(words)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if event.input.is_attached:
            self._check(str(event.input.id))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """What was wrong is being put right; a store that waits for the disk is another one now."""
        self._take_back()
        for name in (str(event.input.id), _ADDING):
            self._troubles.pop(name, None)
            self._say(name)

    # -- from field to field

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        name = str(event.input.id)
        if not self._check(name):
            return
        if name == STORE_COLUMNS[-1]:
            if self._being_added is None:
                self.host.go_on(self, self._add)
        else:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        """To the next or previous field."""
        names = [str(field.id) for field in self.query(Input)]
        at = names.index(str(self.focused.id)) + by if self.focused is not None else 0
        if 0 <= at < len(names):
            self.query_one(f"#{names[at]}", Input).focus()

    async def _add(self) -> None:
        wrong = [name for name in STORE_COLUMNS if not self._check(name)]
        if wrong:
            self.query_one(f"#{wrong[0]}", Input).focus()
            return
        texts = {name: self._text(name) for name in STORE_COLUMNS}
        self._being_added = what = "store", texts["code"]
        self.relabel()
        try:
            await self.host.saving.done(partial(add_store, store=Store(**texts)), what=what)
        except BadInput as error:  # another window has just added it
            self._troubles["code"] = error.message
            self.query_one("#code", Input).focus()
        except TakenBack:
            self._troubles[_ADDING] = Phrase("tui.store_taken_back")
        except GreenStarError as error:
            self._troubles[_ADDING] = error.message
        else:
            self.dismiss(texts["code"])
            return
        self._being_added = None
        self.relabel()

    def _take_back(self) -> bool:
        """Take back a store that waits for the disk; whether there is one."""
        if self._being_added is not None:
            self.host.saving.take_back(self._being_added)
        return self._being_added is not None

    @override
    def action_cancel(self) -> None:
        """Leave; where the disk has not taken the store yet, it is taken back first, and what is typed stays."""
        if not self._take_back():
            super().action_cancel()
