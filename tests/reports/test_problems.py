"""Problems of files as lines."""

from greenstar.errors import BadFile, Mark, Problem
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.problems import problem_lines


def lines(text: str, column: int) -> list[str]:
    problem = Problem(Mark("f.yaml", 1, column), "k", Phrase("source.empty"))
    return list(problem_lines(BadFile([problem], {"f.yaml": [text]}), Catalogue("en")))


def test_the_caret_stands_under_the_place() -> None:
    assert lines("  a: b", 6) == ["f.yaml:1:6: k: the file is empty", "  a: b", "     ^", "1 error"]


def test_the_caret_counts_wide_characters_twice_and_tabs_as_shown() -> None:
    assert lines("水: b", 4)[2] == "      ^"
    assert lines("a:\tb", 4)[1:3] == ["  a:    b", "        ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = lines("x" * 300 + "HERE" + "y" * 300, 301)
    assert len(shown[1]) <= 102
    assert shown[1][len(shown[2]) - 1 :].startswith("HERE")


def test_a_place_beyond_the_file_shows_no_line() -> None:
    assert lines("", 9)[1:] == ["  ", "  ^", "1 error"]
    problem = Problem(Mark("f.yaml", 9, 1), "", Phrase("source.empty"))
    assert list(problem_lines(BadFile([problem], {"f.yaml": ["x"]}), Catalogue("en"))) == [
        "f.yaml:9:1: the file is empty",
        "1 error",
    ]


def test_escapes_never_reach_the_terminal() -> None:
    assert "\x1b" not in "".join(lines("a\x1b[31m: b", 1))
