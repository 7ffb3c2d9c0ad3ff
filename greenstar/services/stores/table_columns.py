"""Which column of a table a heading means: by its name, as people write it, or by what a fact is asked with."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from greenstar.scheme.model import Scheme
from greenstar.scheme.validation.columns import STORE_COLUMNS

_ALSO_CALLED = {
    "code": ("store", "store code", "store id", "编号", "编码", "代码", "门店编号", "门店编码", "门店代码", "店代码"),
    "name": ("store name", "名称", "店名", "门店", "门店名称", "门店名"),
    "city": ("城市", "所在城市", "市"),
    "region": ("区域", "大区", "地区", "所属区域", "所在区域"),
}
_IN_BRACKETS = re.compile(r"\([^()]*\)\s*$")  # a unit, behind what it is the unit of


def column_of(heading: str, scheme: Scheme) -> str | None:
    """The column that a heading means; None: none, or it could be several."""
    if heading in STORE_COLUMNS or heading in scheme.facts:
        return heading
    return _by_heading(scheme).get(_folded(heading))


def _by_heading(scheme: Scheme) -> Mapping[str, str]:
    """The columns by their folded headings, without those that two columns share; a name stands before a question."""
    by_heading: dict[str, str] = {}
    for headings in (_names(scheme), _questions(scheme)):
        meant: dict[str, set[str]] = {}
        for heading, column in headings:
            meant.setdefault(_folded(heading), set()).add(column)
        for heading, columns in meant.items():
            if len(columns) == 1 and heading:
                by_heading.setdefault(heading, *columns)
    return by_heading


def _names(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield from ((name, name) for name in (*STORE_COLUMNS, *scheme.facts))
    yield from ((name, column) for column, names in _ALSO_CALLED.items() for name in names)


def _questions(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for name, question in scheme.facts.items():
        yield from ((ask, name) for ask in question.ask.by_language.values())


def _folded(heading: str) -> str:
    """A heading by its letters and digits: small, without a unit in brackets."""
    plain = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", heading).casefold())
    return "".join(character for character in plain if character.isalnum())
