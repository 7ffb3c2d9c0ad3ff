"""A form on paper: its questions by place, cut into pages that each fit a sheet of A4."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from greenstar.assessment.answer_types import TYPES
from greenstar.assessment.spreadsheet.layout import IN_FACTS, IN_STORE
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.form import FormStoreRow, FormView, QuestionRow
from greenstar.reports.views.form_cell import CellValue
from greenstar.scheme.document import QuestionType
from greenstar.scheme.model import Scheme
from greenstar.services.visit.paper_codes import paper_codes
from greenstar.text import cell_width

_ROOM, _FIRST = 232, 218  # millimetres of a page, below its head, which is higher on the first
_LINE, _AROUND, _TITLE = 4.2, 3.2, 1.4  # of a line of text, in HTML as in PDF; around a row, and above a title
_ASKED, _ANSWERED = 55, 35  # cells that stand in a line of the two columns; Chinese characters take two
_BOX = 3  # cells of a box
_PLACE = 9  # millimetres of the heading of a place within a page
_WORTH = 60  # millimetres of a page on which it is worth while to begin with the next place
_PICKED = {name for name, answers in TYPES.items() if answers.by_picking}


@dataclass(frozen=True)
class PaperRow:
    """A question: its code, what is asked, and boxes to tick, or a line to write on (`boxes` is empty).

    `criterion`: its id and title, on its first row; `hint`: when it is asked, and what may be written. `place`: that
    which begins with this row within a page, else empty.
    """

    code: str
    criterion: str
    ask: tuple[str, ...]
    hint: str
    boxes: tuple[str, ...]
    unit: str
    known: str
    previous: str
    place: str = ""


@dataclass(frozen=True)
class PaperPage:
    """A page: where its first rows are filled in, its rows, and what its QR code says."""

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
    """The rows of each page, with the place of the first: it begins where a sheet is full, or as good as full."""
    facts = [_fact(line, codes, catalogue) for line in form.lines if line.key.startswith(IN_FACTS)]
    places = {catalogue.say("phones.facts"): facts} if facts else {}
    for asked in form.questions:
        if asked.applies:
            rows = places.setdefault(asked.place or catalogue.say("phones.place"), [])
            rows.append(_question(asked, codes, catalogue))
    page, begun, height, room = list[PaperRow](), "", 0.0, float(_FIRST)
    for place, questions in places.items():
        rows = questions
        left = room - height - _PLACE
        if page and (left >= max(_WORTH, _height(questions[0])) or sum(map(_height, questions)) <= left):
            rows = [replace(questions[0], place=place), *questions[1:]]
            height += _PLACE
        elif page:
            yield begun, page
            page, height, room = [], 0.0, _ROOM
        for row in rows:
            if page and height + _height(row) > room:
                yield begun, page
                page, height, room = [], 0.0, _ROOM
            begun = begun if page else place
            page.append(row)
            height += _height(row)
    if page:
        yield begun, page


def _height(row: PaperRow) -> float:
    """How high a row will be, in millimetres, rather too much than too little."""
    asked = sum(_lines(text, _ASKED) for text in row.ask) + _lines(row.hint, _ASKED)
    boxes = sum(_lines(box, _ANSWERED - _BOX) for box in row.boxes) or 2
    said = sum(_lines(text, _ANSWERED) for text in (row.known, row.previous) if text)
    title = _lines(row.criterion, _ASKED + _ANSWERED) * _LINE + (_TITLE if row.criterion else 0)
    return max(asked, boxes + said) * _LINE + title + _AROUND


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(cell_width(line) * 1.1 / width)) for line in text.split("\n")) if text else 0


def _fact(line: FormStoreRow, codes: dict[str, str], catalogue: Catalogue) -> PaperRow:
    field = line.field
    return PaperRow(
        code=codes[line.key.removeprefix(IN_FACTS)],
        criterion="",
        ask=tuple(line.what.split("\n")),
        hint="" if field.kind in _PICKED else field.allowed,
        boxes=_boxes(field.kind, field.allowed, field.choices),
        unit=field.unit,
        known=_labelled("known", line.value, catalogue),
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
        known=_labelled("known", row.known, catalogue),
        previous=_labelled("previous", row.previous, catalogue),
    )


def _boxes(kind: QuestionType, allowed: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """What may be ticked, each numbered as it is keyed in; of a choice the lines of what it allows."""
    if kind not in _PICKED:
        return ()
    listed = [line.removeprefix("· ") for line in allowed.split("\n") if line.startswith("· ")] or list(choices[:2])
    return tuple(f"{number} {text}" for number, text in enumerate(listed, 1))


def _labelled(column: str, value: CellValue, catalogue: Catalogue) -> str:
    if value == "":
        return ""
    return catalogue.say("words.labelled", label=catalogue.say(f"form.column_{column}"), text=str(value))
