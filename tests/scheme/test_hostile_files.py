"""Whatever a file holds, reading it ends soon, and in a sentence with a place: never in another exception."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from greenstar.errors import BadFile, BadInput
from greenstar.scheme.loader import read_scheme
from tests.builders import HEADER, category, figure, read, refused
from tests.rows import rows


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Takes at most so long on the processor, whatever else the machine does."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def keys(error: BadFile) -> list[str]:
    return [problem.message.key for problem in error.problems]


def bytes_refused(folder: Path, data: bytes) -> BadFile:
    path = folder / "scheme.yaml"
    path.write_bytes(data)
    with pytest.raises(BadFile) as caught:
        read_scheme(path)
    return caught.value


# -- YAML that is refused where it stands ------------------------------------------------------------------------


def test_anchors_and_aliases_are_refused_where_they_stand() -> None:
    error = refused("notice: ▸&a text\nvalid_months: ▸*a\n")
    assert keys(error) == ["source.anchor", "source.anchor"]


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    with within(2), pytest.raises(BadFile) as caught:
        read("\n".join(lines))
    assert len(caught.value.problems) == 50


def test_merge_keys_are_refused() -> None:
    assert keys(refused("scoring: {method: sum}\nfacts:\n  ▸<<: {a: 1}\n")) == ["source.merge_key"]


@rows("tag", ["!!python/object/apply:os.system", "!!int", "!mine", "!!binary"])
def test_tags_are_refused(tag: str) -> None:
    assert keys(refused(f"notice: ▸{tag} x\n")) == ["source.tag"]


def test_a_second_document_is_refused() -> None:
    assert keys(refused("notice: x\n▸---\nnotice: y\n")) == ["source.second_document"]


@rows("text", ["", "\n\n", "# only a comment\n", "---\n", "null\n", "~"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, text: str) -> None:
    assert keys(bytes_refused(tmp_path, text.encode())) == ["source.empty"]


@rows("text", ["just a text", "[a, b]", "- a\n- b", '"quoted"', "12"])
def test_a_file_that_holds_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    assert keys(bytes_refused(tmp_path, text.encode())) == ["fields.expected_found"]


@rows(
    "text",
    [
        "a: [",
        "a: {",
        'a: "',
        "a: b: c",
        "\ta: 1",
        "%YAML 9.9\n---\na: 1",
        "a: @b",
        "a: `b`",
        "? [x]\n: y\n}",
        "- a\nb: c",
    ],
)
def test_broken_yaml_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    (problem, *_) = bytes_refused(tmp_path, text.encode()).problems
    assert problem.message.key in ("source.syntax", "source.key_not_text")
    assert problem.mark.file.endswith("scheme.yaml")
    assert problem.mark.line >= 1
    assert problem.mark.column >= 1


def test_a_colon_in_a_text_without_quotes_gets_the_hint_to_quote_it() -> None:
    (problem,) = refused("notice: Washing▸: how\n").problems
    assert problem.hint is not None
    assert problem.hint.key == "source.quote_hint"


@rows("key", ["[a, b]", "{a: b}"])
def test_a_key_that_is_not_a_word_is_refused(key: str) -> None:
    assert "source.key_not_text" in keys(refused(f"? {key}\n: x\n"))


def test_a_null_key_is_refused() -> None:
    assert keys(refused("? \n: x\n")) == ["source.key_not_text"]


@rows(
    "text",
    [
        "notice: x\n▸notice: y\n",
        "scoring: {method: sum, ▸method: mean}\n",
        "facts:\n  f:\n    type: boolean\n    ask: x\n    ▸type: number\n",
        'options: {o: {a: {label: {en: x, ▸"en": y}}}}\n',
    ],
)
def test_a_key_that_stands_twice_is_refused_at_any_depth(text: str) -> None:
    (problem,) = refused(text).problems
    assert problem.message.key == "source.duplicate_key"
    assert problem.message.values["line"] < problem.mark.line or "{" in text


def test_twenty_thousand_keys_that_stand_twice_are_refused_at_once(tmp_path: Path) -> None:
    text = "".join(f"k{i}: 1\n" for i in range(8_000)) + "k7999: 1\n" * 12_000
    with within(0.4):
        assert len(bytes_refused(tmp_path, text.encode()).problems) == 50


# -- depth, size, encoding ---------------------------------------------------------------------------------------


@rows("opening", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_nested_brackets_are_refused_at_once(tmp_path: Path, opening: str) -> None:
    with within(2):
        assert keys(bytes_refused(tmp_path, (opening * 100_000).encode())) == ["source.too_deep"]


def test_forty_levels_are_read_and_forty_one_are_not(tmp_path: Path) -> None:
    deep = "[" * 39 + "x" + "]" * 39
    assert "source.too_deep" not in keys(bytes_refused(tmp_path, f"notice: {deep}".encode()))
    assert keys(bytes_refused(tmp_path, f"notice: [{deep}]".encode())) == ["source.too_deep"]


def test_a_file_over_one_mebibyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_bytes(b"#" * ((1 << 20) + 1))
    with within(2), pytest.raises(BadInput) as caught:
        read_scheme(path)
    assert caught.value.message.key == "source.too_large"


def test_one_mebibyte_of_comment_is_read(tmp_path: Path) -> None:
    with within(2):
        assert keys(bytes_refused(tmp_path, b"#" * (1 << 20))) == ["source.empty"]


@rows(
    ("data", "line", "column"),
    [
        (b"\x7fELF\x02\x01\x01", 1, 1),
        (b"scheme: x\ntitle: \x89PNG\r\n", 2, 8),
        ("scheme: 绿星\ntitle: ü".encode("gb18030"), 1, 9),
        ("scheme: x".encode("utf-16"), 1, 1),
        ("scheme: x".encode("utf-16-le"), 1, 2),
        (b"scheme: x\ntitle: a\x00b\n", 2, 9),
        ("scheme: x\ntitle: a\u202eb\n".encode(), 2, 9),
        ("scheme: x\ntitle: a\u200fb\n".encode(), 2, 9),
        ("scheme: x\ntitle: a\u2066b\n".encode(), 2, 9),
        (b"scheme: x\ntitle: a\x1b[31mb\n", 2, 9),
        ("scheme: x\ntitle: a\u0085b\n".encode(), 2, 9),
        (b"scheme: x\ntitle: \xed\xa0\x80\n", 2, 8),
    ],
)
def test_what_is_not_plain_utf_8_text_is_refused_with_its_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    (problem,) = bytes_refused(tmp_path, data).problems
    assert problem.message.key in ("source.not_utf8", "source.control_character")
    assert (problem.mark.line, problem.mark.column) == (line, column)


@rows("escape", ["\\0", "\\e[31m", "\\u202e", "\\x85", "\\uFEFF"])
def test_an_escape_brings_in_nothing_that_may_not_stand_in_a_file(escape: str) -> None:
    error = refused(
        f'notice: ▸"a{escape}b"\ncategories:\n' + category("A", figure("a").replace("t,", f'{{en: ▸"x{escape}"}},'))
    )
    assert keys(error) == ["source.control_character"] * 2


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    text = HEADER + "categories:\n" + category("A", figure("a"))
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert list(read_scheme(path).criteria) == ["a"]


@pytest.mark.slow
def test_ten_thousand_criteria_are_refused_within_moments() -> None:
    text = HEADER + "categories:\n" + category("A", "".join(f"- {{id: c{i}, points: x}}\n" for i in range(10_000)))
    with within(2), pytest.raises(BadFile) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line) == ("reading.too_many_criteria", 6)


@pytest.mark.slow
def test_two_thousand_criteria_are_read() -> None:
    text = HEADER + "categories:\n" + category("A", "".join(figure(f"c{i}", 1) for i in range(2_000)))
    with within(2):
        assert len(read(text).criteria) == 2_000


def test_the_files_of_a_scheme_have_a_size_together(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(HEADER + "categories: [A]\n", encoding="utf-8")
    for number in range(6):
        (tmp_path / f"c{number}.yaml").write_text("#" * (1 << 20), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_scheme(tmp_path)
    assert caught.value.message.key == "source.too_large"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.mkdir(),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.symlink_to(path),
    ],
)
def test_what_is_not_a_file_is_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "scheme.yaml"
    make(path)
    with pytest.raises(BadInput):
        read_scheme(path)


def test_a_path_that_no_file_can_have_is_refused() -> None:
    for path in ("no such file.yaml", "a\x00b", "x" * 5000):
        with pytest.raises(BadInput):
            read_scheme(Path(path))


# -- a folder ----------------------------------------------------------------------------------------------------


def folder_of(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def category_file(identifier: str, criterion: str) -> str:
    return f"category: {identifier}\ntitle: t\ncriteria:\n{figure(criterion)}"


def test_a_folder_holds_one_file_a_category_of_any_name_in_the_order_of_the_header(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [B, A]", zz=category_file("B", "b"), any=category_file("A", "a"))
    assert [group.category for group in read_scheme(tmp_path).categories] == ["B", "A"]


def test_the_names_of_files_and_their_order_in_the_folder_never_matter(tmp_path: Path) -> None:
    hashes = []
    for first, second in (("a", "b"), ("z", "y")):
        folder = tmp_path / first
        folder.mkdir()
        files = {first: category_file("A", "a"), second: category_file("B", "b")}
        hashes.append(read_scheme(folder_of(folder, scheme=f"{HEADER}categories: [A, B]", **files)).sha256)
    assert hashes[0] == hashes[1]


def test_a_folder_and_one_file_with_the_same_content_are_the_same_scheme(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [A]", wat=category_file("A", "a"))
    assert read_scheme(tmp_path).sha256 == read(HEADER + "categories:\n" + category("A", figure("a"))).sha256


def test_a_category_without_a_file_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [WATR]", wat=category_file("WATER", "a"))
    with pytest.raises(BadFile) as caught:
        read_scheme(tmp_path)
    problem = caught.value.problems[0]
    assert problem.message.key == "reading.no_category_file"
    assert (problem.mark.line, problem.mark.column) == (5, 14)
    assert problem.hint is not None


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..", "a/b", "wat.yaml", "C:\\x"])
def test_a_category_is_never_a_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yaml").write_text(category_file("A", "a"), encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    folder_of(inner, scheme=f"{HEADER}categories: ['{name}']")
    with pytest.raises(BadFile) as caught:
        read_scheme(inner)
    assert keys(caught.value) == ["reading.no_category_file"]


def test_a_link_that_leads_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(category_file("A", "a"), encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    folder_of(inner, scheme=f"{HEADER}categories: [A]")
    (inner / "a.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(BadFile) as caught:
        read_scheme(inner)
    assert keys(caught.value) == ["reading.outside_folder"]


def test_a_header_that_is_a_link_outside_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(f"{HEADER}categories: [A]", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    folder_of(inner, a=category_file("A", "a"))
    (inner / "scheme.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(BadInput):
        read_scheme(inner)


def test_two_files_of_one_category_are_an_error(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [A]", one=category_file("A", "a"), two=category_file("A", "b"))
    with pytest.raises(BadFile) as caught:
        read_scheme(tmp_path)
    assert keys(caught.value) == ["validation.id_twice"]
    assert caught.value.problems[0].mark.file.endswith("two.yaml")


def test_a_file_that_no_category_names_is_an_error(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [A]", one=category_file("A", "a"), two=category_file("B", "b"))
    with pytest.raises(BadFile) as caught:
        read_scheme(tmp_path)
    assert keys(caught.value) == ["reading.not_listed"]


def test_a_file_without_a_category_is_an_error(tmp_path: Path) -> None:
    folder_of(tmp_path, scheme=f"{HEADER}categories: [A]", one=category_file("A", "a"), two="title: x\n")
    with pytest.raises(BadFile) as caught:
        read_scheme(tmp_path)
    assert keys(caught.value) == ["reading.no_category_key"]


def test_errors_of_several_files_are_shown_at_once_each_with_its_file(tmp_path: Path) -> None:
    bad = category_file("A", "a").replace("points: 10", "points: ten")
    folder_of(tmp_path, scheme=f"{HEADER}categories: [A]\nvalid_months: x\n", one=bad)
    with pytest.raises(BadFile) as caught:
        read_scheme(tmp_path)
    assert [Path(problem.mark.file).name for problem in caught.value.problems] == ["one.yaml", "scheme.yaml"]


def test_a_folder_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_scheme(tmp_path)


@pytest.mark.slow
def test_ten_thousand_unknown_keys_are_told_soon() -> None:
    with within(1):
        error = refused("".join(f"pionts{number}: 1\n" for number in range(10_000)))
        assert error.problems[0].hint is None
    assert len(error.problems) == 50
