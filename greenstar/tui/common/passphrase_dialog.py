"""Asks for the passphrase of one's own key before something is signed; whoever gives none goes on unsigned."""

import asyncio
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Words


class PassphraseDialog(Dialog[bool]):
    """Enter opens the key, on a thread as it takes half a second, and one goes on; escape goes back.

    Nothing that is typed is kept or shown. Enter on nothing goes on without a signature.
    """

    DEFAULT_CSS = """
    PassphraseDialog {
        #trouble { color: $error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.line = CompactInput()
        self.line.password = True
        self.trouble: Phrase | None = None
        self._opening = False

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(Words(id="question"), self.line, Words(id="trouble"), Words(id="hint"), id="panel")

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(Content.styled(self.catalogue.say("signing.question"), "bold"))
        trouble = "" if self.trouble is None else f"! {self.catalogue.render(self.trouble)}"
        self.query_one("#trouble", Words).say(Content(trouble))
        self.hint("signing.opening" if self._opening else "signing.keys")

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.trouble is not None:
            self.trouble = None
            self.relabel()

    @on(Input.Submitted)
    def _entered(self) -> None:
        if not self.line.value:
            self.dismiss(result=True)
        elif not self._opening:
            self._opening = True
            self.relabel()
            self.host.go_on(self, self._open)

    async def _open(self) -> None:
        try:
            await asyncio.to_thread(self.host.workspace.signing.unlock, self.line.value)
        except GreenStarError as error:
            self.trouble, self._opening = error.message, False
            self.line.select_all()  # dots that nobody can read are not mended: what is typed next takes their place
            self.relabel()
        else:
            self.dismiss(result=True)


async def unlock_key(dialog: Dialog[Any]) -> bool:
    """Ask for the passphrase where one's own key has one and is not open yet; whether one goes on. In a worker."""
    signing = dialog.host.workspace.signing  # the writer has the same
    if not await asyncio.to_thread(lambda: signing.waits_for_passphrase):
        return True
    return await dialog.app.push_screen_wait(PassphraseDialog()) is True
