"""`greenstar keys`: every key of the screen, as the settings file has it; and the language that the file sets."""

import json
from pathlib import Path

import pytest

from greenstar.i18n.catalogue import LANGUAGES
from greenstar.keys import ALL
from tests.cli.conftest import Greenstar


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of one's own."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path))
    file = tmp_path / "config.toml"
    file.write_text('language = "zh"\n[keys]\nnote = "alt+7"\nfind = "enter"\n', encoding="utf-8")
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_every_command_as_the_file_has_it_and_says_what_is_wrong_there(
    greenstar: Greenstar, language: str
) -> None:
    done = greenstar("--lang", language, "keys")
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert {command.name for command in ALL} <= lines.keys()
    assert "alt+7  ctrl+g 7" in lines["note"]
    assert "f9  ctrl+g 9" in lines["find"]
    assert "config.toml:4:8" in done.err


def test_json_has_the_same(greenstar: Greenstar) -> None:
    read = json.loads(greenstar("--lang", "en", "keys", "--json").out)
    note = next(entry for entry in read["commands"] if entry["command"] == "note")
    assert note == {
        "command": "note",
        "keys": ["alt+7", "ctrl+g 7"],
        "where": ["visit", "evidence", "closing_meeting"],
        "fixed": False,
        "does": "Write a note to this criterion",
    }
    assert read["leader"] == "ctrl+g"
    assert len(read["problems"]) == 1


def test_the_language_of_the_file_is_spoken_unless_a_call_names_another(greenstar: Greenstar) -> None:
    assert "按键" in greenstar("keys").out
    assert "what it does" in greenstar("--lang", "en", "keys").out
