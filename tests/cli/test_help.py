"""Help: one screen, an example, both languages."""

from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from greenstar.cli.commands.cycle.group import cycle
from greenstar.cli.commands.schemes.group import schemes
from greenstar.cli.commands.stores.group import stores
from greenstar.cli.commands.trust.group import trust
from greenstar.cli.framework.commands import LazyGroup
from greenstar.cli.framework.language import language_of
from greenstar.cli.root import root
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.text import cell_width
from tests.cli.conftest import Greenstar
from tests.rows import rows

PAGES = [
    *((), *((name,) for name in root.places)),
    *((group.name, name) for group in (stores, schemes, cycle, trust) for name in group.places),
]
ROWS, COLUMNS = 24, 80


@rows("language", ["en", "zh"])
@rows("page", PAGES)
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
    assert [name for name in root.places if name not in page] == []
    assert "_GREENSTAR_COMPLETE=bash_source" in page
    for option in ("--db", "--scheme", "--cycle", "--assessor", "--lang"):
        assert option in page


def test_a_group_names_its_commands_and_alone_is_asked_wrongly(greenstar: Greenstar) -> None:
    page = greenstar("stores", "--help").out
    assert all(f"  {name} " in page or f", {name} " in page or f"  {name}, " in page for name in stores.places)
    done = greenstar("stores")
    assert (done.code, done.out, done.err) == (2, "", page)


def test_help_follows_the_locale(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "用法：" in greenstar("--help").out
    assert "Usage:" in greenstar("--help", "--lang=en").out


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("locale", ["{code}", "{code}_XX.UTF-8", "{name}_Somewhere", "{name} (Simple)_Somewhere.936"])
def test_every_language_is_spoken_where_the_locale_names_it(
    monkeypatch: pytest.MonkeyPatch, locale: str, code: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale.format(code=code, name=LANGUAGES[code].name.capitalize()))
    assert language_of([]) == code


@pytest.mark.parametrize("locale", ["C", "POSIX", "nowhere_XX.UTF-8", "_", "."])
def test_the_first_language_is_spoken_where_the_locale_names_none(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert language_of([]) == next(iter(LANGUAGES))


def test_commands_complete_in_a_shell(process: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_GREENSTAR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "greenstar re")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert process().out.split() == ["plain,record", "plain,reopen", "plain,receipt", "plain,report", "plain,restore"]


def completions(typed: str) -> list[str]:
    """What a shell offers to complete what was typed."""
    words = typed.split(" ")
    complete = ShellComplete(root, {"obj": Session()}, "greenstar", "_GREENSTAR_COMPLETE")
    return [item.value for item in complete.get_completions(words[:-1], words[-1])]


@pytest.mark.usefixtures("wuxi_recorded")
def test_what_the_database_holds_completes_in_a_shell(greenstar: Greenstar) -> None:
    greenstar("stores", "add", "A-1", "--region", "North")
    expected = {
        "assess w": ["WX-001"],
        "submit ": ["A-1", "WX-001"],
        "stores show A": ["A-1"],
        "explain WX-001 wat-0": [f"WAT-0{number}" for number in range(1, 10)],
        "explain WX": ["WX-001", "WX"],  # the last asks the shell for files
        "rank --region ": ["East", "North"],
        "stores list --region e": ["East"],
        "rank --cycle ": ["2026"],
        "rank --scheme lead": ["leading-green-star", "lead"],
        "--scheme lead": ["leading-green-star", "lead"],
    }
    assert {typed: completions(typed) for typed in expected} == expected


def test_without_a_database_a_shell_completes_what_ships(greenstar: Greenstar, tmp_path: Path) -> None:
    expected = {
        "submit ": [],
        "rank --region ": [],
        "explain X WAT-P": ["WAT-P1", "WAT-P2"],
        "explain X WAT-P --scheme no-such": ["no-such"],
    }
    assert {typed: completions(typed) for typed in expected} == expected
    assert greenstar("--version").code == 0
    assert not (tmp_path / "home").exists()


@rows("group", [root, stores])
def test_every_place_of_a_command_is_one(group: LazyGroup) -> None:
    for name in group.places:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert command.name == name
