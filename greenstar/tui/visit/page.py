"""The page of one criterion. It is built once, and filled in place with whatever criterion comes next."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import asked_at, worded
from greenstar.scheme.document import Criterion
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.text import one_line
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.evidence_and_findings import EvidenceAndFindings
from greenstar.tui.visit.note_field import NoteField
from greenstar.tui.visit.page_content import PageContent
from greenstar.tui.visit.question_field import QuestionField

_FIELDS = 4  # made at the start; more come as a criterion needs them
_PADDING, _STROKE = 1, 1  # cells: beside all that is on the page, and left of a question


class Page(Vertical):
    """Heading, guidance, questions, what they come to, and the note."""

    DEFAULT_CSS = """
    Page {
        width: 1fr; background: $surface;
        #heading { background: $panel; padding: 0 1; }
        #paper { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #fields { height: auto; }
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
        self._fields = [QuestionField() for _ in range(_FIELDS)]
        for field in self._fields:
            field.display = False
        self._field_column = Vertical(*self._fields, id="fields")
        self.heading = SplitLine(id="heading")
        self._title = Words(id="name")
        self._guidance = Words(id="guidance")
        self._standing = Words(id="standing")
        self._warnings = Words(id="warnings")
        self._values = Words(id="values")
        self.evidence_and_findings = EvidenceAndFindings()
        self.note = NoteField()
        self._note_waits = Words(id="note-waits")
        self._intent = Words(id="intent")
        self._sources = Words(id="sources")
        self.result = Line(id="result")
        self.paper = VerticalScroll(
            self._title,
            self._guidance,
            self._standing,
            self._field_column,
            self._warnings,
            self._values,
            self.evidence_and_findings,
            self.note,
            self._note_waits,
            self._intent,
            self._sources,
            id="paper",
            can_focus=False,
        )

    @override
    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.paper
        yield self.result

    # -- filling

    def fill(self, content: PageContent, catalogue: Catalogue) -> None:
        """Show another criterion, or the same one as it is recorded now; its score is shown by `show_score`."""
        moved = self.content is None or self.content.criterion != content.criterion
        self.content = content
        self._expect_width()
        self._fill_fields(content, catalogue)
        self.note.fill(content.criterion, content.note, half_written=content.half_note, locked=content.locked)
        self._write(content, catalogue)
        if moved:
            self.paper.scroll_home(animate=False)

    def _expect_width(self) -> None:
        """What is shown for the first time is filled as if it were laid out already: it is laid out only once."""
        width = self.paper.scrollable_content_region.width
        if not width:  # what the neighbours leave of the window
            beside = (neighbour.styles.width for neighbour in self.siblings if neighbour.display)
            width = self.app.size.width - sum(int(taken.value) for taken in beside if taken is not None) - 2 * _PADDING
        self.heading.expected_width = self.evidence_and_findings.expected_width = width
        for field in self._fields:
            field.expected_width = width - _STROKE

    def _fill_fields(self, content: PageContent, catalogue: Catalogue) -> None:
        lacking = [QuestionField() for _ in content.questions[len(self._fields) :]]
        if lacking:
            for field in lacking:
                field.expected_width = self._fields[0].expected_width
            self._fields += lacking
            self._field_column.mount_all(lacking)
        for field, view in zip(self._fields, content.questions, strict=False):
            field.display = True
            if field.question == view.name:
                field.update(view, catalogue)
            else:
                field.fill(view, catalogue)
        for field in self._fields[len(content.questions) :]:
            field.display = False
            field.clear()

    def as_recorded(self) -> None:
        """Let go of what is typed and not recorded: the next `fill` shows what is."""
        for field in self.fields():
            field.clear()
        self.note.replace_with(self.note.recorded)

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language; what is typed stays."""
        if self.content is not None:
            self._write(self.content, catalogue)
            for field in self.fields():
                field.relabel(catalogue)

    def _write(self, content: PageContent, catalogue: Catalogue) -> None:
        say, criterion = catalogue.say, self.scheme.criteria[content.criterion]
        self._guidance.say(_labelled(say("tui.look"), catalogue.write(criterion.guidance or "")))
        self._intent.say(_labelled(say("tui.why"), catalogue.write(criterion.intent or "")))
        self._sources.say(_sources(criterion, catalogue))
        self._warnings.say("\n".join(f"! {catalogue.render(warning)}" for warning in content.warnings))
        self.evidence_and_findings.show(content, catalogue)
        self.note.relabel(catalogue)
        recorded = one_line(content.note) or say("tui.none")
        self._note_waits.say(f"! {say('tui.note_waits', now=recorded)}" if self.note.waiting else "")

    def show_score(self, card: Scorecard, catalogue: Catalogue) -> None:
        """What the answers, as typed, come to; called on every key."""
        if self.content is None:
            return
        score = card.criteria[self.content.criterion]
        criterion = self.scheme.criteria[score.id]
        points = wording.of_points(self.scheme, score, catalogue)
        flag = (glyphs.FLAG.content, " ") if self.content.flagged else ()
        self._show_title(criterion, Content.assemble(*flag, points), catalogue)
        words, width = wording.result(self.scheme, score, catalogue), self.result.content_size.width
        self.result.say(words.truncate(width, ellipsis=True) if width else words)
        self._values.say(self._values_of(self.content, card, catalogue))
        self._standing.say(self._standing_of(self.content, card, catalogue))

    def _show_title(self, criterion: Criterion, right: Content, catalogue: Catalogue) -> None:
        """The title in the heading; where it does not fit, the category there and the title below."""
        heading, title = self.heading, criterion.title.in_(catalogue.language)
        number = Content.styled(criterion.id, "bold $primary")
        heading.show(Content.assemble(number, "  ", (title, "bold")), right)
        cut = heading.cut
        if cut:
            category = self.scheme.groups[self.scheme.category_of[criterion.id]].title.in_(catalogue.language)
            heading.show(Content.assemble(number, "  ", (category, "$muted")), right)
        self._title.say(title if cut else "")

    def _values_of(self, content: PageContent, card: Scorecard, catalogue: Catalogue) -> Content:
        lines = []
        for name in self.scheme.values_shown(content.criterion):
            value = self.scheme.values[name]
            shown = wording.value_shown(card.values.get(name), value.unit, catalogue)
            if not shown:
                continue
            lines.append(Content.assemble((f"{value.title.in_(catalogue.language)}  ", "$muted"), shown))
        return Content("\n").join(lines)

    def _standing_of(self, content: PageContent, card: Scorecard, catalogue: Catalogue) -> Content:
        """Why there is nothing to answer here."""
        if content.marked is not None:
            return _labelled(catalogue.say("tui.not_applicable"), content.marked)
        score = card.criteria[content.criterion]
        if not score.applies:
            return Content(catalogue.say("tui.does_not_apply"))
        if not content.questions and score.open:
            why = worded(self.scheme, score.reason)
            return Content(catalogue.say("tui.waits_for", why=why, where=asked_at(self.scheme, score.reason)))
        return Content("")

    # -- going through the questions

    def fields(self) -> list[QuestionField]:
        """The fields in use, in order."""
        return [field for field in self._fields if field.state is not None]

    def focused_field(self) -> QuestionField | None:
        """The field in which the cursor is, if it is in one."""
        return next((field for field in self.fields() if field.has_focus_within), None)

    def field_of(self, question: str) -> QuestionField | None:
        """The field of a question, if that is on the page."""
        return next((field for field in self.fields() if field.question == question), None)

    def enter(self, question: str | None = None) -> bool:
        """Put the cursor into a question: a given one, else the first that is open, else the first; if there is one."""
        fields = self.fields()
        if not fields:
            return False
        given = self.field_of(question) if question is not None else None
        (given or next((field for field in fields if field.open), fields[0])).enter()
        return True

    def go_on(self, field: QuestionField, by: int) -> int:
        """From a question to the one `by` further; 0 where there was one, else the side that was left by."""
        fields = self.fields()
        index = fields.index(field) + by if field in fields else len(fields)
        if not 0 <= index < len(fields):
            return by
        fields[index].enter()
        return 0

    def show_warnings(self, field: QuestionField) -> None:
        """Bring what is questionable into sight: of all answers, else of the one in a field."""
        words = self._warnings if self._warnings.display else field
        self.call_after_refresh(words.scroll_visible, animate=False)


def _sources(criterion: Criterion, catalogue: Catalogue) -> Content:
    """What to collect, and where the criterion is taken from."""
    lines = []
    if criterion.evidence:
        lines.append(Content.styled(catalogue.say("tui.collect"), "bold $primary"))
        lines += [Content(f"  - {catalogue.write(text)}") for text in criterion.evidence]
    if criterion.source is not None:
        lines.append(_labelled(catalogue.say("tui.source"), catalogue.write(criterion.source)))
    return Content("\n").join(lines)


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((label, "bold $primary"), "  ", text) if text else Content("")
