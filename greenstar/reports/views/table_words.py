"""What stands over the columns of a table that people open, in both languages at once, and below what is read back."""

from collections.abc import Iterable, Mapping

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.views.tables import COLUMNS, LAST

_READ_BACK = {
    "question": "id",
    "value": "answer",
    "formula": "formula",
    "note": "note",
    "not_applicable": "not_applicable",
    "not_asked": "not_asked",
    "criterion": "criterion",
}
"""Columns of the answers that are read back, and what they are called in a form."""
_OF_CATEGORIES = ("points", "available", "percent")
_BY = "by_"


def heading(table: str, column: str, catalogue: Catalogue, titles: Mapping[str, str]) -> str:
    """The words for a column in one language. `titles`: the titles of categories, by their names."""
    if table == "answers" and column in _READ_BACK:
        return catalogue.say(f"form.column_{_READ_BACK[column]}")
    if column not in {**COLUMNS.get(table, {}), **LAST.get(table, {}), **dict.fromkeys(_BESIDE)}:
        return _added_by_scheme(table, column, catalogue, titles)
    if (table, column) in _OWN_WORDS:
        return catalogue.say(f"columns.{table}_{column}")
    return catalogue.say(f"columns.{column}")


def _added_by_scheme(table: str, column: str, catalogue: Catalogue, titles: Mapping[str, str]) -> str:
    name, _, what = column.rpartition("_")
    if table == "scores" and what in _OF_CATEGORIES:
        return catalogue.say(f"columns.of_category_{what}", category=titles.get(name, name))
    if table == "ranking" and column.startswith(_BY):
        return catalogue.say("columns.by_key", key=titles.get(column, column.removeprefix(_BY)))
    return titles.get(column, column)


_BESIDE = ("visit", "not_asked", "not_applicable")  # columns of answers that only a workbook has
_OWN_WORDS = {("answers", "asked"), ("criteria", "evidence"), ("criteria", "verified"), ("facts", "value")}
"""Columns that mean something else in this table than in others of that name."""


def in_both_languages(texts: Iterable[str]) -> str:
    """The words of all languages below each other, each once."""
    return "\n".join(dict.fromkeys(text for text in texts if text))


def bilingual_of_form(column: str) -> str:
    """The same for a column that a form has, or that tells its visits apart."""
    key = f"columns.{column}" if column == "visit" else f"form.column_{column}"
    return in_both_languages(Catalogue(language).say(key) for language in LANGUAGES)


def bilingual(table: str, column: str, titles: Mapping[str, Mapping[str, str]]) -> str:
    """The words for a column in all languages of the program. `titles`: by language."""
    return in_both_languages(
        heading(table, column, Catalogue(language), titles.get(language, {})) for language in LANGUAGES
    )
