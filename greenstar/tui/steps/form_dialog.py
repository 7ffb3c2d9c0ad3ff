"""A form: what will be done, the fields that it needs, and what is wrong with them; the last Enter does it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection
from typing_extensions import override

from greenstar.errors import BadInput, GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.workspace import Workspace
from greenstar.services.writer import TakenBack, What
from greenstar.text import MOST_CHARACTERS, clean_text
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.passphrase_dialog import unlock_key
from greenstar.tui.common.path_field import PathField
from greenstar.tui.common.text import Line, Words
from greenstar.tui.host import host_of
from greenstar.tui.steps.form import Form, FormField
from greenstar.tui.steps.known_texts import beside, fitting_texts, listed_texts

_DOING = "doing"  # what is wrong with none of the fields


@dataclass(frozen=True)
class Done:
    """It was done, with this result."""

    result: Any


class FormDialog(Dialog[Done]):
    """Enter goes from field to field, and in the last one does it. Each field is checked as it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    FormDialog {
        #says { margin-bottom: 1; }
        .field { height: auto; }
        .field Line { width: 14; }
        .trouble { padding-left: 14; color: $error; }
        .choices { padding-left: 14; color: $muted; }
        .space { height: 1; }
    }
    """

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self._by_name = {field.name: field for field in form.fields}
        self._troubles: dict[str, Phrase] = {}
        self._being_done: What | None = None

    @override
    def compose(self) -> ComposeResult:
        with VerticalScroll(id="panel", can_focus=False):
            yield Words(id="question")
            yield Words(id="says")
            for field in self.form.fields:
                with Horizontal(classes="field"):
                    yield Line(id=f"word-{field.name}")
                    yield self._input_for(field)
                yield Words(id=f"choices-{field.name}", classes="choices")
                yield Words(id=f"trouble-{field.name}", classes="trouble")
                yield Line(classes="space")
            yield Words(id=f"trouble-{_DOING}", classes="trouble")
            yield Words(id="hint")

    def _input_for(self, field: FormField) -> Widget:
        if not field.files:
            return CompactInput(field.value, max_length=MOST_CHARACTERS, id=field.name)
        host = host_of(self.app)
        paths = PathField(host.desktop.complete_path, host.places.setdefault("entered_paths", []))
        paths.id = field.name
        return paths

    def on_mount(self) -> None:
        """The cursor stands in the first field that is empty; where there is one only, what is typed replaces it."""
        names = list(self._by_name)
        first = self._line(next((name for name in names if not self._by_name[name].value), names[0]))
        first.focus()
        if len(names) == 1:
            first.selection = Selection(0, len(first.value))

    @override
    def relabel(self) -> None:
        render = self.catalogue.render
        self.query_one("#question", Words).say(Content.styled(render(self.form.title), "bold"))
        self.query_one("#says", Words).say(render(self.form.says) if self.form.says is not None else "")
        keys = self.form.hint or ("life.form_keys_alone" if len(self._by_name) == 1 else "life.form_keys")
        self.hint(keys if self._being_done is None else "saving.waits_in_dialog")
        for name, field in self._by_name.items():
            self.query_one(f"#word-{name}", Line).say(Content(render(field.word)))
            if field.files:
                self._paths(name).relabel("", self.catalogue.say("evidence.files_hint"), self.catalogue)
            self._say(name)
            self._say_choices(name)
        self._say(_DOING)

    @property
    @override
    def would_lose(self) -> bool:
        return any(self._text(name) != clean_text(field.value) for name, field in self._by_name.items())

    def _text(self, name: str) -> str:
        return clean_text(self._line(name).value)

    def _line(self, name: str) -> Input:
        return self._paths(name).input if self._by_name[name].files else self.query_one(f"#{name}", CompactInput)

    def _paths(self, name: str) -> PathField:
        return self.query_one(f"#{name}", PathField)

    @property
    def _here(self) -> str:
        """The field that has the cursor."""
        lines = (name for name in self._by_name if self._line(name) is self.focused)
        return next(lines, "")

    # -- checking

    def _check(self, name: str) -> bool:
        """Check a field, and say under it what is wrong; whether nothing is."""
        trouble = self._trouble(self._by_name[name])
        if trouble is None:
            self._troubles.pop(name, None)
        else:
            self._troubles[name] = trouble
        self._say(name)
        return trouble is None

    def _trouble(self, field: FormField) -> Phrase | None:
        text = self._text(field.name)
        if text:
            return field.wrong(text)
        return Phrase("tui.store_needs", word=field.word) if field.needed else None

    def _say(self, name: str) -> None:
        trouble, field = self._troubles.get(name), self._by_name.get(name)
        words = Content(f"! {self.catalogue.render(trouble)}" if trouble is not None else "")
        reading = field.reading(self._text(name)) if field is not None and trouble is None else None
        if reading is not None:
            words = Content.styled(self.catalogue.render(reading), "$secondary")
        self.query_one(f"#trouble-{name}", Words).say(words)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if event.input.is_attached and event.input.id in self._by_name:
            self._check(event.input.id)
            self._say_choices(event.input.id)

    @on(DescendantFocus)
    def _came(self) -> None:
        self._say_choices(self._here)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.input.id in self._by_name:
            self._changed(event.input.id)

    @on(PathField.Changed)
    def _path_typed(self) -> None:
        self._changed(next(field.name for field in self.form.fields if field.files))

    def _changed(self, name: str) -> None:
        """What was wrong is being put right; what waits for the disk is something else now."""
        self._take_back()
        for place in (name, _DOING):
            self._troubles.pop(place, None)
            self._say(place)
        self._say_choices(name)

    # -- texts known already

    def _fitting(self, name: str) -> list[str]:
        return fitting_texts(self._by_name[name].choices, self._text(name))

    def _say_choices(self, name: str) -> None:
        if name in self._by_name:
            words = listed_texts(self._fitting(name), self.catalogue) if self._here == name else ""
            self.query_one(f"#choices-{name}", Words).say(Content(words))

    def _pick(self, name: str, by: int) -> bool:
        """The next or previous known text that fits into the field; whether there is one."""
        fitting = self._fitting(name)
        if not fitting:
            return False
        line = self._line(name)
        line.value = beside(fitting, self._text(name), by)
        line.cursor_position = len(line.value)
        return True

    # -- from field to field

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self._enter(str(event.input.id))

    @on(PathField.Entered)
    def _path_entered(self) -> None:
        self._enter(self._here)

    @on(PathField.WentDown)
    def _path_left(self) -> None:
        self.action_step(1)

    def _enter(self, name: str) -> None:
        if not self._check(name):
            return
        if name == self.form.fields[-1].name:
            if self._being_done is None:
                self.host.go_on(self, self._do)
        else:
            self._go(1)

    def action_step(self, by: int) -> None:
        """To the next or previous field; in one with known texts, through these."""
        here = self._here
        if not (here and self._by_name[here].choices and self._pick(here, by)):
            self._go(by)

    def _go(self, by: int) -> None:
        names = list(self._by_name)
        at = names.index(self._here) + by if self._here else 0
        if 0 <= at < len(names):
            self._line(names[at]).focus()
            self.call_after_refresh(self._say_choices, names[at])

    async def _do(self) -> None:
        wrong = [name for name in self._by_name if not self._check(name)]
        if wrong:
            self._line(wrong[0]).focus()
            return
        texts = {name: self._text(name) for name in self._by_name}
        self._being_done = what = self.form.key, next(self._said(texts), "")
        if self.form.signs and not await unlock_key(self):
            self._being_done = None
            return
        self.relabel()
        saving = self.host.saving

        def do(workspace: Workspace) -> Any:
            return self.form.do(workspace, texts)

        try:
            result = await (saving.done_at_once if self.form.at_once else saving.done)(do, what=what)
        except TakenBack:
            self._troubles[_DOING] = Phrase("life.taken_back")
        except GreenStarError as error:
            self._refused(error)
        else:
            self.dismiss(Done(result))
            return
        self._being_done = None
        self.relabel()

    def _said(self, texts: Mapping[str, str]) -> Iterator[str]:
        return (text for text in texts.values() if text)

    def _refused(self, error: GreenStarError) -> None:
        at = self.form.blamed if isinstance(error, BadInput) and self.form.blamed else _DOING
        self._troubles[at] = error.message
        if at in self._by_name:
            self._line(at).focus()

    def _take_back(self) -> bool:
        """Take back what waits for the disk; whether there is anything."""
        if self._being_done is not None:
            self.host.saving.take_back(self._being_done)
        return self._being_done is not None

    @override
    def action_cancel(self) -> None:
        """Leave; where the disk has not taken it yet, it is taken back first, and what is typed stays."""
        if not self._take_back():
            super().action_cancel()
