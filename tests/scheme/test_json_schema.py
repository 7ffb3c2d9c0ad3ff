"""The JSON Schema: it takes every scheme there is, refuses what has the wrong shape, and explains every key."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.resources import CRITERIA
from greenstar.scheme.json_schema import json_schema
from tests.builders import HEADER, read
from tests.rows import rows
from tests.scheme.plain_yaml import as_editor, scheme_files

WORDS = ("title", "description")
schema_in = cache(json_schema)  # which no test here changes
VALIDATOR = Draft202012Validator(schema_in("en"))
CATEGORY = "categories:\n  - category: A\n    title: A\n    criteria:\n"
CRITERION = CATEGORY + "      - {id: A-1, title: t, points: 1, type: boolean, ask: q}\n"


def wrong(value: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(value)]


@rows("language", LANGUAGES)
def test_it_is_the_same_schema_in_every_language(language: str) -> None:
    assert without_words(schema_in(language)) == without_words(schema_in("en"))


def without_words(schema: Any) -> Any:
    """A schema without what it explains."""
    if isinstance(schema, dict):
        told = {key: value for key, value in schema.items() if not (key in WORDS and isinstance(value, str))}
        return {key: without_words(value) for key, value in told.items()}
    return [without_words(part) for part in schema] if isinstance(schema, list) else schema


def test_it_is_a_schema_of_the_draft_it_names() -> None:
    Draft202012Validator.check_schema(schema_in("en"))


def test_the_shipped_copy_is_what_the_program_prints() -> None:
    shipped = json.loads((CRITERIA / "scheme.schema.json").read_text(encoding="utf-8"))
    assert shipped == schema_in("en"), "greenstar schema --lang en > criteria/scheme.schema.json"


@pytest.mark.slow
@rows("path", scheme_files())
def test_it_takes_every_file_of_every_scheme(path: Path) -> None:
    assert wrong(as_editor(path.read_text(encoding="utf-8"))) == []


@rows("path", sorted(CRITERIA.glob("*/*.yaml")))
def test_every_shipped_file_tells_editors_where_its_schema_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    _, _, named = first.partition("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == (CRITERIA / "scheme.schema.json").resolve()


@rows("language", LANGUAGES)
def test_every_key_of_every_model_is_explained(language: str) -> None:
    for name, definition in schema_in(language)["$defs"].items():
        for key, entry in definition.get("properties", {}).items() if "description" in definition else ():
            assert entry["description"], (name, key)


def test_no_key_is_let_through_unknown() -> None:
    for name, definition in schema_in("en")["$defs"].items():
        if "properties" in definition:
            assert definition["additionalProperties"] is False, name


def test_words_that_look_like_numbers_are_words() -> None:
    text = HEADER.replace("languages: [en]", "languages: [en, no]").replace(
        "title: Small", "title: {en: 2026, no: 1.5}"
    )
    body = CATEGORY.replace("category: A", "category: 001").replace("title: A", "title: {en: 1, no: 2}")
    criterion = "      - {id: 1.10, title: {en: a, no: b}, points: 1, type: boolean, ask: {en: 1, no: 2}}\n"
    read(text + body + criterion)
    assert wrong(as_editor(text + body + criterion)) == []


MISSHAPEN = {
    "unknown key": CRITERION + "pionts: 3\n",
    "unknown key of a criterion": CATEGORY + "      - {id: A-1, title: t, pionts: 1, type: boolean, ask: q}\n",
    "no categories": "levels: []\n",
    "categories empty": "categories: []\n",
    "category without a title": "categories:\n  - category: A\n    criteria: []\n",
    "criteria as a mapping": "categories:\n  - {category: A, title: A, criteria: {id: A-1}}\n",
    "criterion without an id": CATEGORY + "      - {title: t, points: 1, type: boolean, ask: q}\n",
    "an id with a space": CATEGORY + "      - {id: A 1, title: t, points: 1, type: boolean, ask: q}\n",
    "an id too long": CATEGORY + f"      - {{id: {'A' * 61}, title: t, points: 1, type: boolean, ask: q}}\n",
    "points below 0": CATEGORY + "      - {id: A-1, title: t, points: -1, type: boolean, ask: q}\n",
    "points in words": CATEGORY + "      - {id: A-1, title: t, points: three, type: boolean, ask: q}\n",
    "a type there is not": CATEGORY + "      - {id: A-1, title: t, points: 1, type: bool, ask: q}\n",
    "yes for true": CATEGORY + "      - {id: A-1, title: t, prerequisite: yes, type: boolean, ask: q}\n",
    "a text as a list": CATEGORY + "      - {id: A-1, title: [t], points: 1, type: boolean, ask: q}\n",
    "an empty text": CATEGORY + '      - {id: A-1, title: " ", points: 1, type: boolean, ask: q}\n',
    "evidence as a text": CATEGORY + "      - {id: A-1, title: t, points: 1, type: boolean, ask: q, evidence: photo}\n",
    "plausible with one end": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: number, ask: q, plausible: [1], score: {}}\n",
    "a period in days": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: number, ask: q, period: 90d, score: {}}\n",
    "an edge in words": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: number, ask: q, score: {at_least: {half: 1}}}\n",
    "no edges": CATEGORY + "      - {id: A-1, title: t, points: 1, type: number, ask: q, score: {at_least: {}}}\n",
    "a check without its sentence": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: boolean, ask: q, checks: [{warn: true}]}\n",
    "a rule as a list": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: boolean, ask: q, applies_if: [true]}\n",
    "a rule too long": CATEGORY
    + f"      - {{id: A-1, title: t, points: 1, type: boolean, ask: q, applies_if: {'1 + ' * 150}1 > 0}}\n",
    "a question's name in capitals": CATEGORY
    + "      - {id: A-1, title: t, points: 1, questions: {Water: {type: boolean, ask: q}}}\n",
    "a question without ask": CATEGORY + "      - {id: A-1, title: t, points: 1, questions: {a: {type: boolean}}}\n",
    "an option without a label": CATEGORY
    + "      - {id: A-1, title: t, points: 1, type: choice, ask: q, options: {a: {points: 1}}}\n",
    "a weight of 0": CATEGORY.replace("title: A", "title: A\n    weight: 0")
    + "      - {id: A-1, title: t, points: 1}\n",
    "a weight of 0 %": CATEGORY.replace("title: A", "title: A\n    weight: 0%")
    + "      - {id: A-1, title: t, points: 1}\n",
    "a method there is not": "scoring: {method: average}\n" + CRITERION,
    "a policy there is not": "scoring: {not_applicable: skip}\n" + CRITERION,
    "a fact that is a list": "facts: {a: [1]}\n" + CRITERION,
    "a value without a title": "values: {a: {of: 1}}\n" + CRITERION,
    "a place in a list": "places: {roof: [a]}\n" + CRITERION,
    "the order of a place as a text": "places: {roof: {en: Roof, criteria: A-1}}\n" + CRITERION,
    "months in part": "valid_months: 1.5\n" + CRITERION,
    "a level without an id": CRITERION + "levels: [{title: t}]\n",
    "a requirement there is not": CRITERION + "levels: [{id: a, title: t, requires: {points: 3}}]\n",
    "a severity there is not": CRITERION + "levels: [{id: a, title: t, requires: {findings: {grave: 0}}}]\n",
    "part of a finding": CRITERION + "levels: [{id: a, title: t, requires: {findings: {major: 0.5}}}]\n",
    "evidence in points": CRITERION + "levels: [{id: a, title: t, requires: {evidence: 90}}]\n",
    "evidence over 100 %": CRITERION + "levels: [{id: a, title: t, requires: {evidence: 101%}}]\n",
    "any_of of nothing": CRITERION + "levels: [{id: a, title: t, requires: {any_of: {at_least: 0, of: []}}}]\n",
    "prerequisites in a word": CRITERION + "levels: [{id: a, title: t, requires: {prerequisites: some}}]\n",
    "a total as a mapping": CRITERION + "levels: [{id: a, title: t, requires: {total: {min: 1}}}]\n",
    "a key of the ranking without a rule": CRITERION + "lighthouse: {rank_by: [{id: a, title: t}]}\n",
    "a word of the ranking": CRITERION + "lighthouse: {rank_by: [points]}\n",
}


@rows("body", MISSHAPEN.values())
def test_what_has_the_wrong_shape_fails_in_the_editor_and_in_check(body: str) -> None:
    with pytest.raises(BadFile):
        read(HEADER + body)
    assert wrong(as_editor(HEADER + body))


def test_a_category_file_is_held_to_the_shape_of_a_category() -> None:
    assert wrong({"category": "A", "title": "A", "criteria": []}) == []
    assert wrong({"category": "A", "title": "A", "levels": []})
    assert wrong({"category": "A"})


def test_the_ids_of_category_files_may_stand_in_the_header() -> None:
    header = as_editor(HEADER)
    assert wrong({**header, "categories": ["A", 1.1]}) == []
    assert wrong({**header, "categories": ["A B"]})
