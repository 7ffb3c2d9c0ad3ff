"""Asks once more before a visit is handed in, and says what will be sealed."""

from collections.abc import Iterator
from copy import copy
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.phrase import Phrase
from greenstar.keys import BACK, SEAL
from greenstar.services.visit.clock import clock_off
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.sealing import Submission
from greenstar.services.visit.submission import left_behind, lost_files, to_be_sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.services.writer import TakenBack, What
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.key_line import KeyLine
from greenstar.tui.common.passphrase_dialog import unlock_key
from greenstar.tui.common.text import Words

SEAL_SHOWN = 12  # characters of a seal that a person compares


class SubmitDialog(Dialog[Submission]):
    """`y` or Enter twice hands it in; a single stray Enter does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding(f"{SEAL.key},{SEAL.key.upper()}", "seal", show=False),
    ]
    DEFAULT_CSS = """
    SubmitDialog {
        #question { text-style: bold; }
        #sealing, #open { margin-bottom: 1; }
        #open { color: $warning; }
        #trouble { color: $error; text-style: bold; }
        #again { color: $warning; text-style: bold; }
        KeyLine { dock: none; padding: 0; margin-top: 1; }
    }
    """

    def __init__(self, visit: OpenVisit, others: int) -> None:
        super().__init__()
        self.visit, self.others = visit, others  # others: things left to do besides open criteria
        self.armed = self._sealing = False
        self.failed: GreenStarError | None = None

    def compose(self) -> ComposeResult:
        """The question, what will be sealed, what is given away, and the keys."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Words(id="sealing")
            yield Words(id="open")
            yield Words(id="trouble")
            yield Words(id="again")
            yield KeyLine((SEAL, BACK))

    @override
    def relabel(self) -> None:
        say, store = self.catalogue.say, self.visit.visit.store
        name = in_language(store.name, self.catalogue.language)
        self.query_one("#question", Words).say(Content(say("checklist.submit", store=f"{store.code}  {name}")))
        self.query_one("#sealing", Words).say(Content(self.catalogue.render(to_be_sealed(self.visit))))
        self.query_one("#open", Words).say(Content("\n").join(Content(line) for line in self._given_away()))
        why = say("checklist.not_submitted", why=self.failed.message) if self.failed is not None else ""
        self.query_one("#trouble", Words).say(Content(f"! {why}" if why else ""))
        again = "saving.waits_in_dialog" if self._sealing else "checklist.enter_again" if self.armed else ""
        self.query_one("#again", Words).say(Content(say(again) if again else ""))
        self.query_one(KeyLine).relabel(self.catalogue)

    def _given_away(self) -> Iterator[str]:
        """What is left open counts as not earned; and what should be looked at before."""
        card, off = self.visit.scorecard, clock_off(self.visit.workspace, self.visit.assessment)
        if off is not None:
            yield f"! {self.catalogue.render(off)}"
        if card.asked > card.answered:
            yield self.catalogue.say("checklist.left_open", count=card.asked - card.answered)
        for finding in left_behind(self.visit):
            yield f"! {self.catalogue.render(finding)}"
        lost = lost_files(self.visit)
        if lost is not None:
            yield f"! {self.catalogue.render(lost)}"
        if self.others:
            key = "others_left" if card.asked > card.answered else "left_as_it_is"
            yield self.catalogue.say(f"checklist.{key}", count=self.others)

    def on_key(self, event: Key) -> None:
        """Any other key than a second Enter takes the first one back."""
        if self.armed and event.key.lower() not in ("enter", SEAL.key):
            self.armed = False
            self.relabel()

    def action_enter(self) -> None:
        """Enter counts the second time."""
        if self.armed:
            self.action_seal()
        else:
            self.armed = True
            self.relabel()

    def action_seal(self) -> None:
        """Hand it in; where that fails, nothing has changed, and one may try again."""
        if not self._sealing:
            self._sealing = True
            self.relabel()
            self.host.go_on(self, self._seal)

    @override
    def action_cancel(self) -> None:
        """Back; where the disk has not taken it yet, it is taken back first."""
        if self._sealing:
            self.host.saving.take_back(self._what)
        else:
            super().action_cancel()

    @property
    def _what(self) -> What:
        return "submit", self.visit.visit.store.code

    async def _seal(self) -> None:
        if not await unlock_key(self):
            self.armed, self._sealing = False, False
            self.relabel()
            return
        code, seen = self.visit.visit.store.code, copy(self.visit)
        cycle = self.visit.assessment.cycle

        def seal(workspace: Workspace) -> Submission:
            return submit(workspace.in_cycle(cycle), code, seen=seen)

        try:
            done = await self.host.saving.done(seal, what=self._what)
        except TakenBack:
            self.host.notify(Phrase("checklist.taken_back"))
            self.dismiss(None)
        except GreenStarError as error:
            self.failed, self.armed, self._sealing = error, False, False
            self.relabel()
        else:
            self.dismiss(done)

    def do_seal(self) -> None:
        """Submit and seal, by a click on the key."""
        self.action_seal()
