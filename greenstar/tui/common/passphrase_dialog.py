"""Asks for the passphrase of one's own key before something is signed; whoever gives none goes on unsigned."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.workspace import Workspace
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Words


class PassphraseDialog(Dialog[None]):
    """Enter opens the key, which takes half a second on the writer's thread. Nothing that is typed is kept or shown."""

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
            self.dismiss(None)
        elif not self._opening:
            self._opening = True
            self.relabel()
            self.host.go_on(self, self._open)

    async def _open(self) -> None:
        passphrase = self.line.value

        def unlock(workspace: Workspace) -> None:
            workspace.signing.unlock(passphrase)

        try:
            await self.host.saving.done(unlock, what=None)
        except GreenStarError as error:
            self.trouble, self._opening = error.message, False
            self.relabel()
        else:
            self.dismiss(None)


async def unlock_key(dialog: Dialog[Any]) -> None:
    """Ask for the passphrase where one's own key has one and is not open yet. To be awaited in a worker."""

    def waits(workspace: Workspace) -> bool:
        return workspace.signing.waits_for_passphrase

    if await dialog.host.saving.done(waits, what=None):
        await dialog.app.push_screen_wait(PassphraseDialog())
