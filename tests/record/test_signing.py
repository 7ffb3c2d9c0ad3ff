"""Signatures: what OpenSSH makes is what we make, byte for byte, and nothing altered holds."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from greenstar.record.private_key import Ed25519Key, WrongPassphrase, read_private_key
from greenstar.record.public_key import NotOurs, PublicKey, read_public_key
from greenstar.record.signing import NoSignature, read_signature, signature_of
from tests.record.openssh_vectors import (
    BY_OTHER_KIND,
    BY_SHA256,
    DOCUMENT,
    FINGERPRINT,
    FOR_GIT,
    LOCKED,
    OTHER_KIND,
    OTHER_KIND_PUBLIC,
    PASSPHRASE,
    PRIVATE,
    PUBLIC,
    SIGNATURE,
)
from tests.rows import rows

needs_openssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")


def test_a_signature_is_the_one_that_openssh_makes_byte_for_byte() -> None:
    key = read_private_key(PRIVATE.encode()).unlocked()
    assert signature_of(DOCUMENT, key).armour == SIGNATURE


@rows("armour", [SIGNATURE, BY_SHA256])
def test_a_signature_of_openssh_holds_over_its_document_and_over_no_other(armour: str) -> None:
    signature = read_signature(armour)
    assert signature.key == read_public_key(PUBLIC)[0]
    assert signature.holds(DOCUMENT)
    assert not signature.holds(DOCUMENT + b" ")
    assert not signature.holds(b"")


@given(place=some.integers(0, len(SIGNATURE) - 1), bit=some.integers(0, 6))
def test_a_signature_with_one_bit_flipped_is_none_or_does_not_hold(place: int, bit: int) -> None:
    flipped = SIGNATURE[:place] + chr(ord(SIGNATURE[place]) ^ 1 << bit) + SIGNATURE[place + 1 :]
    with suppress(NoSignature):
        assert not read_signature(flipped).holds(DOCUMENT)


@rows(
    "armour",
    [FOR_GIT, BY_OTHER_KIND, "", PUBLIC, SIGNATURE[:-1], SIGNATURE + "\n", SIGNATURE.replace("\n", "\r\n")],
)
def test_what_is_made_for_something_else_or_written_otherwise_is_no_signature(armour: str) -> None:
    with pytest.raises(NoSignature):
        read_signature(armour)


def test_a_public_key_is_written_and_named_as_openssh_does() -> None:
    key, comment = read_public_key(PUBLIC)
    assert (key.line, comment, key.fingerprint) == (PUBLIC.removesuffix(" A. Assessor"), "A. Assessor", FINGERPRINT)


@rows(
    ("line", "kind"),
    [
        ("", ""),
        ("x y", ""),
        ("ssh-ed25519", ""),
        ("ssh-ed25519 %%%", ""),
        ("ssh-ed25519 AAAA", ""),
        (PUBLIC[:60], ""),
        (OTHER_KIND_PUBLIC, "ecdsa-sha2-nistp256"),
    ],
)
def test_a_line_without_a_key_of_ours_says_of_which_kind_it_is(line: str, kind: str) -> None:
    with pytest.raises(NotOurs) as refused:
        read_public_key(line)
    assert refused.value.kind == kind


def test_a_locked_key_of_openssh_opens_with_its_passphrase_and_says_whose_it_is_without() -> None:
    locked = read_private_key(LOCKED.encode())
    assert locked.has_passphrase
    assert locked.unlocked(PASSPHRASE).public == locked.public
    for wrong in ("", "open sesame"):
        with pytest.raises(WrongPassphrase):
            locked.unlocked(wrong)


@rows(
    "content",
    [
        b"",
        b"\xff",
        PUBLIC.encode(),
        PRIVATE[:200].encode(),
        SIGNATURE.encode(),
        OTHER_KIND.encode(),
        PRIVATE.replace("QyNTUxOQAAACDN", "QyNTUxOQAAACEN").encode(),
    ],
)
def test_a_file_that_holds_no_key_of_ours_is_none(content: bytes) -> None:
    with pytest.raises(NotOurs):
        read_private_key(content).unlocked()


@needs_openssh
def test_openssh_reads_a_key_of_ours_signs_the_same_and_checks_what_we_sign(tmp_path: Path) -> None:
    key = Ed25519Key.new()
    file, document, allowed = tmp_path / "key", tmp_path / "seal.json", tmp_path / "allowed_signers"
    file.touch(0o600)
    file.write_bytes(key.written())
    document.write_bytes(DOCUMENT)
    signed = openssh("-Y", "sign", "-n", "greenstar", "-f", str(file), stdin=DOCUMENT)
    assert signed == signature_of(DOCUMENT, key).armour
    allowed.write_text(f'"王 工" namespaces="greenstar" {key.public.line}\n', encoding="utf-8")
    (tmp_path / "seal.sig").write_text(signature_of(DOCUMENT, key).armour)
    who = ("-f", str(allowed), "-I", "王 工", "-n", "greenstar")
    told = openssh("-Y", "verify", *who, "-s", str(tmp_path / "seal.sig"), stdin=DOCUMENT)
    assert key.public.fingerprint in told


@needs_openssh
def test_openssh_opens_a_key_of_ours_with_its_passphrase(tmp_path: Path) -> None:
    key = Ed25519Key.new()
    file = tmp_path / "key"
    file.touch(0o600)
    file.write_bytes(key.written(PASSPHRASE, rounds=1))
    assert openssh("-y", "-P", PASSPHRASE, "-f", str(file)).strip() == key.public.line
    assert isinstance(read_private_key(file.read_bytes()).public, PublicKey)


def openssh(*arguments: str, stdin: bytes = b"") -> str:
    """What `ssh-keygen` prints."""
    done = subprocess.run(["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()
