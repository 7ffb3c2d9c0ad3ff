"""Help: one screen, an example, both languages."""

import pytest

from greenstar.cli.framework.declaring import LazyGroup
from greenstar.cli.root import COMMANDS
from greenstar.text import cell_width
from tests.cli.conftest import Greenstar

STORES = ("add", "edit", "list", "show", "import")
PAGES = [(), *((name,) for name in COMMANDS), *(("stores", name) for name in STORES)]
ROWS, COLUMNS = 24, 80


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_help_fits_a_screen_and_has_an_example(greenstar: Greenstar, page: tuple[str, ...], language: str) -> None:
    done = greenstar(*page, "--help", "--lang", language)
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert len(lines) <= ROWS
    assert [line for line in lines if cell_width(line) > COLUMNS] == []
    assert any(line.startswith("  greenstar ") for line in lines)
    assert ("用法：" in done.out) is (language == "zh")


def test_the_first_page_names_every_command_and_shell_completion(greenstar: Greenstar) -> None:
    page = greenstar("--help").out
    assert [name for name in COMMANDS if name not in page] == []
    assert "_GREENSTAR_COMPLETE=bash_source" in page
    for option in ("--db", "--scheme", "--cycle", "--assessor", "--lang"):
        assert option in page


def test_a_group_names_its_commands_and_alone_is_asked_wrongly(greenstar: Greenstar) -> None:
    page = greenstar("stores", "--help").out
    assert all(f"  {name} " in page for name in STORES)
    done = greenstar("stores")
    assert (done.code, done.out, done.err) == (2, "", page)


def test_help_follows_the_locale(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "用法：" in greenstar("--help").out
    assert "Usage:" in greenstar("--help", "--lang=en").out


def test_commands_complete_in_a_shell(process: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_GREENSTAR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "greenstar re")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert process().out.split() == ["plain,record", "plain,reopen"]


def test_every_place_of_a_command_is_one() -> None:
    for group in (COMMANDS, LazyGroup("x", COMMANDS, about="", examples=()).places):
        assert all(place.startswith("greenstar.cli.") and ":" in place for place in group.values())
