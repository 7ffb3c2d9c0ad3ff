"""Journeys in a real terminal, as an assessor walks them."""

import os
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Answer
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Terminal, wait_for_the_end
from tests.e2e.typed_visit import keys_by_place


def test_a_whole_visit(open_terminal: OpenTerminal, unvisited_store: str, home: Path, tmp_path: Path) -> None:
    photo = tmp_path / "meter 读数.jpg"
    photo.write_bytes(b"a photograph")
    terminal = open_terminal(80, 24)
    terminal.start("assess", unvisited_store)
    _answer_in_three_places(terminal)
    _attach(terminal, photo)
    _find(terminal)
    terminal.press("M-z")
    terminal.wait_for("Taken back", "pole lamps unshielded")
    terminal.press("M-y")
    terminal.wait_for("Done again", "pole lamps unshielded", "❖")
    _half_type(terminal, home)
    terminal.kill_program()
    terminal.close()
    _told_to_end_while_typing(open_terminal)

    again = open_terminal(80, 24)
    again.start()
    again.wait_for("goes on at MGT-03", "1234x5", "expected a number")
    again.press("C-u")
    again.type("12")
    again.press("Enter")
    again.wait_for(" 12   ", "grid", gone="1234x5")
    _hand_in(again)
    again.press("C-q")
    assert again.exit_code() == 0

    once_more = open_terminal(80, 24)
    once_more.start(before="trap '' HUP")  # it is not told that its terminal is gone
    once_more.wait_for(unvisited_store, "submitted", "Search")  # left and not cut off: the list comes first
    program = once_more.program()
    once_more.close()
    wait_for_the_end(program)


def _told_to_end_while_typing(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal(80, 24)
    terminal.start()
    terminal.wait_for("goes on at MGT-03", "1234x", "expected a number")
    terminal.rest()
    terminal.type("5")  # the cursor is in that very field, after what was typed
    terminal.wait_for("1234x5")
    assert {"alternate_on", "mouse_any_flag"} <= terminal.modes()
    terminal.kill_program(signal.SIGTERM)
    assert terminal.exit_code() == 128 + signal.SIGTERM
    assert not terminal.modes()


def _answer_in_three_places(terminal: Terminal) -> None:
    terminal.wait_for("MGT-P1", "Permits in order")
    terminal.type("y")
    terminal.wait_for("● yes")
    terminal.press("Enter")  # on to the second question, however slow the machine is
    terminal.type("y")
    terminal.wait_for("1/13")
    _go_to(terminal, "quantified yearly", "signed policy")
    terminal.type("3")
    terminal.wait_for("2 of 2")
    _go_to(terminal, "WAT-P1", "Does a meter measure")
    terminal.type("y")
    terminal.wait_for("● yes")


def _go_to(terminal: Terminal, words: str, shows: str) -> None:
    terminal.press("F9")
    terminal.wait_for("Find")
    terminal.type(words)
    terminal.press("Enter")
    terminal.wait_for(shows)


def _attach(terminal: Terminal, photo: Path) -> None:
    terminal.press("F5")
    terminal.wait_for("Nothing is attached yet")
    terminal.type(str(photo.with_name("met")))
    terminal.press("Tab")
    terminal.wait_for("读数.jpg")
    terminal.press("Enter")
    terminal.wait_for("is attached", "SHA-256", "12 B")
    terminal.press("Escape")
    terminal.wait_for("Does a meter measure", gone="SHA-256")


def _find(terminal: Terminal) -> None:
    terminal.press("F6")
    terminal.wait_for("No finding at")
    terminal.press("M-a")
    terminal.wait_for("a new finding")
    terminal.type("2")
    terminal.press("Enter")
    terminal.type("pole lamps unshielded")
    terminal.press("Enter")
    terminal.type("shields")
    terminal.press("Enter", "Enter")
    terminal.type("+30")
    terminal.press("Enter", "Enter")
    terminal.wait_for("pole lamps unshielded", "Closes it: shields", gone="a new finding")
    terminal.press("Escape")
    terminal.wait_for("Does a meter measure", gone="Closes it")


def _half_type(terminal: Terminal, home: Path) -> None:
    _go_to(terminal, "MGT-03", "Months")
    terminal.press("Tab")
    terminal.type("1234x")
    terminal.wait_for("1234x", "expected a number")
    with closing(sqlite3.connect(home / "greenstar.db")) as database:
        terminal.wait(lambda _: ("1234x",) in database.execute("SELECT text FROM draft").fetchall())


def _hand_in(terminal: Terminal) -> None:
    terminal.press("F12")
    terminal.wait_for("Before you leave")
    terminal.press("F12")
    terminal.wait_for("will be sealed")
    terminal.press("y")
    terminal.wait_for("submitted")


def test_who_the_assessor_is_is_asked_once_the_tour_is_left_and_a_first_store_made_by_keyboard(
    open_terminal: OpenTerminal, home: Path, tmp_path: Path
) -> None:
    (home / "config.toml").unlink()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    terminal = open_terminal(100, 30, TMPDIR=str(temporary))
    terminal.start()
    terminal.wait_for("Your name")
    terminal.type("李评审")
    terminal.press("Enter")
    terminal.wait_for("Where to begin")
    terminal.type("3")
    terminal.wait_for("Tour 1/", "HF-002")
    assert [folder.name for folder in temporary.glob("greenstar-tour-*")]
    terminal.press("Escape")
    terminal.wait_for("Where to begin")
    assert list(temporary.glob("greenstar-tour-*")) == []
    terminal.press("M-a")
    terminal.wait_for("Code")
    for word in ("WX-009", "[Wuxi] 上海 store", "Wuxi", "East"):
        terminal.type(word)
        terminal.press("Enter")
    terminal.wait_for("WX-009", "[Wuxi] 上海 store", "sell new")
    terminal.press("F3")
    terminal.wait_for("本店址是否设有新车展厅")
    terminal.press("C-q")
    assert terminal.exit_code() == 0
    assert "李评审" in (home / "config.toml").read_text(encoding="utf-8")


def test_a_small_window_says_what_it_needs_and_loses_nothing(open_terminal: OpenTerminal, unvisited_store: str) -> None:
    terminal = open_terminal(40, 10)
    terminal.start("assess", unvisited_store)
    terminal.wait_for("60")
    terminal.press("C-q")
    assert terminal.exit_code() == 0


def test_a_window_of_60_by_20_is_enough(open_terminal: OpenTerminal, unvisited_store: str) -> None:
    terminal = open_terminal(60, 20)
    terminal.start("assess", unvisited_store)
    terminal.wait_for("MGT-P1", "y ○ yes", "f1 keys")
    terminal.press("C-q")
    assert terminal.exit_code() == 0


@pytest.mark.parametrize("environment", [{"TERM": "xterm"}, {"NO_COLOR": "1"}])
def test_the_screen_reads_without_colours_too(
    open_terminal: OpenTerminal, unvisited_store: str, environment: dict[str, str]
) -> None:
    terminal = open_terminal(80, 24, **environment)
    terminal.start("assess", unvisited_store)
    shown = terminal.wait_for("MGT-P1", "Permits in order", "f1")
    assert "y" in shown
    terminal.press("C-q")
    assert terminal.exit_code() == 0


@pytest.mark.slow
def test_a_visit_is_typed_ahead_and_no_key_is_lost(open_terminal: OpenTerminal, home: Path) -> None:
    """The first criteria of a visit of sixty; all of them with `make journey`, as each takes the program its time."""
    most = int(os.environ.get("JOURNEY_CRITERIA", "20"))
    (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / "wuxi.yaml", find_scheme)
    with Workspace.open(home / "greenstar.db", cycle="2026", assessor="A. Assessor") as workspace:
        record(workspace, replace(file, visit=replace(file.visit, answers={}, evidence={}, notes={}, findings=())))
    terminal = open_terminal(80, 24)
    terminal.start("assess", "WX-001")
    terminal.wait_for("MGT-P1", "Permits in order")
    terminal.rest()
    criteria = 0
    typed: Mapping[str, Answer] = {}
    for keys, walked, answered in keys_by_place(file.scheme, file.visit):
        if criteria >= most:
            break
        terminal.type(keys)  # all of a place at once, as fast as a terminal takes them
        _wait_for_answers(terminal, home, len(answered))
        criteria, typed = criteria + walked, answered
    terminal.press("C-q")
    assert terminal.exit_code() == 0
    assert criteria >= most
    with Workspace.open(home / "greenstar.db", cycle="2026", write=False) as workspace:
        assert open_visit(workspace, "WX-001").visit.answers == typed


@pytest.mark.slow
def test_a_visit_of_sixty_criteria_takes_at_most_nine_keys_a_criterion() -> None:
    (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / "wuxi.yaml", find_scheme)
    places = list(keys_by_place(file.scheme, file.visit))
    criteria = sum(walked for _, walked, _ in places)
    assert criteria == 60
    assert sum(len(keys) for keys, _, _ in places) / criteria <= 9
    assert places[-1][2] == file.visit.answers


def _wait_for_answers(terminal: Terminal, home: Path, count: int) -> None:
    with closing(sqlite3.connect(home / "greenstar.db")) as database:
        terminal.wait(lambda _: database.execute("SELECT count(*) FROM answer").fetchone() == (count,))


def test_keys_with_alt_work_from_within_a_text_field_and_when_held_down(
    open_terminal: OpenTerminal, unvisited_store: str
) -> None:
    terminal = open_terminal(80, 24)
    terminal.start()
    terminal.wait_for(unvisited_store, "Search")  # the cursor is in the field that searches
    terminal.press("M-r")
    terminal.wait_for("Ranking")
    terminal.press("Escape")
    terminal.wait_for("Search")
    terminal.press("F8")
    terminal.wait_for("MGT-P1", "Permits in order")
    _go_to(terminal, "MGT-03", "Months")
    terminal.press("M-g", "M-g", "M-g")
    terminal.wait_for("MGT-03 is flagged", "⚑", gone="^")
    terminal.press("M-f")
    terminal.wait_for("Visits")
    terminal.press("C-q")
    assert terminal.exit_code() == 0
