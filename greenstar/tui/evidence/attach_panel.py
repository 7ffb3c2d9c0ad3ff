"""Where files are named and attached: they are copied aside, with progress, and the screen goes on meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import percent_shown
from greenstar.services.evidence.evidence import Attached, attach, files_of
from greenstar.services.evidence.ingest import Ingest, IngestProgress, IngestResult
from greenstar.services.evidence.last_folder import last_folder, remember_folder
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common import threads
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.path_field import PathField
from greenstar.tui.common.text import Words
from greenstar.tui.evidence import evidence_text
from greenstar.tui.evidence.captions import HalfTypedTexts
from greenstar.tui.host import Host

_BETWEEN = 0.1  # seconds between two pictures of the progress
_PATIENCE = 0.5  # seconds until it is told that no file answers
_MOST_SENTENCES = 3


class AttachPanel(Vertical):
    """A field for paths, what is being copied, and what went wrong."""

    DEFAULT_CSS = """
    AttachPanel {
        height: auto;
        PathField { padding: 0 1; }
        #going { padding: 0 1; color: $accent; }
        #trouble { padding: 0 1; color: $error; max-height: 6; }
    }
    """

    @dataclass
    class Going(Message):
        """Files are being copied."""

        progress: IngestProgress

    @dataclass
    class Copied(Message):
        """No file is being copied any more; `typed`: what was in the field when it began."""

        result: IngestResult
        typed: str

    @dataclass
    class Done(Message):
        """Files were attached, as far as that could be done; `outcome` says so, where there is anything to say."""

        attached: Attached
        outcome: Phrase | None

    def __init__(self, visit: OpenVisit, criterion: str, half_typed: HalfTypedTexts, host: Host) -> None:
        super().__init__()
        self._visit = visit
        self._criterion = criterion
        self._half_typed = half_typed
        self._draft = drafts.field("evidence", criterion)
        self._host, self._desktop = host, host.desktop
        if "entered_paths" not in host.places:
            host.places["entered_paths"] = [folder] if (folder := last_folder()) else []
        self._entered: list[str] = host.places["entered_paths"]
        self._catalogue = host.catalogue
        self._ingest: Ingest | None = None

    def compose(self) -> ComposeResult:
        """The field, and two texts that are there when there is something to say."""
        yield PathField(self._desktop.complete_path, self._entered)
        yield Words(id="going")
        yield Words(id="trouble")

    @property
    def field(self) -> PathField:
        """Where files are named."""
        return self.query_one(PathField)

    @property
    def busy(self) -> bool:
        """Whether files are being copied."""
        return self._ingest is not None

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words of the field; in a visit that is only read, nothing is typed."""
        self._catalogue = catalogue
        self.field.input.disabled = self._visit.read_only
        folder = self.field.offered
        hint = catalogue.say("evidence.add_again", folder=folder) if folder else catalogue.say("evidence.add_hint")
        self.field.relabel(catalogue.say("evidence.add"), hint, catalogue)

    def fill(self) -> None:
        """Put what is half typed into the field."""
        self.field.fill(self._half_typed.get(self._draft) or "", locked=self._visit.read_only)

    def _say_trouble(self, sentences: Sequence[Phrase]) -> None:
        """Say what went wrong: the first sentences, and how many more there are."""
        lines = [f"! {self._catalogue.render(sentence)}" for sentence in sentences[:_MOST_SENTENCES]]
        if len(sentences) > _MOST_SENTENCES:
            lines.append(self._catalogue.say("tui.more", count=len(sentences) - _MOST_SENTENCES))
        self.query_one("#trouble", Words).say("\n".join(lines))

    # -- copying

    def start(self, typed: str) -> None:
        """Copy the files that typed paths name."""
        paths = self._desktop.paths_in(typed)
        if not paths:
            self._say_trouble([Phrase("evidence.nothing_typed")])
            return
        self._copy(paths, typed)

    def start_with(self, paths: Sequence[Path]) -> None:
        """Copy files that were chosen in a list."""
        self._copy([str(path) for path in paths], "")

    def _copy(self, paths: Sequence[str], typed: str) -> None:
        """Copy on a thread, as a disk may not answer."""
        self._say_trouble([])
        ingest = self._ingest = Ingest(files_of(self._visit), paths, self._teller())
        threads.start_for(self, lambda: self.Copied(ingest.run(), typed))
        self.set_timer(_PATIENCE, partial(self._say_waiting, ingest))

    def _say_waiting(self, ingest: Ingest) -> None:
        """Nothing came of it yet, not even a file's size."""
        going = self.query_one("#going", Words)
        if ingest is self._ingest and not going.display:
            going.say(self._catalogue.say("evidence.waiting"))

    def _teller(self) -> Callable[[IngestProgress], None]:
        """Tells the panel of progress, but not too often; called on the thread that copies."""
        last = monotonic()

        def tell(progress: IngestProgress) -> None:
            nonlocal last
            if monotonic() - last >= _BETWEEN:
                last = monotonic()
                self.post_message(self.Going(progress))

        return tell

    @on(PathField.Changed)
    def _typed(self, event: PathField.Changed) -> None:
        self._say_trouble([])
        self._half_typed.put(self._draft, event.text)

    @on(Going)
    def _going(self, event: Going) -> None:
        event.stop()
        at = event.progress
        percent = percent_shown(Fraction(at.share), [Fraction(1)], places=0)
        words = self._catalogue.say(
            "evidence.copying", number=str(at.number), count=str(at.count), file=at.name, percent=percent
        )
        if self.busy:
            self.query_one("#going", Words).say(Content.assemble(share_line(at.share, 16), f" {words}"))

    @on(Copied)
    def _copied(self, event: Copied) -> None:
        event.stop()
        self.query_one("#going", Words).say("")
        self._host.go_on(self, partial(self._take_in, event.result, event.typed))

    async def _take_in(self, result: IngestResult, typed: str) -> None:
        """Attach what was copied; until that is done, nothing else is copied."""
        attached, draft = Attached((), ()), self._draft if typed else None
        try:
            if result.stored:
                attached = await self._host.saving.changed(
                    self._visit,
                    lambda visit: attach(visit, self._criterion, result.stored, draft=draft),
                    what=(self._draft, typed or " ".join(file.name for file in result.stored)),
                )
        except GreenStarError as error:
            self._say_trouble([error.message, *result.refused])
            self.post_message(self.Done(attached, None))
            return
        finally:
            self._ingest = None
        if result.stored and typed:
            self.field.remember(typed)
            folder = self.field.offered
            if folder:
                threads.start(lambda: remember_folder(folder))
        if typed and self.field.text == typed:
            left = " ".join(result.left)
            self.field.fill(left)
            self._half_typed.put(self._draft, left)
        self._say_trouble([*result.refused, *evidence_text.already_there(attached, self._criterion)])
        self.post_message(self.Done(attached, evidence_text.outcome(result, attached)))

    def stop(self) -> bool:
        """End what is being copied; whether there was anything to end.

        What is ending already counts no more: a dead disk lets nothing end, and whoever asks twice leaves.
        """
        if self._ingest is None or self._ingest.stopping:
            return False
        self._ingest.stop()
        return True

    def on_unmount(self) -> None:
        """Nothing is copied for a screen that is gone."""
        self.stop()
