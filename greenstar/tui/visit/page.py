"""The page of one criterion. It is built once, and filled in place with whatever criterion comes next."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import asked_at, worded
from greenstar.scheme.document import Criterion
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.text import cell_width, one_line
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.panel import Frame, PanelWords
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.evidence_and_findings import EvidenceAndFindings
from greenstar.tui.visit.explanation import ExplanationTexts, labelled
from greenstar.tui.visit.note_field import NoteField
from greenstar.tui.visit.page_content import PageContent
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.rule_line import rule_lines, rule_value

_SPARE = 12  # fields at most that are made before a criterion needs them
_FRAME, _BAR = 3, 2  # cells: border and what it keeps free on the left; scroll bar, and what is free before it
_MOST = 96  # cells of a line on the page
_TABLE = 64  # cells of a list with figures at its right end


class Page(Vertical, Frame):
    """Guidance, questions, what they come to, and the note, in a panel with the criterion in its border."""

    DEFAULT_CSS = """
    Page {
        width: 1fr;
        &.panel { padding: 0 0 0 1; }
        #paper { height: 1fr; scrollbar-gutter: stable; & > * { max-width: 96; } }
        #aside { display: none; dock: right; width: 41; padding: 0 1 0 4; }
        #name { text-style: bold; margin-bottom: 1; }
        #guidance { color: $foreground; }
        #guidance, #standing, .why { margin-bottom: 1; }
        .why { color: $muted; }
        #values, #rule, #warnings, #note-waits { margin-bottom: 1; }
        #warnings, #note-waits { color: $warning; }
        #result { background: $surface; padding: 0 2 0 1; }
    }
    """

    def __init__(self, scheme: Scheme, fields: int) -> None:
        """`fields`: so many are needed at first; the others come once the first page is painted."""
        super().__init__(id="page")
        self.scheme = scheme
        self.content: PageContent | None = None
        self._catalogue: Catalogue | None = None
        self._fields = [_field() for _ in range(max(fields, 1))]
        self._words = PanelWords(self)
        self._title = Words(id="name")
        self._guidance = Words(id="guidance", classes="callout")
        self._standing = Words(id="standing")
        self._warnings = Words(id="warnings")
        self._rule = Words(id="rule")
        self._values = Words(id="values")
        self.evidence_and_findings = EvidenceAndFindings()
        self.note = NoteField()
        self._note_waits = Words(id="note-waits")
        self._below, self._beside = ExplanationTexts(), ExplanationTexts()
        self.result = Line(id="result")
        self.paper = _Paper(
            self._title,
            self._guidance,
            self._standing,
            *self._fields,
            self._rule,
            self._warnings,
            self._values,
            self.evidence_and_findings,
            self.note,
            self._note_waits,
            *self._below.widgets,
            id="paper",
            can_focus=False,
        )
        self.aside = VerticalScroll(*self._beside.widgets, id="aside", can_focus=False)

    @override
    def compose(self) -> ComposeResult:
        yield self.aside
        yield self.paper
        yield self.result

    def on_mount(self) -> None:
        """The fields that other criteria need are made in the rest after the first paint."""
        most = max(map(len, self.scheme.questions_of.values()), default=0)
        self.call_after_refresh(self._have_fields, min(most, _SPARE))

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
            self.paper.scroll_home(animate=False, immediate=True)

    def _expect_width(self) -> None:
        """What is shown for the first time is filled as if it were laid out already: it is laid out only once."""
        width = self._width
        self.evidence_and_findings.expected_width = width

    @property
    def _width(self) -> int:
        """Cells of what is answered; before it is laid out, what the neighbours leave of the window."""
        width = self.paper.scrollable_content_region.width
        if not width:
            beside = [neighbour for neighbour in self.siblings if neighbour.display]
            if self.aside.display:
                beside.append(self.aside)
            width = self.app.size.width - sum(_taken(neighbour) for neighbour in beside) - _taken(self) - _FRAME - _BAR
        return min(width, _MOST)

    def _fill_fields(self, content: PageContent, catalogue: Catalogue) -> None:
        self._have_fields(len(content.questions))
        for field, view in zip(self._fields, content.questions, strict=False):
            field.display = True
            if field.question == view.name:
                field.update(view, catalogue)
            else:
                field.fill(view, catalogue)
        for field in self._fields[len(content.questions) :]:
            field.display = False
            field.clear()

    def _have_fields(self, count: int) -> None:
        lacking = [_field() for _ in range(len(self._fields), count)]
        if lacking:
            self._fields += lacking
            self.paper.mount_all(lacking, before=self._rule)

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
        self._catalogue = catalogue
        say, criterion = catalogue.say, self.scheme.criteria[content.criterion]
        self._guidance.say(labelled(say("tui.look"), catalogue.write(criterion.guidance or "")))
        self._explain(criterion, catalogue)
        self._warnings.say("\n".join(f"! {catalogue.render(warning)}" for warning in content.warnings))
        self.evidence_and_findings.show(content, catalogue)
        self.note.relabel(catalogue)
        recorded = one_line(content.note) or say("tui.none")
        self._note_waits.say(f"! {say('tui.note_waits', now=recorded)}" if self.note.waiting else "")

    def _explain(self, criterion: Criterion, catalogue: Catalogue) -> None:
        """Why the criterion is asked, and where it is taken from: beside the questions where that has room."""
        used, other = (self._beside, self._below) if self.aside.display else (self._below, self._beside)
        used.say(criterion, catalogue)
        other.clear()

    def on_resize(self) -> None:
        """What explains the criterion may stand elsewhere now."""
        if self.content is not None and self._catalogue is not None:
            self._explain(self.scheme.criteria[self.content.criterion], self._catalogue)

    def show_score(self, card: Scorecard, catalogue: Catalogue) -> None:
        """What the answers, as typed, come to; called on every key."""
        if self.content is None:
            return
        score = card.criteria[self.content.criterion]
        criterion = self.scheme.criteria[score.id]
        flag = (glyphs.FLAG.content, " ") if self.content.flagged else ()
        points = Content.styled(wording.of_points(self.scheme, score, catalogue), "$muted")
        self._words.foot(Content.assemble(*flag, points))
        self._show_title(criterion, catalogue)
        width = self.result.content_size.width or self.app.size.width
        self.result.say(wording.result(self.scheme, score, catalogue, width))
        self._rule.say(Content("\n").join(rule_lines(self.scheme, score, catalogue, self._width)))
        self._values.say(self._values_of(self.content, card, catalogue))
        self._standing.say(self._standing_of(self.content, card, catalogue))

    def _show_title(self, criterion: Criterion, catalogue: Catalogue) -> None:
        """The title in the border; where it does not fit, the category there and the title below."""
        title, width = criterion.title.in_(catalogue.language), self._width
        number = Content.assemble((criterion.id, "bold $primary"), (f" {glyphs.DOT.mark} ", "$muted"))
        cut = number.cell_length + cell_width(title) > width - 2
        category = self.scheme.groups[self.scheme.category_of[criterion.id]].title.in_(catalogue.language)
        words = Content.assemble(number, (category, "$muted") if cut else (title, "bold"))
        self._words.title(words, width + _FRAME + _BAR)
        self._title.say(title if cut else "")

    def _values_of(self, content: PageContent, card: Scorecard, catalogue: Catalogue) -> Content:
        lines, width = [], min(self._width, _TABLE)
        drawn = rule_value(self.scheme, self.scheme.criteria[content.criterion]) if self._rule.display else None
        for name in self.scheme.values_shown(content.criterion):
            value = self.scheme.values[name]
            if name == drawn:
                continue
            shown = wording.value_shown(card.values.get(name), value.unit, catalogue)
            if not shown:
                continue
            title = Content.styled(value.title.in_(catalogue.language), "$muted")
            fits = title.cell_length + cell_width(shown) + 2 <= width
            lines += [both_ends(title, shown, width)] if fits else [title, both_ends("", shown, width)]
        return Content("\n").join(lines)

    def _standing_of(self, content: PageContent, card: Scorecard, catalogue: Catalogue) -> Content:
        """Why there is nothing to answer here."""
        if content.marked is not None:
            return labelled(catalogue.say("tui.not_applicable"), content.marked)
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


class _Paper(VerticalScroll, Frame):
    """What all of the page stands on."""


def _field() -> QuestionField:
    field = QuestionField()
    field.display = False
    return field


def _taken(widget: Widget) -> int:
    """Cells that a widget's own width, if it has one, and what it keeps free around it take from the page."""
    width, margin = widget.styles.width, widget.styles.margin
    return (int(width.value) if width is not None and width.is_cells else 0) + margin.left + margin.right
