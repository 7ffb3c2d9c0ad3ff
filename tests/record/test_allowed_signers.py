"""OpenSSH's lists of allowed signers and of revoked keys, as we read and write them."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from greenstar.record.allowed_signers import (
    AllowedSigner,
    BadLine,
    allowed_line,
    pattern_of,
    read_allowed_signers,
    read_revoked,
)
from greenstar.record.public_key import read_public_key
from tests.record.openssh_vectors import DOCUMENT, OTHER_KIND_PUBLIC, PUBLIC, SIGNATURE
from tests.rows import rows

KEY, _ = read_public_key(PUBLIC)


def signer(line: str) -> AllowedSigner:
    """The signer in a line."""
    (read,) = read_allowed_signers(line)
    assert isinstance(read, AllowedSigner), read
    return read


@rows(
    ("line", "names"),
    [
        (f"ann {KEY.line}", ("ann",)),
        (f"ann,bob@example.org\t{KEY.line} a comment", ("ann", "bob@example.org")),
        (f'"A. Assessor" namespaces="git,greenstar" {KEY.line}', ("A. Assessor",)),
        (f'王工 NAMESPACES="green*",valid-after="20260101" {KEY.line}', ("王工",)),
    ],
)
def test_a_line_lists_a_key_for_its_names(line: str, names: tuple[str, ...]) -> None:
    assert (signer(line).names, signer(line).key) == (names, KEY)


def test_blank_lines_and_comments_are_none_and_lines_keep_their_numbers() -> None:
    text = f"# ours\n\nann {KEY.line}\n  # theirs\nbob {KEY.line}"
    assert [entry.line for entry in read_allowed_signers(text)] == [3, 5]


@rows(
    ("line", "why"),
    [
        ("ann", "broken"),
        (f"ann x {KEY.line}", "option"),
        (f"ann cert-authority {KEY.line}", "option"),
        (f'ann namespaces="git" {KEY.line}', "namespace"),
        (f'ann valid-after="2026" {KEY.line}', "time"),
        (f'ann valid-before="20261332" {KEY.line}', "time"),
        (f"ann {OTHER_KIND_PUBLIC}", "kind"),
        (f"ann {KEY.line[:40]}", "broken"),
        (f'"" {KEY.line}', "broken"),
    ],
)
def test_a_line_that_lists_nobody_says_why(line: str, why: str) -> None:
    (read,) = read_allowed_signers(line)
    assert isinstance(read, BadLine)
    assert (read.line, read.why) == (1, why)


@rows(
    ("names", "name", "fits"),
    [
        ("ann", "ANN", True),
        ("ann", "anna", False),
        ("*@example.org", "ann@example.org", True),
        ("*,!bob", "bob", False),
        ("*,!bob", "ann", True),
        ("Ｗang?Wei", "wang wei", True),
        ("a.b", "axb", False),
    ],
)
def test_names_are_patterns_and_capitals_make_no_difference(names: str, name: str, fits: bool) -> None:
    assert signer(f"{names} {KEY.line}").is_named(name) is fits


def test_a_key_counts_from_a_time_until_another() -> None:
    listed = signer(f'ann valid-after="20260101Z",valid-before="202701010930Z" {KEY.line}')
    assert not listed.counts_at(datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    assert listed.counts_at(datetime(2026, 1, 1, tzinfo=UTC))
    assert listed.counts_at(datetime(2027, 1, 1, 9, 29, tzinfo=UTC))
    assert not listed.counts_at(datetime(2027, 1, 1, 9, 30, tzinfo=UTC))


@rows("name", ["ann", "A. Assessor", "王工", "Smith, Ann", 'Ann "the eye"', "!ann", "#1", "Ann (East) *"])
def test_whoever_is_listed_is_found_again_by_name(name: str) -> None:
    read = signer(allowed_line(pattern_of(name), KEY, after="20260101", before="20270101"))
    assert read.is_named(name)
    assert (read.key, read.after is not None, read.before is not None) == (KEY, True, True)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
@rows("name", ["ann", "A. Assessor", "王工", "Smith, Ann"])
def test_openssh_finds_whom_we_list_and_knows_whom_we_revoke(tmp_path: Path, name: str) -> None:
    allowed, signature, revoked = tmp_path / "allowed", tmp_path / "sig", tmp_path / "revoked"
    allowed.write_text(f"# ours\n{allowed_line(pattern_of(name), KEY, after='20260101')}\n", encoding="utf-8")
    signature.write_text(SIGNATURE)
    revoked.write_text(f"# left\n{KEY.line} ann\n")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", name, "-n", "greenstar", "-s", str(signature)]
    assert subprocess.run(command, input=DOCUMENT, capture_output=True, check=False).returncode == 0
    assert (
        subprocess.run([*command, "-r", str(revoked)], input=DOCUMENT, capture_output=True, check=False).returncode != 0
    )
    assert list(read_revoked(revoked.read_text())) == [(2, KEY)]


def test_a_line_of_the_revoked_that_holds_no_key_says_so() -> None:
    read = list(read_revoked(f"nonsense\n{OTHER_KIND_PUBLIC}\n{KEY.line}\n"))
    assert read == [BadLine(1, "broken"), BadLine(2, "kind", "ecdsa-sha2-nistp256"), (3, KEY)]


def test_what_has_a_meaning_in_a_list_stands_for_any_sign() -> None:
    assert pattern_of('Smith, "Ann" *!?') == "Smith? ?Ann? ???"
