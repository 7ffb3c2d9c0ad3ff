"""The settings file: what it may say, what is wrong in it and where, and what writing leaves as it stands."""

import errno
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from greenstar.errors import StorageError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.services.settings import settings
from greenstar.services.settings.settings import Settings, config_file, configured, keep, load_settings
from greenstar.services.settings.settings_file import ASSESSOR, EVIDENCE_FOLDER, LOOK, Setting
from tests.rows import rows

FULL = """\
# mine
look = "light"   # outdoors
assessor = "王工 [x]"
of_a_later_version = 5

[folders]
evidence = "~/Photos"

[keys]
note = "alt+7"
on = ["f8", "ctrl+g n"]
needs = "ctrl+g ]"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path))
    return tmp_path


def loaded(text: str | bytes) -> Settings:
    """What a file with this text says."""
    config_file().write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings()


def wrong(text: str | bytes) -> list[str]:
    """What is wrong in it, from the name of the file on."""
    said = [Catalogue("en").render(problem) for problem in loaded(text).problems]
    assert all(sentence.startswith(str(config_file())) for sentence in said)
    return [sentence.removeprefix(str(config_file().parent) + os.sep) for sentence in said]


def test_without_a_file_the_defaults_hold_and_nothing_is_wrong() -> None:
    assert load_settings() == Settings()
    assert (load_settings()[LOOK], load_settings()[ASSESSOR], configured("look")) == ("auto", "", None)


def test_a_file_says_looks_folders_and_keys() -> None:
    read = loaded(FULL)
    assert (read[LOOK], read[ASSESSOR], read[EVIDENCE_FOLDER]) == ("light", "王工 [x]", "~/Photos")
    assert read.keymap.pressed["note"] == "alt+7"
    known = "language, look, glyphs, assessor, sign, folders, keys"
    later = f"there is no setting of_a_later_version; there are {known}. It is left as it stands."
    assert Catalogue("en").render(read.problems[0]) == f"{config_file()}:4:1: {later}"


def test_a_key_after_the_leader_is_set_beside_the_key_pressed_alone() -> None:
    keymap = loaded(FULL).keymap
    on = keymap.after_leader("n")
    assert on is not None
    assert (on.name, keymap.shown(on)) == ("on", ("f8", "ctrl+g n"))
    needs = keymap.command_at("alt+n")
    assert needs is not None
    assert keymap.shown(needs) == ("alt+n", "ctrl+g ]")


def test_the_leader_itself_is_set() -> None:
    keymap = loaded('[keys]\nleader = "ctrl+t"\nnote = "ctrl+t n"\nneeds = "ctrl+t ]"\n').keymap
    assert (keymap.leader, keymap.pressed["note"]) == ("ctrl+t", "f7")
    assert [command.name for key in ("n", "right_square_bracket") if (command := keymap.after_leader(key))] == [
        "note",
        "needs",
    ]


def test_two_commands_may_change_places() -> None:
    read = loaded('[keys]\nnote = "f6"\nfindings = "f7"\n')
    assert not read.problems
    assert (read.keymap.pressed["note"], read.keymap.pressed["findings"]) == ("f6", "f7")


@rows(
    ("text", "place", "said"),
    [
        ('look = "dark"\nlook "light"\n', "2:6", "this is not TOML"),
        ('look = "da', "1:11", "this is not TOML"),
        ('\n look = "drak"', "2:9", "drak is none of auto, dark, light, contrast"),
        ("glyphs = 3", "1:10", "must be in quotes: glyphs"),
        ("lok = 1", "1:1", "there is no setting lok; look may be meant"),
        ("keys = 1", "1:8", "write [keys] on a line of its own"),
        ('[folders]\nevidense = ""', "2:1", "evidence may be meant"),
        ('[keys]\nnote = "f5"', "2:8", "f5 is the key of evidence already, so note keeps its own"),
        ('[keys]\nnote = "alt+7"\nfind = ["f9", "alt+7"]', "3:15", "alt+7 is the key of note already, so find keeps"),
        ('[keys]\nnote = "ctrl+g n"', "2:8", "ctrl+g n is the key of needs already"),
        ('[keys]\nnote = "Enter"', "2:8", "Enter types, edits or moves"),
        ('[keys]\nnote = "esc"', "2:8", "esc types, edits or moves"),
        ('[keys]\nnote = "n"', "2:8", "n types, edits or moves"),
        ('[keys]\nnote = "ctrl+e"', "2:8", "ctrl+e types, edits or moves"),
        ('[keys]\nnote = "f99"', "2:8", "f99 is no key; keys are written f7, alt+x, ctrl+t, ctrl+g x"),
        ('[keys]\nnote = "crtl+t"', "2:8", "crtl+t is no key"),
        ('[keys]\nnote = "ctrl+g f7"', "2:8", "after the leader comes one letter"),
        ('[keys]\nnote = ["f7", 3]', "2:8", "must be a text or a list of texts"),
        ('[keys]\nnota = "f7"', "2:1", "there is no command nota; note may be meant"),
        ('[keys]\nback = "f11"', "2:1", "back is always esc"),
        ('[keys]\nleader = "x"', "2:10", "x types, edits or moves"),
        ('[keys]\nleader = "f7"', "2:10", "f7 is the key of note already"),
        ("keys.note = 'f5'", "1:13", "f5 is the key of evidence"),
        (b'look = "dark"\n# caf\xe9', "2:6", "not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(text: str, place: str, said: str) -> None:
    sentences = wrong(text)
    assert len(sentences) == 1
    assert sentences[0].startswith(f"config.toml:{place}: ")
    assert said in sentences[0]


def test_what_is_wrong_leaves_the_rest_as_it_is_set_and_is_told_in_every_language() -> None:
    read = loaded('look = "drak"\nassessor = "Ada"\n[keys]\nnote = "enter"\nfind = "alt+7"\n')
    assert (read[LOOK], read[ASSESSOR]) == ("auto", "Ada")
    assert (read.keymap.pressed["note"], read.keymap.pressed["find"]) == ("f7", "alt+7")
    for language in LANGUAGES:
        assert all(":1:8" in text or ":4:8" in text for text in map(Catalogue(language).render, read.problems))


def test_what_is_wrong_is_told_in_the_order_of_the_file() -> None:
    assert [text.split(":")[1] for text in wrong('[keys]\nfind = "f5"\nnotee = "f7"\nback = "f9"\n')] == ["2", "3", "4"]


def test_a_file_that_is_none_or_cannot_be_read_says_so_and_the_defaults_hold(home: Path) -> None:
    config_file().mkdir()
    assert "no ordinary file" in Catalogue("en").render(load_settings().problems[0])
    config_file().rmdir()
    os.mkfifo(config_file())
    assert "no ordinary file" in Catalogue("en").render(load_settings().problems[0])
    config_file().unlink()
    assert "larger than 1,000,000 bytes" in wrong(b" " * 1_000_001)[0]
    assert "nested too deeply" in wrong("look = " + "[" * 5000)[0]
    assert home.exists()


def test_writing_keeps_comments_and_what_is_not_known() -> None:
    loaded(FULL)
    settings.configure("look", "dark")
    settings.configure("language", "zh")
    settings.keep(EVIDENCE_FOLDER, "/photos")
    settings.keep(Setting("note", table="keys"), None)
    text = config_file().read_text(encoding="utf-8")
    expected = FULL.replace('"light"', '"dark"').replace("~/Photos", "/photos").replace('note = "alt+7"\n', "")
    assert text == expected.replace("version = 5\n", 'version = 5\nlanguage = "zh"\n')


def test_a_broken_file_is_not_written_over() -> None:
    loaded("look = ")
    with pytest.raises(StorageError) as caught:
        settings.configure("look", "dark")
    assert "Mend it first" in Catalogue("en").render(caught.value.message)
    assert config_file().read_text(encoding="utf-8") == "look = "


@rows(("call", "number"), [("fsync", errno.ENOSPC), ("fsync", errno.EIO), ("open", errno.ENOSPC), ("open", errno.EIO)])
def test_settings_on_a_disk_that_fails_stay_as_they_were_and_it_is_a_sentence(call: str, number: int) -> None:
    loaded(FULL)

    def fails(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with patch(f"greenstar.storage.user_file.os.{call}", fails), pytest.raises(StorageError) as error:
        keep(LOOK, "dark")
    said = Catalogue("en").render(error.value.message)
    assert (said.count("\n"), str(config_file()) in said, os.strerror(number) in said) == (0, True, True)
    assert config_file().read_text(encoding="utf-8") == FULL
    assert [path.name for path in config_file().parent.iterdir()] == [config_file().name]
    keep(LOOK, "dark")
    assert load_settings()[LOOK] == "dark"


def test_what_older_versions_kept_counts_until_there_is_a_file(home: Path) -> None:
    for content in ("[]", "{", '{"assessor": 5}', '{"assessor": " "}', "\x00"):
        (home / "config.json").write_text(content, encoding="utf-8")
        assert configured("assessor") is None
    (home / "config.json").write_text('{"assessor": "Ada", "look": "black"}', encoding="utf-8")
    assert (configured("assessor"), configured("look")) == ("Ada", "black")
    settings.configure("language", "zh")
    assert (configured("assessor"), configured("language")) == ("Ada", "zh")


def test_without_greenstar_home_the_file_lies_where_the_system_keeps_configurations(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GREENSTAR_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "there"))
    assert config_file().name == "config.toml"
    assert config_file().is_absolute()
