"""A form on paper: its questions by place, cut into pages that each fit a sheet of A4."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from greenstar.assessment.spreadsheet.layout import IN_FACTS, IN_STORE
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.form import FormView, QuestionRow, StoreRow
from greenstar.reports.views.form_cell import CellValue
from greenstar.scheme.document import QuestionType
from greenstar.scheme.model import Scheme
from greenstar.services.visit.paper_codes import paper_codes
from greenstar.text import cell_width

_ROOM, _FIRST = 232, 218  # millimetres of a page, below its head, which is higher on the first
_LINE, _AROUND = 4.6, 3.2  # of a line of text, and around a row
_ASKED, _ANSWERED = 52, 34  # cells that stand in a line of the two columns; Chinese characters take two
_BOX = 3  # cells of a box
_PICKED: tuple[QuestionType, ...] = ("boolean", "choice", "multiple")


@dataclass(frozen=True)
class PaperRow:
    """A question: its code, what is asked, and boxes to tick, or a line to write on (`boxes` is empty).

    `criterion`: its id and title, on its first row; `hint`: when it is asked, and what may be written.
    """

    code: str
    criterion: str
    ask: tuple[str, ...]
    hint: str
    boxes: tuple[str, ...]
    unit: str
    known: str
    previous: str


@dataclass(frozen=True)
class PaperPage:
    """A page: where it is filled in, its rows, and what its QR code says."""

    number: int
    place: str
    rows: tuple[PaperRow, ...]
    code: str


@dataclass(frozen=True)
class PaperForm:
    """The whole form; `lines` are the words and values of its head."""

    title: str
    store: str
    lines: tuple[tuple[str, str], ...]
    pages: tuple[PaperPage, ...]


def paper_view(form: FormView, scheme: Scheme, catalogue: Catalogue) -> PaperForm:
    """The form on paper, in the language of the catalogue and below it in the scheme's others."""
    codes = {name: code for code, name in paper_codes(scheme).items()}
    cut = list(_pages(form, codes, catalogue))
    head = {line.key: str(line.value) for line in form.lines}
    pages = tuple(
        PaperPage(
            number, place, tuple(rows), f"{form.store} {form.cycle} {scheme.name} {form.version} {number}/{len(cut)}"
        )
        for number, (place, rows) in enumerate(cut, 1)
    )
    shown = (f"{IN_STORE}name", f"{IN_STORE}city", "cycle", "assessor", "visited")
    lines = tuple((line.what, head[line.key]) for line in form.lines if line.key in shown)
    return PaperForm(form.title, form.store, lines, pages)


def _pages(form: FormView, codes: dict[str, str], catalogue: Catalogue) -> Iterator[tuple[str, list[PaperRow]]]:
    """The rows of each page: a page begins with each place, and where a sheet is full."""
    facts = [_fact(line, codes, catalogue) for line in form.lines if line.key.startswith(IN_FACTS)]
    places = {catalogue.say("phones.facts"): facts} if facts else {}
    for asked in form.questions:
        if asked.applies:
            rows = places.setdefault(asked.place or catalogue.say("phones.place"), [])
            rows.append(_question(asked, codes, catalogue))
    room = _FIRST
    for place, questions in places.items():
        page: list[PaperRow] = []
        height = 0.0
        for row in questions:
            if page and height + _height(row) > room:
                yield place, page
                page, height, room = [], 0.0, _ROOM
            page.append(row)
            height += _height(row)
        yield place, page
        room = _ROOM


def _height(row: PaperRow) -> float:
    """How high a row will be, in millimetres, rather too much than too little."""
    asked = sum(_lines(text, _ASKED) for text in row.ask) + _lines(row.hint, _ASKED)
    boxes = sum(_lines(box, _ANSWERED - _BOX) for box in row.boxes) or 2
    said = sum(_lines(text, _ANSWERED) for text in (row.known, row.previous) if text)
    title = _lines(row.criterion, _ASKED + _ANSWERED)
    return (max(asked, boxes + said) + title) * _LINE + _AROUND


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(cell_width(line) * 1.1 / width)) for line in text.split("\n")) if text else 0


def _fact(line: StoreRow, codes: dict[str, str], catalogue: Catalogue) -> PaperRow:
    field = line.field
    return PaperRow(
        code=codes[line.key.removeprefix(IN_FACTS)],
        criterion="",
        ask=tuple(line.what.split("\n")),
        hint="" if field.kind in _PICKED else field.allowed,
        boxes=_boxes(field.kind, field.allowed, field.choices),
        unit=field.unit,
        known=_said("known", line.value, catalogue),
        previous="",
    )


def _question(row: QuestionRow, codes: dict[str, str], catalogue: Catalogue) -> PaperRow:
    field = row.field
    hints = (row.asked_if, "" if field.kind in _PICKED else field.allowed)
    return PaperRow(
        code=codes[row.id],
        criterion=f"{row.criterion} · {row.title}" if row.first else "",
        ask=tuple(row.question.split("\n")),
        hint="\n".join(filter(None, hints)),
        boxes=_boxes(field.kind, field.allowed, field.choices),
        unit=field.unit,
        known=_said("known", row.known, catalogue),
        previous=_said("previous", row.previous, catalogue),
    )


def _boxes(kind: QuestionType, allowed: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """What may be ticked, each numbered as it is keyed in; of a choice the lines of what it allows."""
    if kind not in _PICKED:
        return ()
    listed = [line.removeprefix("· ") for line in allowed.split("\n") if line.startswith("· ")] or list(choices[:2])
    return tuple(f"{number} {text}" for number, text in enumerate(listed, 1))


def _said(column: str, value: CellValue, catalogue: Catalogue) -> str:
    if value == "":
        return ""
    return catalogue.say("words.labelled", label=catalogue.say(f"form.column_{column}"), text=str(value))
