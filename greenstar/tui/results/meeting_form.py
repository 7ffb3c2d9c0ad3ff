"""The form for what the store says in the closing meeting: on disk while it is typed, kept with the visit by Enter."""

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea
from typing_extensions import override

from greenstar.services.visit import drafts
from greenstar.services.visit.closing_meeting import KIND, Meeting, OtherWords, keep_meeting, meeting_of
from greenstar.services.visit.conflict import Sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Failure
from greenstar.storage.protocols.drafts import Place
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.long_text import LongText, Out, ShortText
from greenstar.tui.common.text import Line, Words

_REPRESENTATIVE, _REMARKS = "representative", "remarks"
_NAMES = (_REPRESENTATIVE, _REMARKS)


class MeetingForm(Dialog[Meeting]):
    """Who speaks for the store, and the remarks, as many lines as they need. Leaving keeps them as well."""

    DEFAULT_CSS = """
    MeetingForm {
        .field { height: auto; margin-bottom: 1; }
        .field Line { width: 14; }
        #says { margin-bottom: 1; }
        #remarks { min-height: 3; max-height: 10; }
        #trouble { color: $error; }
        #hint { margin: 0; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self._row, self._seen = visit.assessment, meeting_of(visit.assessment)
        half_typed = drafts.kept(visit.workspace, self._row.store, self._row.id)
        kept = vars(self._seen)
        self._drafted = {name: half_typed.get(drafts.field(KIND, name), kept[name]) for name in _NAMES}
        self._trouble: Failure | None = None
        self._on_its_way = False
        self._draft_soon = DelayedCall(self, self._draft)

    @override
    def compose(self) -> ComposeResult:
        representative, remarks = ShortText(id=_REPRESENTATIVE), LongText(id=_REMARKS)
        representative.select_on_focus = False
        representative.value = self._drafted[_REPRESENTATIVE]
        remarks.load_text(self._drafted[_REMARKS])
        with VerticalScroll(id="panel", can_focus=False):
            yield Words(id="question")
            yield Words(id="says")
            for field in (representative, remarks):
                yield Horizontal(Line(id=f"word-{field.id}"), field, classes="field")
            yield Words(id="trouble")
            yield Words(id="hint")

    def on_mount(self) -> None:
        """The cursor stands at the end of what is written, and in the name where there is none yet."""
        remarks = self.query_one(LongText)
        remarks.move_cursor(remarks.document.end)
        self._field(_REMARKS if self._drafted[_REPRESENTATIVE] else _REPRESENTATIVE).focus()

    def _field(self, name: str) -> Widget:
        return self.query_one(f"#{name}")

    @override
    def relabel(self) -> None:
        say = self.catalogue.say
        self.query_one("#question", Words).say(Content.styled(say("closing_meeting.store"), "bold"))
        self.query_one("#says", Words).say(say("closing_meeting.says"))
        for name in _NAMES:
            self.query_one(f"#word-{name}", Line).say(say(f"closing_meeting.word_{name}"))
        trouble = "" if self._trouble is None else f"! {self.catalogue.render(self._trouble.message)}"
        self.query_one("#trouble", Words).say(trouble)
        self.hint("closing_meeting.keys_waiting" if self._on_its_way else "closing_meeting.keys")

    # -- typing

    @property
    def _texts(self) -> dict[str, str]:
        return {_REPRESENTATIVE: self.query_one(ShortText).value, _REMARKS: self.query_one(LongText).text}

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._draft_soon.ask()
        if self._trouble is not None:
            self._trouble = None
            self.relabel()

    def _draft(self) -> None:
        """Have what is half typed kept, so that it is there after the worst."""
        self._draft_soon.cancel()
        for name, text in self._texts.items():
            if text != self._drafted[name]:
                self.host.saving.keep_draft(*self._place(name), None if text == vars(self._seen)[name] else text)
                self._drafted[name] = text

    def _place(self, name: str) -> Place:
        return self._row.store, self._row.id, drafts.field(KIND, name)

    @override
    def leave(self) -> None:
        self._draft()

    # -- from field to field, and out

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._field(_REMARKS).focus()

    @on(Out)
    def _out(self, event: Out) -> None:
        event.stop()
        if event.entered:
            self._keep()
        else:
            self._field(_REMARKS if event.by > 0 else _REPRESENTATIVE).focus()

    @override
    def action_cancel(self) -> None:
        """Leave; what is typed is kept, and whoever leaves need not wait for the disk."""
        self._keep()

    def _keep(self) -> None:
        meeting, seen = Meeting(**self._texts), self._seen
        if self._on_its_way or (meeting == seen and self._trouble is None):
            self._draft()
            self.dismiss(None)
            return

        def keep(workspace: Workspace) -> Meeting:
            return keep_meeting(workspace, self._row.id, meeting, seen)

        self._draft()
        self._on_its_way = True
        forgets = [self._place(name) for name in _NAMES]
        what = drafts.field(KIND, self._row.store), "   ".join(filter(None, vars(meeting).values()))
        self.host.saving.put(keep, self._kept, partial(self._not_kept, meeting), what=what, forgets=forgets)
        if self._on_its_way:
            self.relabel()

    def _kept(self, meeting: Meeting) -> None:
        self._on_its_way = False
        if self.is_attached:
            self.dismiss(meeting)

    def _not_kept(self, meeting: Meeting, error: Failure) -> None:
        self._on_its_way = False
        if isinstance(error, Sealed):
            if self.is_attached:
                self.dismiss(None)
            for text in filter(None, vars(meeting).values()):
                self.host.tell_unrecorded(error.message, text)
            return
        if not self.is_attached:  # what is half typed is there when one comes back
            self.host.notify(error.message, wrong=True)
            return
        if isinstance(error, OtherWords):  # Enter once more replaces them
            self._seen = error.theirs
        self._trouble = error
        self.relabel()
