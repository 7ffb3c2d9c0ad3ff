"""The page of one criterion. It is built once, and filled in place with whatever criterion comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from greenstar.assessment.model import Evidence, Finding
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.views.criteria import asked_at, worded
from greenstar.scheme.document import Criterion
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.text import one_line
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.attached import Attached
from greenstar.tui.visit.note import NoteField
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.question_view import QuestionView

_SLOTS = 4  # made at the start; more come as a criterion needs them


@dataclass
class PageContent:
    """What the page of a criterion shows.

    `marked`: why an assessor said that it does not apply. `to_settle`: open findings of the last visit.
    `half_typed`: what waits half typed behind another key: exemption, evidence, finding.
    """

    criterion: str
    asked: Sequence[QuestionView]
    note: str = ""
    half_note: str | None = None
    marked: str | None = None
    warnings: list[Phrase] = field(default_factory=list)
    evidence: Sequence[Evidence] = ()
    findings: Sequence[Finding] = ()
    to_settle: Sequence[Mapping[str, Any]] = ()
    half_typed: Sequence[str] = ()
    flagged: bool = False
    locked: bool = False


class Page(Vertical):
    """Heading, guidance, questions, what they come to, and the note."""

    DEFAULT_CSS = """
    Page {
        width: 1fr; background: $surface;
        #heading { background: $panel; padding: 0 1; }
        #paper { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #slots { height: auto; }
        #name { text-style: bold; }
        #guidance, #intent, #standing { margin-bottom: 1; }
        #intent, #sources { color: $muted; }
        #values, #warnings, #note-waits { margin-bottom: 1; }
        #warnings, #note-waits { color: $warning; }
        #result { background: $panel; padding: 0 1; }
    }
    """

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(id="page")
        self.scheme = scheme
        self.content: PageContent | None = None

    def compose(self) -> ComposeResult:
        """Built once."""
        yield SplitLine(id="heading")
        with VerticalScroll(id="paper", can_focus=False):
            yield Words(id="name")
            yield Words(id="guidance")
            yield Words(id="standing")
            with Vertical(id="slots"):
                for _ in range(_SLOTS):
                    slot = QuestionField()
                    slot.display = False
                    yield slot
            yield Words(id="warnings")
            yield Words(id="values")
            yield Attached()
            yield NoteField()
            yield Words(id="note-waits")
            yield Words(id="intent")
            yield Words(id="sources")
        yield Line(id="result")

    # -- filling

    def fill(self, content: PageContent, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another criterion, or other questions of the same one."""
        moved = self.content is None or self.content.criterion != content.criterion
        self.content = content
        slots = list(self.query(QuestionField))
        if len(content.asked) > len(slots):
            self.query_one("#slots").mount_all([QuestionField() for _ in content.asked[len(slots) :]])
        self._fill_slots(catalogue)
        note = self.query_one(NoteField)
        note.fill(content.criterion, content.note, half_typed=content.half_note, locked=content.locked)
        self.relabel(card, catalogue, slots=False)
        if moved:
            self.query_one("#paper").scroll_home(animate=False)

    def _fill_slots(self, catalogue: Catalogue) -> None:
        assert self.content is not None
        asked = list(self.content.asked)
        for index, slot in enumerate(self.query(QuestionField)):
            slot.display = index < len(asked)
            if index >= len(asked):
                slot.asked = None
            elif slot.asked is None or slot.asked.name != asked[index].name:
                slot.fill(asked[index], catalogue)
            else:
                slot.update(asked[index], catalogue)

    def relabel(self, card: Scorecard, catalogue: Catalogue, *, slots: bool = True) -> None:
        """Write every word again; what is typed stays."""
        if self.content is None:
            return
        criterion, language = self.scheme.criteria[self.content.criterion], catalogue.language
        guidance = criterion.guidance.in_(language) if criterion.guidance is not None else ""
        self.query_one("#guidance", Words).say(_labelled(catalogue.say("tui.look"), guidance))
        intent = criterion.intent.in_(language) if criterion.intent is not None else ""
        self.query_one("#intent", Words).say(_labelled(catalogue.say("tui.why"), intent))
        self.query_one("#sources", Words).say(self._sources(catalogue))
        self.query_one("#warnings", Words).say(
            "\n".join(f"! {catalogue.render(warning)}" for warning in self.content.warnings)
        )
        self.query_one(Attached).show(
            self.content.evidence,
            self.content.findings,
            self.content.to_settle,
            self.content.half_typed,
            catalogue,
        )
        note = self.query_one(NoteField)
        note.relabel(catalogue)
        now = one_line(self.content.note) or catalogue.say("tui.none")
        self.query_one("#note-waits", Words).say(
            f"! {catalogue.say('tui.note_waits', now=now)}" if note.waiting else ""
        )
        if slots:
            for slot in self.query(QuestionField):
                if slot.display:
                    slot.relabel(catalogue)
        self.show_score(card, catalogue)

    def _sources(self, catalogue: Catalogue) -> Content:
        assert self.content is not None
        criterion, language = self.scheme.criteria[self.content.criterion], catalogue.language
        lines = []
        if criterion.evidence:
            lines.append(Content.styled(catalogue.say("tui.collect"), "bold $primary"))
            lines += [Content(f"  - {text.in_(language)}") for text in criterion.evidence]
        if criterion.source is not None:
            lines.append(_labelled(catalogue.say("tui.source"), criterion.source.in_(language)))
        return Content("\n").join(lines)

    def show_score(self, card: Scorecard, catalogue: Catalogue) -> None:
        """What the answers, as typed, come to; called on every key."""
        if self.content is None:
            return
        score = card.criteria[self.content.criterion]
        criterion = self.scheme.criteria[score.id]
        self._show_title(criterion, self._standing_of(wording.of_points(self.scheme, score, catalogue)), catalogue)
        result = self.query_one("#result", Line)
        words = wording.result(self.scheme, score, catalogue)
        result.say(words.truncate(result.content_size.width, ellipsis=True) if result.content_size.width else words)
        self.query_one("#values", Words).say(self._values(card, catalogue))
        self.query_one("#standing", Words).say(self._standing(card, catalogue))

    def _standing_of(self, points: str) -> Content:
        assert self.content is not None
        return Content.assemble(glyphs.FLAG.content, " ", points) if self.content.flagged else Content(points)

    def _show_title(self, criterion: Criterion, right: Content, catalogue: Catalogue) -> None:
        """The title in the heading; where it does not fit, the category there and the title below."""
        heading, title = self.query_one("#heading", SplitLine), criterion.title.in_(catalogue.language)
        number = Content.styled(criterion.id, "bold $primary")
        heading.show(Content.assemble(number, "  ", (title, "bold")), right)
        cut = heading.cut
        if cut:
            category = self.scheme.groups[self.scheme.category_of[criterion.id]].title.in_(catalogue.language)
            heading.show(Content.assemble(number, "  ", (category, "$muted")), right)
        self.query_one("#name", Words).say(title if cut else "")

    def _values(self, card: Scorecard, catalogue: Catalogue) -> Content:
        assert self.content is not None
        lines = []
        for name in self.scheme.values_shown(self.content.criterion):
            value = self.scheme.values[name]
            shown = wording.value_shown(card.values.get(name), value.unit, catalogue)
            if not shown:
                continue
            lines.append(Content.assemble((f"{value.title.in_(catalogue.language)}  ", "$muted"), shown))
        return Content("\n").join(lines)

    def _standing(self, card: Scorecard, catalogue: Catalogue) -> Content:
        """Why there is nothing to answer here."""
        assert self.content is not None
        if self.content.marked is not None:
            return _labelled(catalogue.say("tui.not_applicable"), self.content.marked)
        score = card.criteria[self.content.criterion]
        if not score.applies:
            return Content(catalogue.say("tui.does_not_apply"))
        if not self.content.asked and score.open:
            why = worded(self.scheme, score.reason)
            return Content(catalogue.say("tui.waits_for", why=why, where=asked_at(self.scheme, score.reason)))
        return Content("")

    # -- going through the questions

    def slots(self) -> list[QuestionField]:
        """The slots in use, in order."""
        return [slot for slot in self.query(QuestionField) if slot.display and slot.asked is not None]

    def slot_with_focus(self) -> QuestionField | None:
        """The slot in which the cursor is, if it is in one."""
        return next((slot for slot in self.slots() if slot.has_focus_within), None)

    def slot_of(self, name: str) -> QuestionField | None:
        """The slot in which a question stands, if it is on the page."""
        return next((slot for slot in self.slots() if slot.asked is not None and slot.asked.name == name), None)

    def go_in(self, question: str | None = None, *, last: bool = False) -> bool:
        """Put the cursor into a question: a given one, else the first that is open, else the first."""
        slots = self.slots()
        if not slots:
            return False
        empty = next((slot for slot in slots if slot.recorded is None), slots[0])
        chosen = slots[-1] if last else (self.slot_of(question) if question else None) or empty
        chosen.enter()
        return True

    def go_on(self, slot: QuestionField, by: int) -> int:
        """From a question to the one `by` further; 0 where there was one, else the side that was left by."""
        slots = self.slots()
        at = slots.index(slot) + by if slot in slots else len(slots)
        if not 0 <= at < len(slots):
            return by
        slots[at].enter()
        return 0

    # -- what is not recorded yet

    def unsettled(self) -> Iterator[QuestionField.Answered]:
        """The answers that are typed and not recorded."""
        for slot in self.slots():
            entry = slot.unsettled()
            if entry is not None:
                yield entry

    def half_typed(self) -> Iterator[tuple[str, str | None]]:
        """The questions on the page, each with the text in it that is no answer, if there is any."""
        for slot in self.slots():
            if slot.asked is not None:
                yield slot.asked.name, slot.half_typed


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((label, "bold $primary"), "  ", text) if text else Content("")
