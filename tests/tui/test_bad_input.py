"""What nobody should paste, send or do: it is said in a sentence, nothing that is typed is lost, and nothing ends."""

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from greenstar.assessment.number_readings import number_readings, plain_signs
from greenstar.errors import StorageError
from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes, run
from greenstar.tui.app import GreenStarApp
from greenstar.tui.common.field_input import CELLS, FieldInput
from greenstar.tui.common.pasting import MOST_PASTED, taken_by
from greenstar.tui.evidence import screen as evidence_screen
from greenstar.tui.findings import finding_rows
from tests.sql import database_of, path_of
from tests.tui.conftest import Open
from tests.tui.driver import Driver

HOSTILE = "a\x00\x1b[2Jb\u202ec\ud800 [/x] \x9bd\x7f"


async def paste(driver: Driver, text: str) -> None:
    """Paste as a terminal does."""
    driver.app.post_message(Paste(text))
    await driver.rest()


def unseen(text: str) -> list[str]:
    """The characters of a text that a terminal would obey, or could not show."""
    return [character for character in text if character != "\n" and unicodedata.category(character) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        (HOSTILE, "a[2Jbc [/x] d", "a[2Jbc [/x] d"),
        (" one\r\n\ntwo\u2028three\tx\n", "one two three x", " one\n\ntwo\nthree\tx\n"),
        ("\x00", "", ""),
        ("\n", "", "\n"),
        (" a ", " a ", " a "),
        ("👨\u200d👩 上海 שלום", "👨\u200d👩 上海 שלום", "👨\u200d👩 上海 שלום"),
    ],
)
def test_only_what_can_be_seen_is_pasted_and_no_line_is_lost(text: str, line: str, lines: str) -> None:
    assert taken_by(Input(), text) == line
    assert taken_by(TextArea(), text) == lines


def test_no_more_is_pasted_than_a_field_could_keep() -> None:
    assert len(taken_by(TextArea(), "x" * 1_000_000)) == MOST_PASTED
    assert taken_by(Input(max_length=2), "defgh") == "de"


@pytest.mark.parametrize("text", ["12\n345\n", "12\t345", "12\r\n\r\n345", "\t12 \u2028 345"])
def test_cells_that_are_pasted_never_become_one_figure(text: str) -> None:
    for_one_figure = FieldInput()
    for_one_figure.between = CELLS
    assert taken_by(for_one_figure, text) == "12 | 345"
    assert taken_by(for_one_figure, text.replace("345", "")).strip() == "12"
    assert not number_readings(plain_signs("12 | 345"))


async def a_column_of_cells_is_refused_in_a_field_for_a_figure(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u")
    await paste(driver, "12\n345\n")
    await driver.press("enter")
    assert "expected a number in plain digits, found 12 | 345" in driver.said
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 1680


async def hostile_text_and_a_novel_are_pasted_into_a_visit(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u")
    await paste(driver, HOSTILE)
    assert driver.field("wash_total_m3").editor.value == "a[2Jbc [/x] d"  # type: ignore[union-attr]
    assert not unseen(driver.shown)
    await driver.press("f4")
    await paste(driver, "novel " * 200_000)
    assert "1,200,000 characters were pasted" in driver.shown
    await driver.press("enter")
    assert "20000 characters are too many; at most 10000" in driver.shown
    await driver.press("escape")
    visit = open_visit(workspace, "WX-001")
    kept = drafts.kept(workspace, "WX-001", visit.assessment.id)
    assert kept["exemption:WAT-06"].startswith("novel novel")
    assert not visit.visit.not_applicable


def test_a_screen_that_broke_is_no_success(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GreenStarApp, "run", lambda self: setattr(self, "_return_code", 1))
    with pytest.raises(SystemExit) as caught:
        run(workspace, "en")
    assert caught.value.code == 1


async def a_database_that_cannot_be_read_is_told_wherever_it_happens(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise StorageError("storage.damaged", file="greenstar.db")

    with monkeypatch.context() as patched:
        patched.setattr(finding_rows, "findings_of", damaged)
        await driver.press("f6")
        assert "greenstar.db is damaged" in driver.shown
    await driver.press("escape")
    assert driver.visit.criterion


async def a_visit_that_was_handed_in_elsewhere_is_read_only_wherever_one_stands(
    driver: Driver, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_screen, "LOOK_SECONDS", 60.0)  # it is not seen before the attempt
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"a photograph")
    await driver.open_visit("WX-001")
    await driver.press("f5")
    with Workspace.open(path_of(workspace), cycle="2026", assessor="Bob") as other:
        submit(other, "WX-001")
    await paste(driver, str(photo))
    await driver.press("enter")
    await driver.until(lambda: "no draft any more" in driver.shown and "read only" in driver.shown)


async def a_store_whose_facts_were_kept_otherwise_by_another_program_opens(
    driver: Driver, workspace: Workspace
) -> None:
    with closing(sqlite3.connect(path_of(workspace))) as other, other:
        other.execute("UPDATE fact SET value = '[1, \"x\"]' WHERE store = 'HF-002'")
        of_store = "assessment IN (SELECT id FROM assessment WHERE store = 'HF-002')"
        other.execute(f"UPDATE visit_fact SET value = '[1, \"x\"]' WHERE {of_store}")
    driver.host.show(routes.STORE, driver.host.workspace, "HF-002")
    await driver.rest()
    assert "facts are still open" in driver.shown
    await driver.press("y")
    assert open_visit(workspace, "HF-002").visit.facts


async def test_what_nobody_should_paste_or_do_is_said_in_a_sentence(
    screen: Open, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with screen("WX-001") as driver:
        await a_column_of_cells_is_refused_in_a_field_for_a_figure(driver, workspace)
        await hostile_text_and_a_novel_are_pasted_into_a_visit(driver, workspace)
        await a_database_that_cannot_be_read_is_told_wherever_it_happens(driver, monkeypatch)
        await a_store_whose_facts_were_kept_otherwise_by_another_program_opens(driver, workspace)
        await a_visit_that_was_handed_in_elsewhere_is_read_only_wherever_one_stands(
            driver, workspace, tmp_path, monkeypatch
        )


async def test_text_of_a_database_from_elsewhere_is_shown_and_not_obeyed(screen: Open, workspace: Workspace) -> None:
    evil = "\x1b]52;c;aGk=\x07\x1b]0;title\x1b\\\x9b31m\u202egpj"
    database_of(workspace).execute("UPDATE store SET name = ?, region = ?", (f"N{evil}", f"R{evil}"))
    database_of(workspace).execute("UPDATE note SET text = ?", (f"note{evil}",))
    database_of(workspace).execute("UPDATE assessment SET assessor = ?", (f"A{evil}",))
    async with screen() as driver:
        assert "N·]52;c;aGk=·" in driver.shown
        assert not unseen(driver.shown)
        await driver.press("enter")
        assert not unseen(driver.shown)
        await driver.open_visit("WX-001")
        assert not unseen(driver.shown)
