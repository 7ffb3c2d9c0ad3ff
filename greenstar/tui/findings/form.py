"""One finding in a form: what is half typed is on disk within half a second, and comes back; it is none until whole."""

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from typing_extensions import override

from greenstar.assessment.model import Finding
from greenstar.i18n.phrase import Phrase
from greenstar.keys import REMOVE
from greenstar.services.findings.findings import KIND, ChangedMeanwhile, FindingEntry, add, change
from greenstar.services.findings.form import HalfTypedFinding, fields_of, finding_from, half_typed
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.writer import Failure, What
from greenstar.storage.protocols.drafts import Place
from greenstar.text import excerpt
from greenstar.tui.common import finding_text
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.text import Words
from greenstar.tui.common.wording import local_time
from greenstar.tui.findings.fields import FindingFields


def named(finding: Finding) -> What:
    """A finding, where it is lost: by its text, as a criterion may have several."""
    return f"{drafts.field(KIND, finding.criterion)}  {finding.text}", finding.action


class FindingForm(Dialog[Phrase]):
    """Enter goes from field to field, and in the last one keeps the finding; gives what is to be said of it."""

    commands = (*Dialog.commands, REMOVE)
    DEFAULT_CSS = """
    FindingForm {
        #hint { margin: 0; }
        #trouble { margin-bottom: 1; }
    }
    """

    def __init__(
        self,
        visit: OpenVisit,
        criterion: str,
        entry: FindingEntry | None = None,
        half: HalfTypedFinding | None = None,
        notice: str = "",
    ) -> None:
        super().__init__()
        self.visit, self.criterion, self.entry = visit, criterion, entry
        self.values, self.typed_in = fields_of(entry.finding if entry is not None else None), ""
        if half is not None:
            self.entry, self.values, self.typed_in = half
        self.kept: FindingEntry | None = None  # what became of it
        self.today = visit.workspace.today()
        self._drafted = half_typed(self.entry, self.values, self.today, self.typed_in)
        self._notice: Phrase | None = Phrase(notice) if notice else None
        self._trouble: Phrase | None = None
        self._keep_soon = DelayedCall(self, self._keep)
        self._dropping = self._recording = self._left = False

    def compose(self) -> ComposeResult:
        """The fields, and what became of them."""
        with VerticalScroll(id="panel", can_focus=False):
            yield Words(id="question")
            found_on = self.entry.found_on if self.entry is not None else self.today
            yield FindingFields(self.values, self.today, found_on, self.typed_in)
            yield Words(id="trouble")
            yield Words(id="hint")

    # -- words

    @override
    def relabel(self) -> None:
        super().relabel()
        title = self.visit.scheme.criteria[self.criterion].title
        key = "findings.new_at" if self.entry is None else "findings.change_at"
        question = self.catalogue.say(key, id=self.criterion, title=title)
        self.query_one("#question", Words).say(Content.styled(question, "bold"))
        self.query_one(FindingFields).relabel(self.catalogue)
        self._say()

    def _say(self) -> None:
        """What became of it, and what the keys do."""
        message = self._trouble or self._notice
        text = "" if message is None else f"! {self.catalogue.render(message)}"
        style = "bold $error" if self._trouble is not None else "$warning"
        self.query_one("#trouble", Words).say(Content.styled(text, style) if text else "")
        self.hint("findings.keys_waiting" if self._recording else "findings.keys")
        if self._dropping:
            drop = f"! {self.catalogue.say('findings.keys_drop')}"
            self.query_one("#hint", Words).say(Content.styled(drop, "bold $warning"))

    # -- half typed

    @on(FindingFields.Changed)
    def _changed(self, event: FindingFields.Changed) -> None:
        self.typed_in = event.name
        self._trouble = self._notice = None
        self._dropping = False
        self._say()
        self._keep_soon.ask()

    def _keep(self) -> None:
        """Have what is half typed kept."""
        self._keep_soon.cancel()
        text = half_typed(self.entry, self.values, self.today, self.typed_in)
        if text != self._drafted:
            self._put(text)

    def _put(self, text: str | None) -> None:
        self.host.saving.keep_draft(*self._place, text)
        self._drafted = text

    @property
    def _place(self) -> Place:
        row = self.visit.assessment
        return row.store, row.id, drafts.field(KIND, self.criterion)

    @override
    def action_cancel(self) -> None:
        self._keep()
        self._left = True
        super().action_cancel()
        if self._recording:
            self.host.notify(Phrase("findings.on_its_way", id=self.criterion))

    @override
    def leave(self) -> None:
        self._keep()

    def on_key(self, event: Key) -> None:
        """Any other key than that means that nothing is thrown away."""
        if self._dropping and event.key not in self.host.keymap.keys_of(REMOVE):
            self._dropping = False
            self._say()

    def do_remove(self) -> None:
        """Throw away what is half typed; when it is asked for twice."""
        if self._recording:  # it is on its way
            return
        if half_typed(self.entry, self.values, self.today) is not None and not self._dropping:
            self._dropping = True
            self._say()
            return
        self._keep_soon.cancel()
        self._put(None)
        self.dismiss(Phrase("findings.dropped") if self._dropping else None)

    # -- whole

    @on(FindingFields.Finished)
    def _finished(self) -> None:
        fields = self.query_one(FindingFields)
        if fields.first_wrong is not None:
            fields.tell_all()
        elif not self._recording:
            self._record()

    def _record(self) -> None:
        """Hand the finding in; whoever leaves before the disk has taken it need not wait."""
        finding, entry = finding_from(self.criterion, self.values, self.today), self.entry

        def record(visit: OpenVisit) -> FindingEntry:
            return add(visit, finding) if entry is None else change(visit, entry, finding)

        self._keep_soon.cancel()
        self._recording = True
        self._drafted = half_typed(self.entry, self.values, self.today, self.typed_in)  # this becomes the finding
        done = partial(self._recorded, dict(self.values))
        self.host.saving.change(
            self.visit, record, done, self._not_recorded, what=named(finding), forgets=[self._place]
        )
        if self._recording:
            self._say()

    def _recorded(self, values: dict[str, str], kept: FindingEntry) -> None:
        told = Phrase("findings.added" if self.entry is None else "findings.changed", id=self.criterion)
        self._recording, self.kept = False, kept
        if values != self.values:  # somebody typed on: that changes the finding, by the next Enter
            self.entry = kept
            self._keep()
        if self._left:
            self.host.notify(told)
        elif values == self.values:
            self.dismiss(told)
        else:
            self.relabel()

    def _not_recorded(self, error: Failure) -> None:
        self._recording = False
        if isinstance(error, Sealed):
            self._put(None)
            if not self._left:
                self.dismiss(None)
            for text in filter(None, (self.values["text"], self.values["action"])):
                self.host.tell_unrecorded(error.message, text)
            return
        if isinstance(error, ChangedMeanwhile):
            self._follow(error)
        else:
            self._trouble = error.message
        if not self._left:
            self._say()
        else:
            self._put(half_typed(self.entry, self.values, self.today, self.typed_in))  # it is there when one comes back
            self.host.notify(error.message, wrong=True)

    def _follow(self, meanwhile: ChangedMeanwhile) -> None:
        """Another window was quicker: say what it did; what stands here takes its place by the next Enter."""
        theirs = self.entry = meanwhile.theirs
        found_on = theirs.found_on if theirs is not None else self.today
        self.query_one(FindingFields).stand_on(found_on)
        self._keep()
        if theirs is None:
            self._trouble = Phrase("findings.theirs_gone")
            return
        self._trouble = Phrase(
            "findings.theirs_changed",
            severity=Phrase(f"tui.severity_{theirs.finding.severity}"),
            state=finding_text.state(theirs, self.today),
            text=excerpt(theirs.finding.text),
            by=meanwhile.by,
            time=local_time(meanwhile.at) if meanwhile.at is not None else "",
        )
