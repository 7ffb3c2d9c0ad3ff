"""`trust` and `sign`: whose signatures count, one's own key, and its passphrase."""

import json
import sys
from pathlib import Path

import click
import pytest

from greenstar.services.signing.signing import VARIABLE, own_key
from tests.cli.conftest import Greenstar
from tests.record.openssh_vectors import FINGERPRINT, LOCKED, PASSPHRASE, PRIVATE, PUBLIC


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits there, and answers these whenever a passphrase is asked for."""
    answers: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click.termui, "hidden_prompt_func", lambda _prompt: answers.pop(0))
    return answers


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """One's own key has a passphrase."""
    file = tmp_path / "home" / "signing_key"
    file.parent.mkdir(exist_ok=True)
    file.touch(0o600)
    file.write_text(LOCKED)
    return file


def test_what_one_prints_of_a_key_another_takes(greenstar: Greenstar, office: Greenstar, tmp_path: Path) -> None:
    made = greenstar("--assessor", "Ann, the Eye", "trust", "key")
    assert made.err.startswith("Your signing key was made: ")
    (tmp_path / "ann.txt").write_text(made.out, encoding="utf-8")
    assert office("trust", "list").err.startswith("Nobody's signatures count yet: ")
    added = office("trust", "add", tmp_path / "ann.txt", "--from", "2026-01-01", "--json")
    (listed,) = json.loads(office("trust", "list", "--json").out)["signers"]
    key = own_key()
    assert key is not None
    assert json.loads(added.out) == {name: listed[name] for name in ("names", "fingerprint", "key", "from", "until")}
    assert listed == {
        "names": ["Ann? the Eye"],
        "fingerprint": key.fingerprint,
        "key": key.line,
        "from": "2026-01-01T00:00:00+00:00",
        "until": None,
        "revoked": False,
        "own": False,
    }
    again = office("trust", "add", tmp_path / "ann.txt")
    assert (again.code, again.out) == (2, "")
    assert f"{key.fingerprint} is listed already, as Ann? the Eye in line 1." in again.err
    assert office("trust", "revoke", "Ann? the Eye", "--from", "2026-07-01").out == (
        f"Ann? the Eye: nothing counts that {key.fingerprint} signed on 2026-07-01 or after.\n"
    )
    assert "2026-07-01" in office("trust", "list").out
    assert json.loads(office("trust", "revoke", "Ann? the Eye", "--json").out)["from"] is None
    assert "revoked" in office("trust", "list").out
    assert office("trust", "remove", "Ann? the Eye").code == 0
    assert json.loads(office("trust", "list", "--json").out)["signers"][0]["revoked"] is True


def test_a_key_is_taken_from_where_it_is(greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FINGERPRINT in greenstar("trust", "add", PUBLIC).out
    assert "no file nowhere.pub" in greenstar("trust", "add", tmp_path / "nowhere.pub").err.replace(f"{tmp_path}/", "")
    (tmp_path / "key").write_bytes(b"\xff")
    assert greenstar("trust", "add", tmp_path / "key").code == 2
    (tmp_path / "key").write_text(PRIVATE)
    assert greenstar("trust", "add", tmp_path / "key").code == 2
    assert greenstar("trust", "remove", FINGERPRINT).code == 0
    monkeypatch.setattr(sys.stdin, "read", lambda _most: PUBLIC)
    assert FINGERPRINT in greenstar("trust", "add", "-").out


@pytest.mark.usefixtures("wuxi_recorded", "locked")
def test_a_script_without_the_passphrase_seals_unsigned_and_signs_later(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = greenstar("submit", "WX-001")
    assert (done.code, done.out.startswith("WX-001: submitted with a total of 90")) == (0, True)
    assert "The seal is unsigned: the signing key " in done.err
    assert "`greenstar sign WX-001` can sign it later." in done.err
    assert greenstar("sign", "WX-001").code == 2
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert json.loads(greenstar("sign", "WX-001", "--json").out)["documents"] == 1
    assert greenstar("sign", "WX-001").out == "WX-001: nothing of yours is unsigned.\n"


@pytest.mark.usefixtures("wuxi_recorded", "locked")
def test_at_a_terminal_the_passphrase_is_asked_for_and_asked_again(
    greenstar: Greenstar, at_a_terminal: list[str]
) -> None:
    at_a_terminal += ["wrong", PASSPHRASE]
    done = greenstar("submit", "WX-001", "--json")
    key = own_key()
    assert key is not None
    assert json.loads(done.out)["signed_by"] == key.fingerprint
    assert "this passphrase does not open" in done.err
    assert at_a_terminal == []


@pytest.mark.usefixtures("wuxi_recorded", "locked")
def test_whoever_gives_no_passphrase_goes_on_unsigned(greenstar: Greenstar, at_a_terminal: list[str]) -> None:
    at_a_terminal += [""]
    done = greenstar("submit", "WX-001", "--json")
    assert (done.code, json.loads(done.out)["signed_by"]) == (0, None)


def test_a_passphrase_is_changed_at_a_terminal_only(
    greenstar: Greenstar, locked: Path, at_a_terminal: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.record.private_key.Ed25519Key.written.__defaults__", ("", 1))
    at_a_terminal += [PASSPHRASE, "sesame", "seasme", "", ""]
    done = greenstar("trust", "key", "--passphrase")
    assert "These were not the same." in done.err
    assert f"The passphrase of {locked} was changed." in done.err
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert greenstar("trust", "key", "--passphrase").code == 2
    locked.chmod(0o640)
    refused = greenstar("trust", "key")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Your key cannot be used: the signing key ")
