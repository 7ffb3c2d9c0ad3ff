"""Journeys in a real terminal, as an assessor walks them."""

import subprocess
import sys
from pathlib import Path

import pytest

from greenstar.resources import SHIPPED_SCHEME
from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import settings

STORE = "NB-006"


@pytest.fixture
def unvisited_store(home: Path) -> str:
    """A store whose facts are known, and nothing is answered."""
    example = SHIPPED_SCHEME / "examples" / "open.yaml"
    command = [sys.executable, "-m", "greenstar", "--cycle", "2026", "record", str(example)]
    subprocess.run(command, env=settings(home), check=True, capture_output=True)
    return STORE


def test_an_answer_is_saved_and_a_killed_program_comes_back_to_the_same_question(
    open_terminal: OpenTerminal, unvisited_store: str
) -> None:
    terminal = open_terminal(80, 24)
    terminal.start("assess", unvisited_store)
    terminal.wait_for("MGT-P1", "Permits in order")
    terminal.type("y")
    terminal.wait_for("(x) yes")
    terminal.press("Enter")  # on to the second question, however slow the machine is
    terminal.type("y")
    terminal.wait_for("1/13")
    terminal.press("F9")  # find a criterion by its words
    terminal.wait_for("Find")
    terminal.type("quantified yearly")
    terminal.press("Enter")
    terminal.wait_for("Environmental policy and quantified", "signed policy")
    terminal.type("3")
    terminal.wait_for("2 of 2")
    terminal.press("M-c")  # a key with alt is no letter, whatever has the focus
    terminal.wait_for("Scorecard", "2 of 59 criteria answered")
    terminal.press("Escape")
    terminal.wait_for("signed policy", gone="Scorecard")
    terminal.kill_program()
    terminal.close()

    again = open_terminal(80, 24)
    again.start()
    again.wait_for(unvisited_store)
    again.press("F8")  # the first line is where the last visit stopped
    again.wait_for("Environmental policy and quantified", "2 of 2", "2/13")
    again.press("C-q")
    assert again.exit_code() == 0


def test_who_the_assessor_is_is_asked_once_and_a_first_store_made_by_keyboard(
    open_terminal: OpenTerminal, home: Path
) -> None:
    (home / "config.json").unlink()
    terminal = open_terminal(100, 30)
    terminal.start()
    terminal.wait_for("Your name")
    terminal.type("李评审")
    terminal.press("Enter")
    terminal.wait_for("There is no store yet")
    terminal.press("F2")
    terminal.wait_for("Code")
    for word in ("WX-009", "[Wuxi] 上海 store", "Wuxi", "East"):
        terminal.type(word)
        terminal.press("Enter")
    terminal.wait_for("WX-009", "[Wuxi] 上海 store", "sell new")
    terminal.press("F3")
    terminal.wait_for("本店址是否设有新车展厅")
    terminal.press("C-q")
    assert terminal.exit_code() == 0
    assert "李评审" in (home / "config.json").read_text(encoding="utf-8")


def test_a_small_window_says_what_it_needs_and_loses_nothing(open_terminal: OpenTerminal, unvisited_store: str) -> None:
    terminal = open_terminal(40, 10)
    terminal.start("assess", unvisited_store)
    terminal.wait_for("60")
    terminal.press("C-q")
    assert terminal.exit_code() == 0


@pytest.mark.parametrize("more", [{"TERM": "xterm"}, {"NO_COLOR": "1"}])
def test_the_screen_reads_without_colours_too(
    open_terminal: OpenTerminal, unvisited_store: str, more: dict[str, str]
) -> None:
    terminal = open_terminal(80, 24, **more)
    terminal.start("assess", unvisited_store)
    shown = terminal.wait_for("MGT-P1", "Permits in order", "f1")
    assert "y" in shown
    terminal.press("C-q")
    assert terminal.exit_code() == 0


def test_a_key_with_alt_works_from_within_a_text_field(open_terminal: OpenTerminal, unvisited_store: str) -> None:
    terminal = open_terminal(80, 24)
    terminal.start()
    terminal.wait_for(unvisited_store, "Search")  # the cursor is in the field that searches
    terminal.press("M-r")
    terminal.wait_for("Ranking")
    terminal.press("C-q")
    assert terminal.exit_code() == 0
