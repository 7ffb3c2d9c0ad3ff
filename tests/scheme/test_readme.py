"""`criteria/README.md`: every example is read, scored or refused as the page says, and no key is left out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.json_schema import json_schema
from greenstar.scheme.loader import read_scheme, scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scheme.yaml_tree import parse
from greenstar.scoring.score import score
from greenstar.services.schemes.check import differences
from greenstar.services.visit.answers_files import open_answers
from tests.builders import read
from tests.rows import rows
from tests.scheme.readme_blocks import Block, blocks

ALL = blocks()
BASE = """
scheme: base
version: "1"
title: Base
languages: [en]
facts:
  has_car_wash: {type: boolean, ask: q}
  roof_area_m2: {type: number, min: 0, max: 100000, ask: q}
  annual_rain_mm: {type: number, min: 0, max: 3000, ask: q}
places: {roof: Roof}
categories:
  - category: WAT
    title: Water
    criteria:
      - {id: WAT-01, title: t, points: 2, place: roof, type: boolean, ask: q}
  - category: ENE
    title: Energy
    criteria:
      - {id: ENE-08, title: t, points: 2, place: roof, evidence: [photo], type: boolean, ask: q}
  - category: INN
    title: Innovation
    bonus: true
    max: 1
    criteria:
      - {id: INN-01, title: t, points: 2, type: boolean, ask: q}
levels:
  - {id: star-1, title: One star, requires: {total: 2}}
"""
"""What the examples stand in that are not whole; those of levels and of answers use criteria of earlier sections."""
EARLIER = {
    "What the network adds up to: indicators": ("What is asked: questions",),
    "Levels": ("What is asked: questions", "How an answer earns points"),
    "Examples are tests": (
        "What is asked: questions",
        "How an answer earns points",
        "Prerequisites",
        "Lighthouse stores",
    ),
}


class Draft:
    """A scheme that examples are put into."""

    def __init__(self, base: str = BASE) -> None:
        self.tree: dict[str, Any] = parse(base, "base")

    def put(self, block: Block) -> None:
        """Put in what a block holds, in the place of what has the same name or id."""
        kind, tree = block.kind.removeprefix("a mistake ").removeprefix("in "), parse(block.text, "README.md")
        if kind == "scheme.yaml":
            for key, value in tree.items():
                old = self.tree.get(key)
                self.tree[key] = {**old, **value} if isinstance(old, dict) and key != "lighthouse" else value
        elif kind == "a criterion":
            for criterion in tree:
                self._put_criterion(criterion)
        else:
            raise AssertionError(f"{block}: {block.kind}")

    def _put_criterion(self, criterion: Any) -> None:
        group = next(entry for entry in self.tree["categories"] if entry["category"] == criterion["id"][:3])
        kept = [entry for entry in group["criteria"] if entry["id"] != criterion["id"]]
        group["criteria"] = [*kept, criterion]

    def read(self) -> Scheme:
        return read(_in_flow(self.tree))


def _in_flow(tree: Any) -> str:
    """A tree as the text of a file again, on one line."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_in_flow(key)}: {_in_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_in_flow, tree)) + "]"
    if tree is None:
        return ""
    bare = tree.plain and not re.search(r"[,\[\]{}#&*!|>'\"@`\n]|: |:$", tree)
    return str(tree) if bare else json.dumps(tree, ensure_ascii=False)


def drafts(section: str) -> Iterator[tuple[Draft, Block]]:
    """A section's blocks, each with the draft as it is after it."""
    draft = Draft()
    for earlier in (*EARLIER.get(section, ()), section):
        for block in ALL:
            if block.section != earlier or block.language != "yaml":
                continue
            if block.kind in ("in scheme.yaml", "a criterion"):
                draft.put(block)
            if earlier == section:
                yield draft, block


def of_kind(*kinds: str) -> list[Block]:
    return [block for block in ALL if block.kind.startswith(kinds)]


SECTIONS = list(dict.fromkeys(block.section for block in ALL if block.kind in ("in scheme.yaml", "a criterion")))


@rows("section", SECTIONS)
def test_what_a_section_shows_is_a_scheme(section: str) -> None:
    for draft, block in drafts(section):
        if not block.kind.startswith("a mistake"):
            draft.read()


def test_the_whole_schemes_are_read_as_they_stand(tmp_path: Path) -> None:
    for block in of_kind("file: "):
        path = tmp_path / block.kind.removeprefix("file: ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    assert [read_scheme(path).name for path in sorted(tmp_path.iterdir())] == ["green-store", "my-scheme"]


@rows("block", of_kind("answers"))
def test_an_answers_file_comes_to_what_the_page_says(block: Block, tmp_path: Path) -> None:
    under = scheme_before(block)
    path = tmp_path / "answers.yaml"
    store = "" if "\nstore:" in block.text else "store: {code: S-001}\n"
    path.write_text(store + block.text, encoding="utf-8")
    (file,) = open_answers([path], lambda _name, _base: under)
    assert list(differences(file, score(under, file.visit))) == []


def scheme_before(block: Block) -> Scheme:
    files = [other for other in of_kind("file: ") if other.section == block.section]
    if files:
        return scheme_from_json(json.dumps(parse(files[0].text, "README.md")))
    for draft, other in drafts(block.section):
        if other.line == block.line:
            return draft.read()
    raise AssertionError(block)


@rows("block", of_kind("a mistake"))
def test_a_mistake_is_told_in_the_words_of_the_page(block: Block) -> None:
    with pytest.raises(BadFile) as caught:
        put_and_read(block)
    catalogue = Catalogue("en")
    told = [
        catalogue.render(message)
        for problem in caught.value.problems
        for message in (problem.message, problem.hint)
        if message
    ]
    words = ALL[ALL.index(block) + 1].text.splitlines()
    for line in words:
        assert any(sentence.startswith(line) for sentence in told), (line, told)
    assert len(caught.value.problems) == len(
        [line for line in words if not line.startswith(("did you mean", "write "))]
    )


def put_and_read(block: Block) -> Scheme:
    draft = Draft()
    draft.put(block)
    return draft.read()


def test_every_key_of_the_format_stands_in_an_example() -> None:
    shown: set[str] = set()
    for block in ALL:
        if block.language == "yaml" and not block.kind.startswith("a mistake"):
            _collect(parse(block.text, "README.md"), shown)
    for name, definition in json_schema()["$defs"].items():
        missing = set(definition.get("properties", ())) - shown
        assert not missing, (name, missing)


def _collect(tree: Any, shown: set[str]) -> None:
    if isinstance(tree, dict):
        shown.update(map(str, tree))
        for value in tree.values():
            _collect(value, shown)
    elif isinstance(tree, list):
        for value in tree:
            _collect(value, shown)
