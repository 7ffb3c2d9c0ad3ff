"""Attaching files: they are copied aside, with progress, and can be stopped; the screen goes on meanwhile."""

from dataclasses import dataclass
from time import monotonic

from textual import on
from textual.content import Content
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import Attached, attach, files_of
from greenstar.services.evidence.ingest import Ingest, IngestProgress, IngestResult
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common.text import Words
from greenstar.tui.evidence.evidence_captions import EvidenceCaptions
from greenstar.tui.evidence.path_field import PathField

_BETWEEN = 0.1  # seconds between two pictures of the progress
_MOST_SENTENCES = 3


class EvidenceTaking(EvidenceCaptions):
    """Takes what is typed in the field to the visit."""

    @dataclass
    class Going(Message):
        """Files are being copied."""

        progress: IngestProgress

    @dataclass
    class Done(Message):
        """No file is being copied any more."""

        taken: IngestResult

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__(visit, criterion)
        self.taking: Ingest | None = None
        self._started_with = ""

    @on(PathField.Changed)
    def _typed(self, event: PathField.Changed) -> None:
        event.stop()
        self._say_trouble([])
        self.keep_soon(self.path_draft, event.text)

    @on(PathField.Entered)
    def _entered(self, event: PathField.Entered) -> None:
        event.stop()
        paths = self.host.desktop.paths_in(event.text)
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        elif self.taking is not None:
            self.host.notify(Phrase("evidence.busy"))
        elif not paths:
            self._say_trouble([Phrase("evidence.nothing_typed")])
        else:
            self.keep_now()
            self._say_trouble([])
            self._start(event.text, paths)

    def _start(self, text: str, paths: list[str]) -> None:
        self._started_with = text
        last = monotonic()

        def tell(progress: IngestProgress) -> None:
            nonlocal last
            if monotonic() - last >= _BETWEEN:
                last = monotonic()
                self.post_message(self.Going(progress))

        taking = self.taking = Ingest(files_of(self.visit), paths, tell)
        self.run_worker(lambda: self.post_message(self.Done(taking.run())), group="taking", thread=True)

    @on(Going)
    def _going(self, event: Going) -> None:
        one = event.progress
        words = self.catalogue.say(
            "evidence.copying", number=str(one.number), count=str(one.count), file=one.name, percent=f"{one.share:.0%}"
        )
        if self.taking is not None:
            self.query_one("#going", Words).say(Content.assemble(glyphs.bar(one.share, 16), f" {words}"))

    @on(Done)
    def _done(self, event: Done) -> None:
        taken = event.taken
        self.taking = None
        self.query_one("#going", Words).say("")
        attached = Attached((), ())
        if taken.stored:
            try:
                attached = attach(self.visit, self.criterion, taken.stored, draft=self.path_draft)
            except GreenStarError as error:
                self.reload()
                self.relabel()
                self._say_trouble([error.message, *taken.refused])
                return
        if self.path_field.text == self._started_with:
            left = " ".join(taken.left)
            self.path_field.fill(left)
            self.keep_soon(self.path_draft, left)
            self.keep_now()
        self._say_trouble([*taken.refused, *_already(attached, self.criterion)])
        self.reload()
        if attached.added:
            self.rows.put_cursor(len(self.rows.rows) - 1 if not self.whole else self.rows.cursor)
            self.show_entry()
        self.relabel()
        self._say_done(taken, attached)

    def _say_done(self, taken: IngestResult, attached: Attached) -> None:
        count = len(attached.added)
        if taken.stopped:
            self.host.notify(Phrase("evidence.stopped", count=count))
        elif count == 1 and attached.added[0].link_to:
            one = attached.added[0]
            self.host.notify(Phrase("evidence.attached_link", file=one.name, target=one.link_to))
        elif count:
            self.host.notify(Phrase("evidence.attached", count=count, file=attached.added[0].name))

    def _say_trouble(self, sentences: list[Phrase]) -> None:
        lines = [f"! {self.catalogue.render(one)}" for one in sentences[:_MOST_SENTENCES]]
        if len(sentences) > _MOST_SENTENCES:
            lines.append(self.catalogue.say("tui.more", count=len(sentences) - _MOST_SENTENCES))
        self.query_one("#trouble", Words).say("\n".join(lines))

    def stop(self) -> bool:
        """End what is being copied; whether there was anything."""
        if self.taking is None:
            return False
        self.taking.stop()
        return True

    def on_unmount(self) -> None:
        """Nothing is copied for a screen that is gone."""
        self.stop()

    def leave(self) -> None:
        """Stop, and keep what is typed."""
        self.stop()
        super().leave()


def _already(attached: Attached, criterion: str) -> list[Phrase]:
    return [
        Phrase("evidence.already", file=file.name, name=name, criterion=criterion) for file, name in attached.already
    ]
