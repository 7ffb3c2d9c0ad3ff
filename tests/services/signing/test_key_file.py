"""One's own key: made so that nobody else ever reads it, and refused in a sentence where somebody could."""

import errno
import os
import stat
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.record.public_key import PublicKey
from greenstar.record.signing import read_signature
from greenstar.services.settings.settings import keep
from greenstar.services.settings.settings_file import SIGNING
from greenstar.services.signing.key_file import CannotSign, key_file
from greenstar.services.signing.signing import VARIABLE, Signing, change_passphrase, own_key
from greenstar.services.trust.changes import revoke
from greenstar.services.trust.signer_files import revoked_file
from greenstar.services.trust.trust import load_trust
from tests.record.openssh_vectors import DOCUMENT, LOCKED, OTHER_KIND, PASSPHRASE, PRIVATE, PUBLIC, SIGNATURE
from tests.rows import rows


def put(content: str, mode: int = 0o600) -> None:
    """Lay a key where one's own lies."""
    file = key_file()
    file.parent.mkdir(0o700, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode)
    file.chmod(mode)
    file.write_text(content)


def why_not(signing: Signing | None = None) -> str:
    """Why nothing can be signed, as the key of its sentence."""
    with pytest.raises(CannotSign) as refused:
        (signing or Signing()).sign(DOCUMENT, "Ada")
    return refused.value.message.key


def test_the_first_signature_makes_a_key_for_its_owner_alone_and_lists_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modes: list[int] = []
    link = Path.hardlink_to

    def noticed(file: Path, part: Path) -> None:
        modes.append(part.stat().st_mode)
        link(file, part)

    monkeypatch.setattr(Path, "hardlink_to", noticed)
    before = os.umask(0)
    try:
        signing = Signing()
        signature = signing.sign(DOCUMENT, "Ada, A.")
    finally:
        os.umask(before)
    assert [signing.newly_made() for _ in range(2)] == [True, False]  # it is told once
    assert [stat.S_IMODE(mode) for mode in (*modes, key_file().stat().st_mode)] == [0o600, 0o600]
    assert [path.name for path in key_file().parent.iterdir() if path.name.startswith(".")] == []
    (listed,) = load_trust().signers
    assert (listed.key, listed.is_named("ada, a.")) == (signature.key, True)
    assert read_signature(signature.armour).holds(DOCUMENT)
    again = Signing()
    assert again.sign(DOCUMENT, "Ada, A.") == signature
    assert not again.newly_made()


def test_a_key_that_another_program_made_meanwhile_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(_file: Path, _part: Path) -> None:
        put(PRIVATE)
        raise FileExistsError

    monkeypatch.setattr(Path, "hardlink_to", link)
    assert Signing().sign(DOCUMENT, "Ada").armour == SIGNATURE


def test_a_disk_without_links_takes_a_key_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(_file: Path, _part: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", link)
    assert Signing().sign(DOCUMENT, "Ada").key == own_key()


@rows(
    ("content", "mode", "key"),
    [
        (PRIVATE, 0o644, "signing.readable_by_others"),
        (PRIVATE, 0o620, "signing.readable_by_others"),
        (PRIVATE[:150], 0o600, "signing.broken"),
        ("", 0o600, "signing.broken"),
        (PRIVATE * 400, 0o600, "signing.broken"),
        (OTHER_KIND, 0o600, "signing.other_kind"),
        (LOCKED, 0o600, "signing.passphrase_missing"),
    ],
)
def test_a_key_that_cannot_be_relied_on_is_refused_in_a_sentence(content: str, mode: int, key: str) -> None:
    put(content, mode)
    assert why_not() == key
    assert key_file().read_text() == content


def test_a_key_of_somebody_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    put(PRIVATE)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert why_not() == "signing.somebody_elses"


def test_a_folder_in_the_place_of_the_key_is_no_key() -> None:
    key_file().mkdir(parents=True)
    assert why_not() == "signing.broken"


def test_a_key_on_a_disk_that_is_not_there_now_is_told_and_none_is_made_in_its_place(tmp_path: Path) -> None:
    key_file().parent.mkdir(0o700, exist_ok=True)
    key_file().symlink_to(tmp_path / "stick" / "key")
    assert why_not() == "signing.leads_nowhere"
    assert not key_file().exists()


def test_a_disk_that_takes_no_key_is_told_and_nothing_of_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert why_not() == "signing.cannot_make"
    assert list(key_file().parent.iterdir()) == []


def test_where_signing_is_switched_off_no_key_is_made() -> None:
    keep(SIGNING, "off")
    assert why_not() == "signing.switched_off"
    assert not key_file().exists()


def test_a_library_that_cannot_be_loaded_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    assert why_not() == "signing.no_library"


def test_a_locked_key_waits_for_its_passphrase_and_signs_for_the_rest_of_the_sitting() -> None:
    put(LOCKED)
    signing = Signing()
    assert signing.waits_for_passphrase
    with pytest.raises(CannotSign) as refused:
        signing.unlock("wrong")
    assert refused.value.message.key == "signing.wrong_passphrase"
    signing.unlock(PASSPHRASE)
    assert not signing.waits_for_passphrase
    assert signing.sign(DOCUMENT, "Ada").holds(DOCUMENT)


def test_a_script_says_the_passphrase_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    put(LOCKED)
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert not Signing().waits_for_passphrase
    assert Signing().sign(DOCUMENT, "Ada").key == own_key()


def test_a_passphrase_is_given_changed_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenstar.record.private_key.Ed25519Key.written.__defaults__", ("", 1))
    put(PRIVATE)
    change_passphrase("", "sesame")
    assert why_not() == "signing.passphrase_missing"
    with pytest.raises(CannotSign):
        change_passphrase("wrong", "other")
    change_passphrase("sesame", "")
    assert Signing().sign(DOCUMENT, "Ada").armour == SIGNATURE
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600


def test_without_a_key_there_is_nobody_to_be_asked() -> None:
    assert not Signing().waits_for_passphrase
    assert own_key() is None
    with pytest.raises(CannotSign):
        Signing().unlock(PASSPHRASE)
    with pytest.raises(CannotSign):
        change_passphrase("", PASSPHRASE)


def test_a_key_that_is_revoked_here_signs_nothing_more() -> None:
    put(PRIVATE)
    revoke(PUBLIC)
    assert why_not() == "signing.revoked"
    revoked_file().write_bytes(b"\xff")  # whoever reads signatures is told; signing waits for no list
    assert Signing().sign(DOCUMENT, "Ada").armour == SIGNATURE


def test_a_public_key_is_known_without_the_passphrase() -> None:
    put(LOCKED)
    assert isinstance(own_key(), PublicKey)


def test_where_nobody_knows_a_home_folder_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> Path:
        raise RuntimeError

    monkeypatch.delenv("GREENSTAR_HOME")
    monkeypatch.setattr("platformdirs.user_config_path", nowhere)
    with pytest.raises(StorageError):
        key_file()
    assert not Signing().waits_for_passphrase
