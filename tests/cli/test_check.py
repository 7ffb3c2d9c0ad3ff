"""`greenstar check`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Greenstar
from tests.rows import rows

SchemeFile = Callable[..., Path]


@pytest.mark.slow
def test_the_shipped_scheme_is_well_and_its_examples_come_to_what_they_expect(greenstar: Greenstar) -> None:
    done = greenstar("check", "--json")
    assert done.code == 0
    (scheme,) = json.loads(done.out)["schemes"]
    assert scheme["ok"]
    assert scheme["errors"] == scheme["warnings"] == []
    assert len(scheme["examples"]) == 6
    assert all(example["ok"] and not example["differences"] for example in scheme["examples"])
    assert [level["id"] for level in scheme["levels"] if level["reachable"]] == ["star-1", "star-2", "star-3"]
    assert done.err == ""


@rows(
    ("part", "becomes", "place", "key", "said"),
    [
        ("points", "pionts: 3", (14, 9), "pionts", "did you mean points?"),
        ("points", 'points: "3"', (14, 17), "points", "in quotes"),
        ("points", "points: no", (14, 17), "points", "found no"),
        ("points", "points: 2", (19, 76), "at_least", "3 points are not within 0 and 2"),
        ("title", "{en: Small}", (3, 8), "title", "missing in zh"),
        ("applies", "applies_if: has_wsh", (15, 21), "applies_if", "did you mean has_wash?"),
        ("applies", "applies_if: has_wash && true", (15, 30), "applies_if", "write and"),
        ("applies", "applies_if: fresh > 60%", (15, 29), "applies_if", "write 0.6"),
        ("second", "{id: A, title: B, points: 1, type: boolean, ask: x}", (20, 14), "id", "used twice; first in"),
        ("second", "{id: B, title: B, points: 1, type: boolan, ask: x}", (20, 44), "type", "did you mean boolean?"),
        ("values", "values: {a: {of: b, title: A}, b: {of: a, title: B}}", (7, 13), "a", "in a circle: "),
        ("values", "values: [1]", (7, 9), "values", "expected keys with values, found a list"),
        ("values", "values: &x {}", (7, 9), "", "anchors and aliases"),
    ],
)
def test_an_error_is_told_with_its_file_line_column_and_key(
    greenstar: Greenstar,
    scheme_file: SchemeFile,
    *,
    part: str,
    becomes: str,
    place: tuple[int, int],
    key: str,
    said: str,
) -> None:
    line, column = place
    path = scheme_file(**{part: becomes})
    done = greenstar("check", path, "--json")
    assert done.code == 1
    (scheme,) = json.loads(done.out)["schemes"]
    assert not scheme["ok"]
    first = scheme["errors"][0]
    assert (first["file"], first["line"], first["column"], first["key"]) == (str(path), line, column, key)
    shown = greenstar("check", path)
    assert shown.code == 1
    assert f"{path}:{line}:{column}: {key + ': ' if key else ''}" in shown.out
    assert said in shown.out
    assert shown.err == ""


def test_all_errors_are_told_at_once_in_either_language(greenstar: Greenstar, scheme_file: SchemeFile) -> None:
    path = scheme_file(points="pionts: 3", title="{zh: 小}", second="{id: B}")
    done = greenstar("--lang", "zh", "check", path)
    assert "缺少 en 的文字" in done.out
    assert "是否想写 points？" in done.out
    assert "缺少键 title" in done.out
    assert done.out.endswith("处错误\n")


def test_the_offending_line_is_shown_with_a_caret_under_the_place(
    greenstar: Greenstar, scheme_file: SchemeFile
) -> None:
    path = scheme_file(fact="has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}, 单位: x}")
    lines = greenstar("check", path).out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{path}:6:"))
    assert lines[at + 1] == "  has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}, 单位: x}"
    # Three Chinese characters stand before it, each two cells wide.
    assert lines[at + 2] == " " * (2 + lines[at + 1].index("单位") - 2 + 3) + "^"


def test_at_most_fifty_errors_are_told(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("".join(f"wrong_{number}: 1\n" for number in range(80)), encoding="utf-8")
    done = greenstar("check", path)
    assert done.code == 1
    assert done.out.count(f"{path}:") == 50


def test_an_example_that_comes_to_something_else_is_an_error(
    greenstar: Greenstar, scheme_file: SchemeFile, tmp_path: Path
) -> None:
    path = scheme_file()
    examples = tmp_path / "examples"
    examples.mkdir()
    (examples / "a.yaml").write_text(
        "scheme: small\nstore: {code: X-1, facts: {has_wash: true}}\nanswers: {fresh: 1, total_water: 10, B: true}\n"
        "expect: {total: 3, level: null, criteria: {A: 3}}\n",
        encoding="utf-8",
    )
    done = greenstar("check", path, "--json")
    assert done.code == 1
    (scheme,) = json.loads(done.out)["schemes"]
    (example,) = scheme["examples"]
    assert [(mismatch["subject"], mismatch["expected"], mismatch["actual"]) for mismatch in example["differences"]] == [
        ("total", 3, 4),
        ("level", None, "one"),
    ]
    assert "total: expected 3, comes to 4" in greenstar("check", path).out


def test_an_example_with_an_unknown_question_is_an_error(
    greenstar: Greenstar, scheme_file: SchemeFile, tmp_path: Path
) -> None:
    path = scheme_file()
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "a.yaml").write_text("store: {code: X}\nanswers: {frseh: 1}\n", encoding="utf-8")
    done = greenstar("check", path)
    assert done.code == 1
    assert "there is no question frseh" in done.out
    assert "did you mean fresh?" in done.out


@pytest.mark.parametrize("name", ["missing.yaml", ".", "nul\0byte"])
def test_a_scheme_that_cannot_be_opened_is_bad_input(greenstar: Greenstar, tmp_path: Path, name: str) -> None:
    done = greenstar("check", f"{tmp_path}/{name}")
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


def test_a_file_that_is_not_utf8_is_an_error_with_its_place(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("scheme: x\ntitle: 水资源".encode("gbk"))
    done = greenstar("check", path)
    assert done.code == 1
    assert f"{path}:2:10: the file is not UTF-8" in done.out


def test_a_scheme_that_cannot_be_opened_hides_none_of_the_others(
    greenstar: Greenstar, scheme_file: SchemeFile, tmp_path: Path
) -> None:
    well, large, lost = scheme_file(), tmp_path / "large.yaml", tmp_path / "lost.yaml"
    large.write_text("#" * (1 << 20) + "\n", encoding="utf-8")
    done = greenstar("check", large, well, lost)
    assert done.code == 2
    assert f"✓ {well}: " in done.out
    assert [line.partition(" ")[0] for line in done.err.splitlines()] == [str(large), str(lost)]
    done = greenstar("check", large, well, lost, "--json")
    assert done.code == 2
    schemes = json.loads(done.out)["schemes"]
    assert [scheme["ok"] for scheme in schemes] == [False, True, False]
    assert schemes[0]["errors"][0]["file"] == str(large)
    assert "1 MiB" in schemes[0]["errors"][0]["message"]
