"""How a form is laid out: its sheets and columns, by which it is written and read; headings in every language."""

from functools import cache
from typing import Literal, get_args

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.text import folded

SheetName = Literal["answers", "findings", "evidence", "store", "read_me", "lists"]
AnswerColumn = Literal[
    "place",
    "criterion",
    "title",
    "question",
    "asked_if",
    "unit",
    "allowed",
    "known",
    "previous",
    "answer",
    "formula",
    "note",
    "not_applicable",
    "not_asked",
    "id",
]
StoreColumn = Literal["what", "unit", "allowed", "value", "key"]
FindingColumn = Literal[
    "criterion",
    "state",
    "severity",
    "text",
    "action",
    "owner",
    "due",
    "still_open",
    "closed",
    "follows",
    "finding_id",
]
EvidenceColumn = Literal["criterion", "file", "caption", "taken", "verified", "bytes", "sha256"]
Column = AnswerColumn | StoreColumn | FindingColumn | EvidenceColumn

SHEETS: tuple[SheetName, ...] = get_args(SheetName)
ANSWER_COLUMNS: tuple[AnswerColumn, ...] = get_args(AnswerColumn)
STORE_COLUMNS: tuple[StoreColumn, ...] = get_args(StoreColumn)
FINDING_COLUMNS: tuple[FindingColumn, ...] = get_args(FindingColumn)
EVIDENCE_COLUMNS: tuple[EvidenceColumn, ...] = get_args(EvidenceColumn)

HEADER_KEYS = ("scheme", "version", "cycle", "assessor", "visited")
STORE_KEYS = ("code", "name", "city", "region")
IN_STORE, IN_FACTS = "store.", "facts."
"""What the keys of the sheet about the store begin with: `store.code`, `facts.has_car_wash`."""


SPREADSHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".et", ".numbers")
"""What the names of spreadsheets end in; for those that cannot be read a sentence says what would be right."""


def sheet_title(sheet: SheetName, catalogue: Catalogue) -> str:
    """What a sheet is called."""
    return catalogue.say(f"form.sheet_{sheet}")


def heading(column: Column, catalogue: Catalogue) -> str:
    """What stands over a column."""
    return catalogue.say(f"form.column_{column}")


def sheet_of(title: str) -> SheetName | None:
    """The sheet of that title, in whichever language."""
    return next((sheet for sheet in SHEETS if folded(title) in _in_all_languages(f"form.sheet_{sheet}")), None)


def column_of(text: str, columns: tuple[str, ...]) -> str | None:
    """The column of that heading, in whichever language."""
    wanted = folded(text)
    return next((column for column in columns if wanted in _in_all_languages(f"form.column_{column}")), None)


def is_of_exports(text: str) -> bool:
    """Whether it is the heading of a column that only exported tables have, for people and other programs."""
    return folded(text) in _of_exports()


def is_number_of_visit(text: str) -> bool:
    """Whether it is the heading over the numbers that tell the visits of one workbook apart."""
    return folded(text) in _in_all_languages("columns.visit")


@cache
def _of_exports() -> frozenset[str]:
    return frozenset(name for key in _ONLY_EXPORTED for name in _in_all_languages(f"columns.{key}"))


_ONLY_EXPORTED = (
    *("store", "cycle", "answered_at", "assessor", "points", "available", "outcome", "reason", "answers_asked"),
    *("criterion_label", "label_en", "label_zh", "first", "scheme", "version", "revision"),
)


@cache
def _in_all_languages(key: str) -> frozenset[str]:
    """What the key says in each language, and in all of them below each other, as exported tables have it."""
    words = [Catalogue(language).say(key) for language in LANGUAGES]
    return frozenset(map(folded, (*words, "\n".join(dict.fromkeys(words)))))
