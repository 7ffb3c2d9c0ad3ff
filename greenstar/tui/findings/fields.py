"""The fields of one finding, each with a line for what is wrong with it."""

from dataclasses import dataclass
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.findings.form import FIELDS, first_to_fill, refusal, remark
from greenstar.tui import glyphs
from greenstar.tui.common.long_text import LongText, Out, ShortText
from greenstar.tui.common.options import OptionField, ShownOption
from greenstar.tui.common.text import Line, Words

_LONG, _SHORT = ("text", "action"), ("owner", "due", "closed")
_A_MONTH = timedelta(days=30)
_WIDE = 76  # cells of the window from which the severities stand side by side


class FindingFields(Vertical):
    """Checks each field as it is typed, and leads from one to the next."""

    DEFAULT_CSS = """
    FindingFields {
        height: auto;
        .field { height: auto; margin-bottom: 1; }
        .row { height: auto; }
        .row > Line { width: 11; }
        .-here Line { text-style: bold; color: $primary; }
        .why { padding-left: 11; }
        ShortText { width: 24; height: 1; }
    }
    """

    @dataclass
    class Changed(Message):
        """Something was typed or picked in a field."""

        name: str

    @dataclass
    class Finished(Message):
        """Enter in the last field."""

    def __init__(self, values: dict[str, str], today: date, found_on: date, typed_in: str = "") -> None:
        super().__init__()
        self._typed_in = typed_in
        self.values, self.today, self.found_on = values, today, found_on
        self._checked = {name for name in FIELDS if values[name]}  # the fields that say what is wrong
        self._catalogue: Catalogue | None = None

    def compose(self) -> ComposeResult:
        """A word, a field and a line each."""
        for name in FIELDS:
            with Vertical(classes="field", id=f"field-{name}"):
                with Horizontal(classes="row"):
                    yield Line(id=f"word-{name}")
                    yield self._make(name)
                yield Words(id=f"why-{name}", classes="why")

    def _make(self, name: str) -> Widget:
        if name == "severity":
            return OptionField()
        if name in _SHORT:
            short = ShortText(id=name)
            short.value = self.values[name]
            return short
        long = LongText(id=name)
        long.load_text(self.values[name])
        return long

    def on_mount(self) -> None:
        """The cursor stands in the field that was typed in last, else at the first that is not in order."""
        for name in _LONG:
            long = self.query_one(f"#{name}", LongText)
            long.move_cursor(long.document.end)
        for name in _SHORT:
            short = self.query_one(f"#{name}", ShortText)
            short.cursor_position = len(short.value)
        self.enter(first_to_fill(self.values, self.today, self._typed_in))

    def stand_on(self, found_on: date) -> None:
        """Go on with the finding as another window left it."""
        self.found_on = found_on

    def _field(self, name: str) -> Widget:
        return self.query_one(OptionField) if name == "severity" else self.query_one(f"#{name}")

    def enter(self, name: str) -> None:
        """Put the cursor into a field."""
        self._field(name).focus()

    @on(DescendantFocus)
    def _stands(self) -> None:
        for name in FIELDS:
            here = self._field(name).has_focus
            self.query_one(f"#field-{name}").set_class(here, "-here")
            if here:
                self.query_one(f"#field-{name}").scroll_visible(animate=False)

    # -- words

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words beside, in and under the fields."""
        self._catalogue = catalogue
        for name in FIELDS:
            self.query_one(f"#word-{name}", Line).say(catalogue.say(f"findings.{name}"))
        for name in _LONG:
            self.query_one(f"#{name}", LongText).placeholder = catalogue.say(f"findings.hint_{name}")
        for name in _SHORT:
            hint = catalogue.say(f"findings.hint_{name}", day=self.today + _A_MONTH)
            self.query_one(f"#{name}", ShortText).placeholder = hint
        self._show_severity()
        self._say()

    def on_resize(self) -> None:
        """The severities stand side by side where the width has room for them."""
        self._show_severity()

    def _show_severity(self) -> None:
        if self._catalogue is None:
            return
        say = self._catalogue.say
        choices = [
            ShownOption(name, f"{glyphs.OF_SEVERITY[name].mark} {say(f'tui.severity_{name}')}", key=str(index))
            for index, name in enumerate(SEVERITIES, 1)
        ]
        beside = self.app.size.width >= _WIDE
        self.query_one(OptionField).fill(choices, self.values["severity"] or None, several=False, beside=beside)

    def _say(self) -> None:
        """What is wrong or worth a look in each field."""
        for name in FIELDS:
            wrong = self._refusal(name) if name in self._checked else None
            note = remark(name, self.values[name], self.today, self.found_on)
            self._write(name, wrong or note, "$error" if wrong else "$warning")

    def _write(self, name: str, message: Phrase | None, style: str) -> None:
        assert self._catalogue is not None
        text = "" if message is None else self._catalogue.render(message)
        if message is not None and message.key != "findings.means_day":
            text = f"! {text}"
        self.query_one(f"#why-{name}", Words).say(Content.styled(text, style) if text else "")

    def _refusal(self, name: str) -> Phrase | None:
        return refusal(name, self.values[name], self.today)

    @property
    def first_wrong(self) -> str | None:
        """The first field that is not in order, or None."""
        return next((name for name in FIELDS if self._refusal(name) is not None), None)

    def tell_all(self) -> None:
        """Say of every field what is wrong with it, and go to the first."""
        self._checked.update(FIELDS)
        self._say()
        self.enter(self.first_wrong or FIELDS[-1])

    # -- typing

    @on(TextArea.Changed)
    def _text_changed(self, event: TextArea.Changed) -> None:
        self._changed(str(event.text_area.id), event.text_area.text)

    @on(Input.Changed)
    def _line_changed(self, event: Input.Changed) -> None:
        self._changed(str(event.input.id), event.value)

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        self._changed("severity", str(event.value or ""))

    def _changed(self, name: str, value: str) -> None:
        if value == self.values[name]:
            return
        self.values[name] = value
        self._checked.add(name)
        self._say()
        self.post_message(self.Changed(name))

    # -- from field to field

    @on(Out)
    def _out(self, event: Out) -> None:
        event.stop()
        self._go_on(event.by, entered=event.entered)

    @on(Input.Submitted)
    @on(OptionField.Entered)
    def _entered(self) -> None:
        self._go_on(1, entered=True)

    @on(OptionField.OverEdge)
    def _over_the_edge(self, event: OptionField.OverEdge) -> None:
        event.stop()
        self._go_on(event.by)

    def _go_on(self, by: int, *, entered: bool = False) -> None:
        at = next((index for index, name in enumerate(FIELDS) if self._field(name).has_focus), 0)
        if entered:
            self._checked.add(FIELDS[at])
            self._say()
            if self._refusal(FIELDS[at]) is not None:
                return
        if 0 <= at + by < len(FIELDS):
            self.enter(FIELDS[at + by])
        elif entered:
            self.post_message(self.Finished())
