"""The catalogues: every sentence that the code names is there, in every language, with the same gaps to fill."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from types import CodeType
from typing import Any

import yaml

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.resources import LOCALES, PACKAGE
from tests.compiled import code_of, codes_in
from tests.rows import rows

AREAS = sorted(path.stem for path in (LOCALES / "en").glob("*.yaml"))
KEY = re.compile(r"([a-z_]+)\.([a-z0-9_]*)")
QUOTED = re.compile(f'"({KEY.pattern})"')


@cache
def catalogue(language: str) -> dict[str, Any]:
    """All entries of a language, by their full keys."""
    entries = {}
    for area in AREAS:
        text = (LOCALES / language / f"{area}.yaml").read_text(encoding="utf-8")
        entries.update(
            {f"{area}.{name}": entry for name, entry in (yaml.load(text, Loader=yaml.CSafeLoader) or {}).items()}
        )
    return entries


@cache
def used() -> tuple[dict[str, str], dict[str, str]]:
    """Keys, and beginnings of keys, that stand in the code, each with a place."""
    keys: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text, line in texts_in(code_of(path)):
            match = KEY.fullmatch(text) if "." in text else None
            if match and match[1] in AREAS and match[2] not in ("yaml", "html", "css", "sql"):
                is_beginning = match[2].endswith("_") or not match[2]
                (beginnings if is_beginning else keys)[text] = f"{path.name}:{line}"
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for quoted, area, name in QUOTED.findall(path.read_text(encoding="utf-8")):
            if area in AREAS and name != "html":
                (beginnings if name.endswith("_") or not name else keys)[quoted] = path.name
    return keys, beginnings


def texts_in(code: CodeType) -> Iterator[tuple[str, int]]:
    """Every text in a module, with the line at which its function begins."""
    for part in codes_in(code):
        waiting: list[Any] = [*part.co_consts]
        while waiting:
            value = waiting.pop()
            if isinstance(value, tuple | frozenset):
                waiting += value
            elif isinstance(value, str):
                yield value, part.co_firstlineno


def gaps(entry: Any) -> Iterator[set[str]]:
    """The names to fill in, of each form of an entry."""
    for form in entry.values() if isinstance(entry, dict) else [entry]:
        yield {name for _, name, _, _ in Formatter().parse(str(form)) if name is not None}


def test_every_key_in_the_code_has_a_sentence_in_every_language() -> None:
    keys, _ = used()
    missing = [
        f"{where} {key} ({language})"
        for language in LANGUAGES
        for key, where in keys.items()
        if key not in catalogue(language)
    ]
    assert not missing


def test_every_beginning_of_a_key_in_the_code_goes_on_to_some_entry() -> None:
    _, beginnings = used()
    assert not [start for start in beginnings if not any(key.startswith(start) for key in catalogue("en"))]


def test_every_language_has_the_same_entries() -> None:
    assert not {key for language in LANGUAGES for key in catalogue(language).keys() ^ catalogue("en").keys()}


@rows("language", [language for language in LANGUAGES if language != "en"])
def test_an_entry_has_the_same_gaps_in_every_language(language: str) -> None:
    for key, entry in catalogue("en").items():
        here = {name for form in gaps(entry) for name in form}
        there = {name for form in gaps(catalogue(language).get(key, "")) for name in form}
        assert here == there, key


def test_no_entry_is_unused() -> None:
    keys, beginnings = used()
    assert not [key for key in catalogue("en") if key not in keys and not key.startswith(tuple(beginnings))]


def test_every_area_stands_in_every_language() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (LOCALES / language).glob("*.yaml")) == AREAS


def test_a_sentence_for_one_thing_is_told_from_one_for_several() -> None:
    forms = [entry for language in LANGUAGES for entry in catalogue(language).values() if isinstance(entry, dict)]
    assert all(set(entry) == {"one", "other"} for entry in forms)


def test_the_catalogues_are_found_where_the_package_is() -> None:
    assert Path(LOCALES).is_relative_to(PACKAGE)


@rows(
    ("language", "following", "sign", "key"),
    [("fr", "en", "FR", "EN"), ("zh", "fr", "中文", "FR"), ("en", "zh", "EN", "中文"), ("en", None, "EN", "中文")],
)
def test_the_corner_names_the_language_in_use_and_its_key_the_one_to_come(
    language: str, following: str | None, sign: str, key: str
) -> None:
    catalogue = Catalogue(language, following)
    assert (catalogue.sign, catalogue.say("tui.key_language")) == (sign, key)
    assert catalogue.following.name in catalogue.say("tui.does_language")
