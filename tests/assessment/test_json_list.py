"""A list of visits in JSON: read one after the other, so that its length costs no memory; each visit has bounds."""

import json
import tracemalloc
from pathlib import Path

import pytest

from greenstar.assessment import json_list
from greenstar.assessment.answers_file import read_answers_files
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.text.problems import problem_lines
from greenstar.scheme import yaml_tree
from greenstar.scheme.model import Scheme
from tests.builders import HERE, figure, scheme_of
from tests.rows import rows

SCHEME = scheme_of(figure("A-1"))


def find_scheme(_name: str | None, _folder: Path) -> Scheme:
    return SCHEME


def read(path: Path) -> list[str]:
    """The codes of the stores that a file holds visits of."""
    return [file.visit.store.code for file in read_answers_files(path, find_scheme)]


def written(folder: Path, text: str, name: str = "visits.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, name: str = "visits.json") -> str:
    """The key of what is wrong, which stands at the `▸`."""
    before, _, after = text.partition(HERE)
    with pytest.raises(BadFile) as caught:
        read(written(folder, before + after, name))
    problem = caught.value.problems[0]
    assert (problem.mark.line, problem.mark.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert all(list(problem_lines(caught.value, Catalogue(language))) for language in LANGUAGES)
    return problem.message.key


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read in pieces so small that each sign of it is cut somewhere."""
    monkeypatch.setattr(json_list, "_CHUNK", 7)


ODD_NAME = r'"a ] } , [ { \" \\ 水 🌱 \ud83c\udf31"'
TWO = f"""\ufeff [ {{"store": {{"code": "S-1", "name": {ODD_NAME}}}}}\r
 ,
 {{"store": {{"code": "S-2"}}, "answers": {{"A-1": 4.50}}}} ]
"""


@pytest.mark.usefixtures("small_pieces")
def test_entries_are_told_apart_wherever_the_pieces_end(tmp_path: Path) -> None:
    assert read(written(tmp_path, TWO)) == ["S-1", "S-2"]
    assert read(written(tmp_path, "[]")) == read(written(tmp_path, " [\n] ")) == []


@pytest.mark.parametrize("small", [True, False])
@rows(
    ("text", "key"),
    [
        ('[{"store": {"code": "S-1"}},\n {"store": {"code": ▸[]}}]', "fields.expected_found"),
        (
            '[{"store": {"code": "S-1"}}, {"store": {"code": "S-2"}, "answers": {"A-1": ▸"x"}}]',
            "answers.expected_number",
        ),
        ('[{"store": {"code": "S-1"}, ▸"store": {}}]', "source.duplicate_key"),
        ('[{"store": {"code": "S-1"}}, {"store": {"code": "S-2"}▸', "source.open_bracket"),
        ('[{"store": {"code": "S-1"}},▸', "source.open_bracket"),
        ('[{"store": {"code": "S-1"}} ▸, , {}]', "source.no_entry"),
        ('[{"store": {"code": "S-1"}}]\n\n ▸x', "source.after_list"),
        ('[{"store": {"code": "S-1"}}]\n▸[]', "source.after_list"),
        ("[▸12]", "fields.expected_found"),
        ('[{"store": {"code": "S-1"}},\n ▸null]', "source.empty_entry"),
        ('[{"store": {"code": "S-1"}},\n{"store": {"code": "S-2", "name": "a▸\u202e"}}]', "source.control_character"),
    ],
)
def test_what_is_wrong_in_a_list_has_its_place_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, key: str, small: bool
) -> None:
    if small:
        monkeypatch.setattr(json_list, "_CHUNK", 7)
    if "no_entry" in key:
        text = text.replace("▸, ,", ", ▸,")
    assert refused(tmp_path, text) == key


@pytest.mark.parametrize("small", [True, False])
def test_bytes_that_are_no_utf8_have_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    if small:
        monkeypatch.setattr(json_list, "_CHUNK", 7)
    path = tmp_path / "visits.json"
    path.write_bytes('[{"store": {"code": "S-1"}},\n\n{"store": {"code": "水'.encode() + b'\xff"}}]')
    with pytest.raises(BadFile) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line) == ("source.not_utf8", 3)


def peak_of(path: Path) -> int:
    """The most memory that reading a file takes, visit by visit."""
    tracemalloc.start()
    try:
        for _ in read_answers_files(path, find_scheme):
            pass
    except BadFile:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_length_of_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_list, "_CHUNK", 1 << 14)

    def visits(count: int) -> str:
        return json.dumps([{"store": {"code": f"S-{n}"}, "notes": {"A-1": "n" * 9_000}} for n in range(count)])

    peak_of(written(tmp_path, visits(2)))  # what is made once, by the first visit
    few, many = (peak_of(written(tmp_path, visits(count))) for count in (10, 60))
    assert many < few * 1.2


@pytest.mark.parametrize("name", ["visit.json", "visit.yaml"])
@pytest.mark.parametrize("shape", ["[{}]", "[{{a: [{}]}}]", "{{answers: {{a: [{}]}}}}"])
def test_a_file_of_nothing_but_brackets_is_refused_before_it_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, shape: str
) -> None:
    for module in (json_list, yaml_tree):
        monkeypatch.setattr(module, "MOST_NODES", 1_000)
    path = written(tmp_path, shape.format("[]," * 200_000 + "[]"), name)
    with pytest.raises(BadFile):
        read(path)
    assert peak_of(path) < 8 * path.stat().st_size


def test_a_visit_in_a_list_has_the_size_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenstar.assessment.answers_file._MOST_READ", 1 << 20)
    small, large = (
        '{{"store": {{"code": "{}", "name": "{}"}}}}'.format(code, "n" * size)
        for code, size in (("S-1", 9), ("S-2", 1 << 20))
    )
    assert refused(tmp_path, f"[{small}, ▸{large}]") == "source.entry_too_large"
    with pytest.raises(BadInput) as caught:
        read(written(tmp_path, large))
    assert caught.value.message.key == "source.too_large"


def test_an_empty_entry_of_a_list_in_yaml_has_its_place(tmp_path: Path) -> None:
    assert refused(tmp_path, "- store: {code: S-1}\n-▸ \n- store: {code: S-2}\n", "visits.yaml") == "source.empty_entry"
    assert refused(tmp_path, "▸\n", "visits.yaml") == "source.empty"
